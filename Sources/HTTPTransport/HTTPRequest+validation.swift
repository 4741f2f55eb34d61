extension HTTPRequest {
  /// Refuses what would be another request on the wire than the one asked for: a line break in a header adds headers, a
  /// zero byte cuts a C string short, another scheme reads files.
  func validate() throws(HTTPFailure) {
    guard !method.isEmpty, method.utf8.allSatisfy(\.isTokenByte) else { throw .badRequest("method '\(method)'") }
    let lowercase = url.prefix(8).lowercased()
    guard lowercase.hasPrefix("http://") || lowercase.hasPrefix("https://") else {
      throw .badRequest("'\(url)' is neither http:// nor https://")
    }
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw .badRequest("the URL holds a space or a control character")
    }
    for header in headers {
      guard !header.name.isEmpty, header.name.utf8.allSatisfy(\.isTokenByte) else {
        throw .badRequest("header name '\(header.name)'")
      }
      guard header.value.utf8.allSatisfy({ ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F }) else {
        throw .badRequest("the value of header '\(header.name)' holds a control character")
      }
    }
    if let certificateAuthority, certificateAuthority.utf8.contains(0) {
      throw .badRequest("the path of the certificate authority holds a zero byte")
    }
  }
}

extension UInt8 {
  /// RFC 9110, 5.6.2: `token`.
  fileprivate var isTokenByte: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default:
      "!#$%&'*+-.^_`|~".utf8.contains(self)
    }
  }
}
