import CEvent
import Glibc

/// An HTTP/1 server (RFC 9110, RFC 9112) on one address and one loop.
public final class HTTPServer {
  /// Answers a request, on the loop's thread. It must not block.
  public typealias Handler = (borrowing HTTPRequest, consuming HTTPResponse) -> Void

  public struct Options: Sendable {
    public var limits = HTTPLimits()
    /// How many bytes the body of a request for this path may have; nil for `limits.bodyBytes`.
    public var bodyBound: (@Sendable (_ path: UnsafeRawBufferPointer) -> Int?)?
    /// Speaks TLS; nil speaks plain text.
    public var tls: TLSContext?
    /// Lets several loops listen on the same address; the kernel spreads connections over them.
    public var sharesPort = false
    /// Connections that wait to be accepted.
    public var backlog: Int32 = 1024

    public init() {}
  }

  /// Where it listens; its port is a real one even if 0 was asked for.
  public let address: SocketAddress
  private let options: Options
  private let connections: HTTPConnections
  private var listener: Listener?

  /// Listens from now on; connections are accepted as the loop runs.
  ///
  /// It serves as long as somebody holds it: see ``Loop/keep(_:)``.
  /// - Throws: ``SocketError``, whose `isAddressInUse` tells that somebody else has the address.
  public init(
    _ loop: Loop, listen address: SocketAddress, options: Options = Options(), handler: @escaping Handler
  ) throws(SocketError) {
    self.options = options
    let connections = HTTPConnections(loop.core, limits: options.limits, bodyBound: options.bodyBound, handler: handler)
    self.connections = connections
    let listener = try Listener(
      loop.core, address: address, sharesPort: options.sharesPort, backlog: options.backlog
    ) { descriptor, peer in
      Self.accept(descriptor, peer, into: connections, tls: options.tls)
    }
    self.listener = listener
    self.address = listener.address
  }

  deinit {
    close()
  }

  /// Connections that are open.
  public var connectionCount: Int { connections.count }

  /// Takes no more connections, closes those on which nothing is under way, and the others after their next answer.
  public func drain() {
    listener = nil
    connections.isDraining = true
    connections.closeIdle()
  }

  /// Takes no more connections, closes all there are, and lets go of what the handler holds.
  public func close() {
    listener = nil
    connections.closeAll()
  }

  private static func accept(_ descriptor: Int32, _ peer: SocketAddress, into connections: HTTPConnections, tls: TLSContext?) {
    guard connections.count < connections.limits.connections else { return turnAway(descriptor, isPlain: tls == nil) }
    var session: TLSSession?
    if let tls {
      session = tls.session(descriptor: descriptor)
      if session == nil { return turnAway(descriptor, isPlain: false) }
    }
    if HTTPConnection(connections, Transport(descriptor: descriptor, tls: session), peer: peer) == nil {
      turnAway(descriptor, isPlain: tls == nil)
    }
  }

  /// One connection too many. What fits into an empty socket buffer is said; there is no waiting for it to be read.
  private static func turnAway(_ descriptor: Int32, isPlain: Bool) {
    if isPlain {
      let text: StaticString = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
      _ = Glibc.write(descriptor, text.utf8Start, text.utf8CodeUnitCount)
    }
    Glibc.close(descriptor)
  }
}
