import CHTTPParser
import Glibc

/// A request as it was received: a view of memory that is gone when the handler returns.
///
/// Nothing is decoded and no string is made; whoever needs bytes for longer copies them.
public struct HTTPRequest: ~Copyable {
  private let parser: OpaquePointer
  private let raw: chttp_request
  public let method: HTTPMethod
  /// Who sent it, as the socket tells it.
  public let peer: SocketAddress
  /// The same as text, made once for all requests of a connection.
  public let peerText: String
  /// The path within ``target``, percent-encoded: what lies before the `?`, without scheme and authority.
  public let path: UnsafeRawBufferPointer
  /// What lies behind the first `?` of ``target``, percent-encoded; empty if there is none.
  public let query: UnsafeRawBufferPointer

  init(parser: OpaquePointer, raw: chttp_request, peer: SocketAddress, peerText: String) {
    self.parser = parser
    self.raw = raw
    self.peer = peer
    self.peerText = peerText
    method = HTTPMethod(raw: raw.method)
    (path, query) = Self.parts(of: raw.target.buffer)
  }

  /// The request target, percent-encoded and unchecked but for control characters: path and query,
  /// or a whole URL if the client believes that this is a proxy.
  public var target: UnsafeRawBufferPointer { raw.target.buffer }

  static func parts(
    of target: UnsafeRawBufferPointer
  ) -> (path: UnsafeRawBufferPointer, query: UnsafeRawBufferPointer) {
    let target = local(target)
    let none = UnsafeRawBufferPointer(start: nil, count: 0)
    guard let start = target.baseAddress else { return (none, none) }
    guard let mark = memchr(start, Int32(UInt8(ascii: "?")), target.count) else { return (target, none) }
    let count = UnsafeRawPointer(mark) - start
    return (
      UnsafeRawBufferPointer(rebasing: target[..<count]), UnsafeRawBufferPointer(rebasing: target[(count + 1)...])
    )
  }

  /// The body, with its chunks joined; empty if there is none.
  public var body: UnsafeRawBufferPointer { raw.body.buffer }

  public var isHTTP10: Bool { raw.is_http_1_0 }

  /// The value of the first header line of that name, whatever the case of its letters; nil if there is none.
  public func header(_ name: StaticString) -> UnsafeRawBufferPointer? {
    let value = chttp_parser_header(parser, name.utf8Start, name.utf8CodeUnitCount)
    return value.start == nil ? nil : value.buffer
  }

  /// A target without the `http://host` of its absolute form: RFC 9112, 3.2.2.
  private static func local(_ target: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard target.first != UInt8(ascii: "/"), let authority = authorityStart(target) else { return target }
    let end = target[authority...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? target.count
    return UnsafeRawBufferPointer(rebasing: target[end...])
  }

  private static func authorityStart(_ target: UnsafeRawBufferPointer) -> Int? {
    for scheme in ["http://", "https://"] as [StaticString] {
      let count = scheme.utf8CodeUnitCount
      let bytes = UnsafeBufferPointer(start: scheme.utf8Start, count: count)
      // Letters of a scheme may be of either case; `:` and `/` already have the bit that tells them apart.
      if target.count >= count, zip(target, bytes).allSatisfy({ $0 | 0x20 == $1 }) { return count }
    }
    return nil
  }
}

extension chttp_bytes {
  var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }
}
