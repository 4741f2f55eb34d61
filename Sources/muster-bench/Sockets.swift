import Glibc

/// A keep-alive HTTP connection that sends requests in batches and counts the answers: what fills a registry fast.
final class Pipeline {
  private let descriptor: Int32
  private var tail: [UInt8] = []

  init(port: UInt16) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port)
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else {
      close(descriptor)
      throw BenchFailure("connect to \(port): \(String(cString: strerror(errno)))")
    }
    self.descriptor = descriptor
    var one: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { close(descriptor) }

  /// Sends all of `requests` at once and waits until each is answered 200.
  func run(_ requests: [String]) throws {
    try send(requests)
    try awaitAnswers(requests.count)
  }

  func send(_ requests: [String]) throws {
    let bytes = Array(requests.joined().utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + sent, bytes.count - sent) }
      guard count > 0 else { throw BenchFailure("write: \(String(cString: strerror(errno)))") }
      sent += count
    }
  }

  /// Waits for `count` answers, each of them 200.
  func awaitAnswers(_ total: Int) throws {
    var answered = 0
    let wanted = Array("HTTP/1.1 200".utf8)
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while answered < total {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { throw BenchFailure("the server hung up after \(answered) answers") }
      let text = tail + chunk[..<count]
      var index = 0
      while index + wanted.count <= text.count {
        if text[index] == wanted[0], text[index..<(index + wanted.count)].elementsEqual(wanted) {
          answered += 1
          index += wanted.count
        } else {
          index += 1
        }
      }
      tail = Array(text[min(index, text.count)...])
    }
  }

  static func request(_ method: String, _ target: String, agent: String = "muster-bench") -> String {
    "\(method) \(target) HTTP/1.1\r\nHost: bench\r\nUser-Agent: \(agent)\r\nContent-Length: 0\r\n\r\n"
  }
}

/// A subscriber: a UDP socket that acknowledges what it gets.
final class Listener {
  let port: UInt16
  let descriptor: Int32

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    var address = loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard bound else { throw BenchFailure("bind: \(String(cString: strerror(errno)))") }
    self.descriptor = descriptor
    port = UInt16(bigEndian: address.sin_port)
    var none = timespec()
    _ = ioctl(descriptor, Self.readArrival, &none)
  }

  deinit { close(descriptor) }

  /// Takes one datagram and acknowledges it; when it came to the socket, in microseconds of the wall clock, which is not
  /// when we had the time to look. Nil when none is there.
  func take(into datagram: inout [UInt8]) -> Double? {
    var from = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let count = withUnsafeMutablePointer(to: &from) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        recvfrom(descriptor, &datagram, datagram.count, Int32(MSG_DONTWAIT), $0, &length)
      }
    }
    guard count > 0 else { return nil }
    var arrival = timespec()
    let isStamped = ioctl(descriptor, Self.readArrival, &arrival) == 0
    let digits = Self.lastRefTime(in: datagram[..<count])
    let answer = Array("{\"type\":\"push-ack\",\"lastRefTime\":\"\(digits)\",\"data\":\"\"}".utf8)
    _ = withUnsafePointer(to: &from) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { sendto(descriptor, answer, answer.count, 0, $0, length) }
    }
    return isStamped ? Double(arrival.tv_sec) * 1e6 + Double(arrival.tv_nsec) / 1e3 : wallMicroseconds()
  }

  /// SIOCGSTAMPNS, a macro: when the datagram that was read last arrived. The first call has the kernel begin to note it.
  private static let readArrival: UInt = 0x8907

  /// The outer `lastRefTime` stands last in a packet; the pushes of a benchmark are too small to be compressed.
  private static func lastRefTime(in datagram: ArraySlice<UInt8>) -> String {
    let digits = datagram.dropLast().reversed().prefix { (0x30...0x39).contains($0) }
    return String(decoding: digits.reversed(), as: UTF8.self)
  }
}

private func loopback(_ port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
  return address
}

/// Microseconds on the monotonic clock.
func microseconds() -> Double { microseconds(of: CLOCK_MONOTONIC) }

/// Microseconds since 1970, by which the kernel stamps datagrams.
func wallMicroseconds() -> Double { microseconds(of: CLOCK_REALTIME) }

private func microseconds(of clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}
