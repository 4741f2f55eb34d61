/// A whole answer, of any status.
public struct HTTPResponse: Sendable, Hashable {
  public var status: Int
  /// In the order of the wire, names in lower case.
  public var headers: [HTTPHeader]
  public var body: [UInt8]

  public init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The body as text; bytes that are not UTF-8 become U+FFFD.
  public var text: String { String(decoding: body, as: UTF8.self) }

  public subscript(header name: String) -> String? { headers.first(named: name) }
}

extension [HTTPHeader] {
  func first(named name: String) -> String? {
    let name = name.lowercased()
    return first { $0.name == name }?.value
  }
}
