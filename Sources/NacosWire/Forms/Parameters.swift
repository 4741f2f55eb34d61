import Glibc

/// The parameters of one request: those of the query string, then those of a form body, with one way to read both
/// (naming-server-v1 0.2). Of a name given twice the first value counts.
///
/// It points into the request's bytes and is gone with them: what is kept longer has to be taken out as a value.
public struct Parameters: ~Copyable {
  /// More are refused: no client of this protocol sends a tenth of it.
  public static let limit = 1_000

  private struct Field {
    var isInForm: Bool
    var sketch: NameSketch
    var name: Range<Int>
    var value: Range<Int>
  }

  private let query: UnsafeRawBufferPointer
  private let form: UnsafeRawBufferPointer
  private var fields: [Field] = []

  /// - Parameters:
  ///   - query: what follows the `?` of the target, still encoded.
  ///   - form: a body of the type `application/x-www-form-urlencoded`, or nothing.
  public init(query: UnsafeRawBufferPointer, form: UnsafeRawBufferPointer) throws(Refusal) {
    self.query = query
    self.form = form
    fields.reserveCapacity(16)
    try scan(query, isForm: false)
    try scan(form, isForm: true)
  }

  private mutating func scan(_ bytes: UnsafeRawBufferPointer, isForm: Bool) throws(Refusal) {
    var start = 0
    while start < bytes.count {
      let end = Self.first(UInt8(ascii: "&"), in: bytes, start..<bytes.count)
      if end > start {
        if fields.count == Self.limit { throw .illegal("more than \(Self.limit) parameters") }
        let (nameEnd, sketch) = Self.name(in: bytes, start..<end)
        fields.append(
          Field(isInForm: isForm, sketch: sketch, name: start..<nameEnd, value: min(nameEnd + 1, end)..<end))
      }
      start = end + 1
    }
  }

  /// Where the name at the beginning of `range` ends, and its sketch.
  private static func name(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> (end: Int, NameSketch) {
    var end = range.lowerBound
    var isEscaped = false
    while end < range.upperBound, bytes[end] != UInt8(ascii: "=") {
      if FormDecoding.isEscape(bytes[end]) { isEscaped = true }
      end += 1
    }
    if isEscaped { return (end, .escaped) }
    let start = bytes.baseAddress.map { ($0 + range.lowerBound).assumingMemoryBound(to: UInt8.self) }
    return (end, NameSketch(start: start, count: end - range.lowerBound))
  }

  /// Where `byte` stands first in `range`; its end when it does not.
  private static func first(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    guard let base = bytes.baseAddress, let found = memchr(base + range.lowerBound, Int32(byte), range.count) else {
      return range.upperBound
    }
    return UnsafeRawPointer(found) - base
  }

  /// The encoded bytes of a parameter; nil when it is absent.
  func bytes(of name: StaticString) -> UnsafeRawBufferPointer? {
    let sketch = NameSketch(start: name.utf8Start, count: name.utf8CodeUnitCount)
    for field in fields where field.sketch == sketch || field.sketch == .escaped {
      let source = field.isInForm ? form : query
      if Self.isSame(UnsafeRawBufferPointer(rebasing: source[field.name]), name) {
        return UnsafeRawBufferPointer(rebasing: source[field.value])
      }
    }
    return nil
  }

  private static func isSame(_ encoded: UnsafeRawBufferPointer, _ name: StaticString) -> Bool {
    let count = name.utf8CodeUnitCount
    if encoded.count == count, let start = encoded.baseAddress { return memcmp(start, name.utf8Start, count) == 0 }
    // An escaped name is longer than what it says.
    guard encoded.count > count, FormDecoding.isEncoded(encoded) else { return count == 0 && encoded.isEmpty }
    return FormDecoding.withDecoded(encoded) { $0.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: count)) }
  }

  /// A parameter as it was meant, decoded and not trimmed; nil when it is absent.
  public func value(_ name: StaticString) -> String? { bytes(of: name).map(FormDecoding.text) }
}
