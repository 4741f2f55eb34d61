/// The path of a request as routes are named: without the context path `/nacos`, which may be left out, and without a
/// closing slash.
struct RoutePath {
  let bytes: UnsafeRawBufferPointer
  /// Whether the context path was in front.
  let hasContext: Bool

  private static let context: StaticString = "/nacos"

  init(_ path: UnsafeRawBufferPointer) {
    var rest = path[...]
    let context = UnsafeBufferPointer(start: Self.context.utf8Start, count: Self.context.utf8CodeUnitCount)
    hasContext = rest.starts(with: context) && (rest.count == context.count || rest[context.count] == UInt8(ascii: "/"))
    if hasContext { rest = rest.dropFirst(context.count) }
    if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
    bytes = UnsafeRawBufferPointer(rebasing: rest)
  }

  func starts(with prefix: StaticString) -> Bool {
    bytes.starts(with: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
  }

  /// Whether it is one of the naming module's, whose filters answer for what has no route.
  var isNaming: Bool {
    let prefix: StaticString = "/v1/ns"
    return starts(with: prefix)
      && (bytes.count == prefix.utf8CodeUnitCount || bytes[prefix.utf8CodeUnitCount] == UInt8(ascii: "/"))
  }
}
