import EventLoop
import Glibc

/// A client of TCP that sends what it is told, byte for byte. Its calls block, at most as long as a test may take.
final class RawClient {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private(set) var descriptor: Int32
  /// Received and not yet looked at.
  private var received: [UInt8] = []

  /// - Parameter given: a socket of the address's family that was made before.
  init(_ address: SocketAddress, receiveBufferBytes: Int32? = nil, over given: Int32? = nil) throws {
    descriptor = given ?? socket(address.isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(description: "no socket") }
    var bound = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
    if var receiveBufferBytes {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBufferBytes, socklen_t(MemoryLayout<Int32>.size))
    }
    guard connect(to: address) == 0 else { throw Failure(description: "cannot connect: \(errno)") }
  }

  deinit {
    close()
  }

  private func connect(to address: SocketAddress) -> Int32 {
    if address.isIPv6 {
      var raw = sockaddr_in6()
      raw.sin6_family = sa_family_t(AF_INET6)
      raw.sin6_port = address.port.bigEndian
      inet_pton(AF_INET6, address.host, &raw.sin6_addr)
      return withUnsafePointer(to: raw) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
        }
      }
    }
    var raw = sockaddr_in()
    raw.sin_family = sa_family_t(AF_INET)
    raw.sin_port = address.port.bigEndian
    inet_pton(AF_INET, address.host, &raw.sin_addr)
    return withUnsafePointer(to: raw) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  func close() {
    guard descriptor >= 0 else { return }
    Glibc.close(descriptor)
    descriptor = -1
  }

  /// Closes so that the other side is told by a reset.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    close()
  }

  /// Sends no more, and still receives.
  func endOutput() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Returns how much was sent: less than all when the other side has closed.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Int {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { break }
      sent += count
    }
    return sent
  }

  @discardableResult
  func send(_ text: String) -> Int {
    send(Array(text.utf8))
  }

  /// Whether there is something to receive, the end included.
  var hasReceived: Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) > 0
  }

  /// Whether the other side has broken the connection off.
  var isReset: Bool {
    var state = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&state, 1, 0) > 0 && Int32(state.revents) & (POLLERR | POLLHUP) != 0
  }

  /// The next bytes that arrive; none when the other side has closed.
  func receive() throws -> [UInt8] {
    if !received.isEmpty {
      defer { received = [] }
      return received
    }
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count < 0, errno == EAGAIN { throw Failure(description: "nothing came") }
    return count > 0 ? Array(buffer[..<count]) : []
  }

  /// All that comes until the other side closes.
  func receiveAll() throws -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let bytes = try receive()
      if bytes.isEmpty { return all }
      all += bytes
    }
  }

  func receiveText() throws -> String {
    String(decoding: try receiveAll(), as: UTF8.self)
  }

  /// The next answer; nil when the connection is closed instead.
  func reply(toHead: Bool = false) throws -> Reply? {
    var bytes: [UInt8] = []
    while true {
      if let (reply, used) = Reply.parse(bytes, hasBody: !toHead) {
        received = Array(bytes[used...])
        return reply
      }
      let more = try receive()
      if more.isEmpty { return Reply.parse(bytes, hasBody: !toHead, isAll: true)?.0 }
      bytes += more
    }
  }

  /// Sends a request and returns its answer.
  func exchange(_ text: String, toHead: Bool = false) throws -> Reply? {
    send(text)
    return try reply(toHead: toHead)
  }
}
