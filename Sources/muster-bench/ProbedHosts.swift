import Glibc

/// Hosts that probes find: one port at many addresses of the loopback interface, answered by a thread that takes each
/// connection, says that all is well where that is asked, and hangs up. Probes of a benchmark must not knock at anybody
/// else's door.
final class ProbedHosts {
  /// 127.0.0.1, 127.0.0.2 and so on.
  let addresses: [String]
  let port: UInt16
  private let descriptors: [Int32]
  private var thread = pthread_t()
  /// Both ends of a pipe: the thread ends when something comes through it.
  private let stopper: (read: Int32, write: Int32)

  /// Has hosts answer while `body` runs.
  static func with<Result>(_ count: Int, _ body: (ProbedHosts) throws -> Result) throws -> Result {
    let hosts = try ProbedHosts(count: count)
    return try withExtendedLifetime(hosts) { try body(hosts) }
  }

  private init(count: Int) throws {
    var descriptors: [Int32] = []
    var port: UInt16 = 0
    for host in 1...count {
      let (descriptor, taken) = try Self.listen(host: UInt32(host), port: port)
      descriptors.append(descriptor)
      port = taken
    }
    self.port = port
    self.descriptors = descriptors
    addresses = (1...count).map { "127.0.\($0 / 256).\($0 % 256)" }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw BenchFailure("pipe: \(String(cString: strerror(errno)))") }
    stopper = (ends[0], ends[1])
    let waits = (descriptors + [stopper.read]).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let job = Unmanaged.passRetained(Waits(waits))
    pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Waits>.fromOpaque(argument).takeRetainedValue().answer() }
        return nil
      }, job.toOpaque())
  }

  deinit {
    _ = write(stopper.write, "x", 1)
    pthread_join(thread, nil)
    for descriptor in descriptors + [stopper.read, stopper.write] { close(descriptor) }
  }

  private static func listen(host: UInt32, port: UInt16) throws -> (descriptor: Int32, port: UInt16) {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_INET, kind, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0000 + host).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0 && Glibc.listen(descriptor, 4_096) == 0
      }
    }
    guard isListening else { throw BenchFailure("listen: \(String(cString: strerror(errno)))") }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }
}

/// What the thread waits for; the last is what ends it.
private final class Waits {
  private var waits: [pollfd]
  private let answer200 = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8)

  init(_ waits: [pollfd]) { self.waits = waits }

  func answer() {
    while poll(&waits, nfds_t(waits.count), -1) >= 0 {
      if waits[waits.count - 1].revents != 0 { return }
      for wait in waits where wait.revents != 0 { takeAll(from: wait.fd) }
      // A probe is in no hurry, and a look at every host for each connection would take more than the connection.
      usleep(2_000)
    }
  }

  private func takeAll(from listener: Int32) {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 { return }
      // Who only connects has hung up, or will not read it.
      _ = send(connection, answer200, answer200.count, Int32(MSG_NOSIGNAL))
      close(connection)
    }
  }
}
