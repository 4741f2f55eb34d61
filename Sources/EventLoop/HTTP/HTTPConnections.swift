import CHTTPParser

/// The open connections of a server, and what they have in common.
final class HTTPConnections {
  let core: LoopCore
  let limits: HTTPLimits
  let times: HTTPTimes
  private let bodyBound: (@Sendable (UnsafeRawBufferPointer) -> Int?)?
  /// None once the server has been closed.
  private(set) var handler: HTTPServer.Handler?
  /// No connection outlives its next answer.
  var isDraining = false
  private var open: [Int32: HTTPConnection] = [:]
  /// Parsers between two requests: a connection has one only while it reads a request.
  @exclusivity(unchecked) private var idleParsers: [OpaquePointer] = []
  private static let idleParserLimit = 16

  init(
    _ core: LoopCore, limits: HTTPLimits, bodyBound: (@Sendable (UnsafeRawBufferPointer) -> Int?)?,
    handler: @escaping HTTPServer.Handler
  ) {
    self.core = core
    self.limits = limits
    self.bodyBound = bodyBound
    times = HTTPTimes(limits)
    self.handler = handler
  }

  deinit {
    for parser in idleParsers { chttp_parser_destroy(parser) }
  }

  var count: Int { open.count }

  func insert(_ connection: HTTPConnection, descriptor: Int32) {
    open[descriptor] = connection
  }

  func remove(descriptor: Int32) {
    open[descriptor] = nil
  }

  func closeAll() {
    for connection in open.values { connection.close() }
    handler = nil
  }

  func closeIdle() {
    for connection in open.values { connection.closeIfIdle() }
  }

  /// Ready for a new request; nil when there is no memory.
  func takeParser() -> OpaquePointer? {
    guard let parser = idleParsers.popLast() ?? chttp_parser_create() else { return nil }
    // Whoever has the parser read has this object too.
    chttp_parser_begin(
      parser,
      chttp_limits(
        head_bytes: UInt32(clamping: limits.headBytes), header_lines: UInt32(clamping: limits.headerLines),
        body_bytes: { context, target in
          guard let context else { return 0 }
          let connections = Unmanaged<HTTPConnections>.fromOpaque(context).takeUnretainedValue()
          return UInt64(clamping: connections.bodyBytes(ofTarget: target.buffer))
        }, context: Unmanaged.passUnretained(self).toOpaque()))
    return parser
  }

  private func bodyBytes(ofTarget target: UnsafeRawBufferPointer) -> Int {
    bodyBound?(HTTPRequest.parts(of: target).path) ?? limits.bodyBytes
  }

  func giveBack(_ parser: OpaquePointer) {
    if idleParsers.count < Self.idleParserLimit {
      chttp_parser_end(parser)
      idleParsers.append(parser)
    } else {
      chttp_parser_destroy(parser)
    }
  }
}
