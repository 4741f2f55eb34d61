/// The path of a request as routes are named: without the context path `/nacos`, which may be left out, and without a
/// closing slash.
struct RoutePath {
  let bytes: UnsafeRawBufferPointer
  /// Whether the context path was in front.
  let hasContext: Bool

  private static let context: StaticString = "/nacos"

  init(_ path: UnsafeRawBufferPointer) {
    let count = Self.context.utf8CodeUnitCount
    hasContext = path.starts(with: Self.context) && (path.count == count || path[count] == UInt8(ascii: "/"))
    let start = hasContext ? count : 0
    let hasSlash = path.count > start && path[path.count - 1] == UInt8(ascii: "/")
    bytes = UnsafeRawBufferPointer(rebasing: path[start..<(hasSlash ? path.count - 1 : path.count)])
  }

  func starts(with prefix: StaticString) -> Bool { bytes.starts(with: prefix) }

  /// Whether it is one of the naming module's, whose filters answer for what has no route.
  var isNaming: Bool {
    let prefix: StaticString = "/v1/ns"
    return starts(with: prefix)
      && (bytes.count == prefix.utf8CodeUnitCount || bytes[prefix.utf8CodeUnitCount] == UInt8(ascii: "/"))
  }
}
