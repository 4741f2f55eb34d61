import Foundation
import Glibc
import Synchronization

/// A server of raw sockets on 127.0.0.1: every connection runs a script on a thread of its own, so that it can answer, hang,
/// trickle or break off as no HTTP server would.
final class ScriptedServer: Sendable {
  let port: UInt16
  private let listener: Int32
  private let accepted = Mutex(0)

  init(_ script: @escaping @Sendable (ServedConnection) -> Void) throws {
    let (listener, port) = try Self.listen()
    self.listener = listener
    self.port = port
    Thread.detachNewThread { [weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { break }
        self?.accepted.withLock { $0 += 1 }
        Thread.detachNewThread {
          script(ServedConnection(socket: connection))
          Glibc.close(connection)
        }
      }
      Glibc.close(listener)
    }
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// Answers every request on every connection with the same bytes.
  static func answering(_ answer: String, seen: RequestLog = RequestLog()) throws -> ScriptedServer {
    try ScriptedServer { connection in
      while let request = connection.readRequest() {
        seen.add(request)
        connection.send(answer)
      }
    }
  }

  var url: String { "http://127.0.0.1:\(port)/" }

  var connections: Int { accepted.withLock { $0 } }

  /// A port that nothing listens on, as far as one can know.
  static func unusedPort() throws -> UInt16 {
    let (socket, port) = try listen()
    Glibc.close(socket)
    return port
  }

  private static func listen() throws -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int32 in
        guard bind(listener, address, length) == 0, Glibc.listen(listener, 512) == 0 else { return -1 }
        return getsockname(listener, address, &length)
      }
    }
    guard code == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    return (listener, UInt16(bigEndian: address.sin_port))
  }
}

/// Requests as they arrived, for a test to look at.
final class RequestLog: Sendable {
  private let requests = Mutex<[String]>([])
  func add(_ request: String) { requests.withLock { $0.append(request) } }
  var all: [String] { requests.withLock { $0 } }
}

/// Something a script did, for a test to wait for.
final class Flag: Sendable {
  private let raised = Atomic(false)
  func raise() { raised.store(true, ordering: .releasing) }
  var isRaised: Bool { raised.load(ordering: .acquiring) }
}
