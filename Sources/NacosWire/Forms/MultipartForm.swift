/// A body of the type `multipart/form-data` (RFC 7578), as browsers send files.
public struct MultipartForm: Sendable {
  public struct Part: Hashable, Sendable {
    public var name: String
    public var isFile: Bool
    public var bytes: [UInt8]
  }

  private static let mostParts = 32
  private static let mostHeadBytes = 4_096

  public var parts: [Part] = []

  /// Nil for a body that is none, or is malformed.
  public init?(_ bytes: [UInt8], contentType: String) {
    guard let boundary = Self.boundary(of: contentType) else { return nil }
    let mark = Array("--\(boundary)".utf8)
    guard bytes.starts(with: mark) else { return nil }
    var at = mark.count
    // A boundary is followed by the end of its line and a part, or by two dashes and nothing that counts.
    while bytes[at...].starts(with: [13, 10]) {
      guard parts.count < Self.mostParts,
        let end = Self.find([13, 10] + mark, in: bytes, from: at), let part = Self.part(bytes[(at + 2)..<max(at + 2, end)])
      else { return nil }
      parts.append(part)
      at = end + 2 + mark.count
    }
    guard bytes[at...].starts(with: "--".utf8) else { return nil }
  }

  /// The text of a field; nil where there is none.
  public func field(_ name: String) -> String? {
    parts.first { $0.name == name && !$0.isFile }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  /// The bytes of a file; nil where there is none.
  public func file(_ name: String) -> [UInt8]? { parts.first { $0.name == name && $0.isFile }?.bytes }

  private static func boundary(of contentType: String) -> String? {
    let pieces = contentType.split(separator: ";").map { String($0).trimmed }
    guard pieces.first?.lowercased() == "multipart/form-data" else { return nil }
    return pieces.dropFirst().compactMap { parameter("boundary", in: $0) }.first.flatMap {
      (1...70).contains($0.utf8.count) ? $0 : nil
    }
  }

  /// The value of `name="value"`, with or without the quotes.
  private static func parameter(_ name: String, in piece: String) -> String? {
    guard let equals = piece.firstIndex(of: "="), piece[..<equals].lowercased() == name else { return nil }
    let value = piece[piece.index(after: equals)...]
    return value.hasPrefix("\"") && value.hasSuffix("\"") && value.count > 1
      ? String(value.dropFirst().dropLast()) : String(value)
  }

  private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
    let whole = Array(bytes)
    guard let headEnd = find([13, 10, 13, 10], in: whole, from: 0), headEnd <= mostHeadBytes else { return nil }
    let lines = String(decoding: whole[..<headEnd], as: UTF8.self).split(separator: "\r\n")
    let disposition = lines.first { $0.lowercased().hasPrefix("content-disposition:") }
    let pieces = disposition?.split(separator: ";").dropFirst().map { String($0).trimmed } ?? []
    guard let name = pieces.compactMap({ parameter("name", in: $0) }).first else { return nil }
    let isFile = pieces.contains { parameter("filename", in: $0) != nil }
    return Part(name: name, isFile: isFile, bytes: Array(whole[(headEnd + 4)...]))
  }

  /// Where `pattern` stands first.
  private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = pattern.first else { return nil }
    var at = start
    while at + pattern.count <= bytes.count {
      guard let next = bytes[at...].firstIndex(of: first), next + pattern.count <= bytes.count else { return nil }
      if bytes[next..<(next + pattern.count)].elementsEqual(pattern) { return next }
      at = next + 1
    }
    return nil
  }
}
