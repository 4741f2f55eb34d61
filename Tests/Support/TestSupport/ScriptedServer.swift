import Glibc
import Synchronization

/// A TCP server on loopback that treats each connection as a script says: on a thread of its own, with calls that block.
public final class ScriptedServer: Sendable {
  /// One connection, from the server's side. Reads and writes give up after half a minute.
  public struct Peer: Sendable {
    fileprivate let descriptor: Int32

    /// The next bytes; none when the client has closed.
    public func read(atMost count: Int = 65_536) -> [UInt8] {
      var buffer = [UInt8](repeating: 0, count: count)
      let received = recv(descriptor, &buffer, count, 0)
      return received > 0 ? Array(buffer[..<received]) : []
    }

    /// How much was taken: less than all when the client has closed.
    @discardableResult
    public func write(_ bytes: [UInt8]) -> Int {
      var sent = 0
      while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        if count <= 0 { break }
        sent += count
      }
      return sent
    }

    @discardableResult
    public func write(_ text: String) -> Int { write(Array(text.utf8)) }

    /// Waits until the client has closed.
    public func waitForClose() {
      while !read().isEmpty {}
    }
  }

  public struct Failure: Error {
    public var code: Int32
  }

  public let port: UInt16
  private let listener: Int32
  private let accepted = Atomic<Int>(0)

  /// Calls `script` for each connection, and closes it afterwards.
  /// - Parameter port: 0 for one that is free.
  public init(port: UInt16 = 0, _ script: @escaping @Sendable (Peer) -> Void = { _ in }) throws(Failure) {
    (listener, self.port) = try LoopbackSocket.bound(to: port)
    guard listen(listener, 1_024) == 0 else { throw Failure(code: errno) }
    detachThread { [weak self, listener] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { break }
        self?.accepted.add(1, ordering: .relaxed)
        detachThread { Self.serve(descriptor, script) }
      }
      close(listener)
    }
  }

  /// Listens no more: who knocks is refused. Connections go on.
  public func stop() {
    // Wakes the thread that accepts, which closes.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  deinit { stop() }

  public var connectionCount: Int { accepted.load(ordering: .relaxed) }

  private static func serve(_ descriptor: Int32, _ script: (Peer) -> Void) {
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    script(Peer(descriptor: descriptor))
    close(descriptor)
  }
}

/// A loopback port that nobody serves: it either does not listen at all, and refuses, or has as many connections as it
/// takes, and lets more of them hang.
public final class DeafPort: Sendable {
  public enum Manner: Sendable { case refusing, hanging }

  public let port: UInt16
  private let descriptor: Int32
  private let clients: [Int32]

  public init(_ manner: Manner) throws(ScriptedServer.Failure) {
    let (descriptor, port) = try LoopbackSocket.bound(to: 0)
    (self.descriptor, self.port) = (descriptor, port)
    guard manner == .hanging else {
      clients = []
      return
    }
    listen(descriptor, 0)
    clients = (0..<4).map { _ in
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      LoopbackSocket.withAddress(port) { _ = connect(client, $0, $1) }
      return client
    }
  }

  deinit {
    for client in clients { close(client) }
    close(descriptor)
  }
}

private enum LoopbackSocket {
  static func bound(to port: UInt16) throws(ScriptedServer.Failure) -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var raw = sockaddr_in()
    let isBound = withAddress(port) { bind(descriptor, $0, $1) } == 0
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &raw) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
    }
    guard isBound else { throw ScriptedServer.Failure(code: errno) }
    return (descriptor, UInt16(bigEndian: raw.sin_port))
  }

  @discardableResult
  static func withAddress<Result>(_ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    var raw = sockaddr_in()
    raw.sin_family = sa_family_t(AF_INET)
    raw.sin_port = port.bigEndian
    raw.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &raw) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}

/// Runs `body` on a thread of its own. The queues of Dispatch have few, and those that wait here would hold up other tests.
private func detachThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let box = Unmanaged.passRetained(Box(body))
  let code = pthread_create(
    &thread, nil,
    { context in
      if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
      return nil
    }, box.toOpaque())
  if code == 0 { pthread_detach(thread) } else { box.release() }
}
