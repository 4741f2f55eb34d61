import Glibc

/// The parameters of one request: those of the query string, then those of a form body, with one way to read both
/// (naming-server-v1 0.2). Of a name given twice the first value counts.
///
/// It points into the request's bytes and is gone with them: what is kept longer has to be taken out as a value.
public struct Parameters: ~Copyable {
  /// More are refused: no client of this protocol sends a tenth of it.
  public static let limit = 1_000

  private struct Field {
    var sketch: NameSketch
    var name: UnsafeRawBufferPointer
    var value: UnsafeRawBufferPointer
  }

  private var fields: [Field] = []
  /// Whether a name has an escape in it and has to be decoded before anything can be said of it: hardly a request's has.
  private var hasEscapedName = false

  /// - Parameters:
  ///   - query: what follows the `?` of the target, still encoded.
  ///   - form: a body of the type `application/x-www-form-urlencoded`, or nothing.
  public init(query: UnsafeRawBufferPointer, form: UnsafeRawBufferPointer) throws(Refusal) {
    fields.reserveCapacity(16)
    try scan(query)
    try scan(form)
  }

  private mutating func scan(_ bytes: UnsafeRawBufferPointer) throws(Refusal) {
    guard var start = bytes.baseAddress else { return }
    let end = start + bytes.count
    while start < end {
      let fieldEnd = Self.first(UInt8(ascii: "&"), from: start, to: end)
      if fieldEnd > start {
        if fields.count == Self.limit { throw .illegal("more than \(Self.limit) parameters") }
        let nameEnd = Self.first(UInt8(ascii: "="), from: start, to: fieldEnd)
        let name = UnsafeRawBufferPointer(start: start, count: nameEnd - start)
        let valueStart = nameEnd < fieldEnd ? nameEnd + 1 : fieldEnd
        let value = UnsafeRawBufferPointer(start: valueStart, count: fieldEnd - valueStart)
        if FormDecoding.isEncoded(name) { hasEscapedName = true }
        fields.append(Field(sketch: NameSketch(name), name: name, value: value))
      }
      start = fieldEnd + 1
    }
  }

  /// Where `byte` stands first; `end` when it does not.
  private static func first(
    _ byte: UInt8, from start: UnsafeRawPointer, to end: UnsafeRawPointer
  ) -> UnsafeRawPointer {
    memchr(start, Int32(byte), end - start).map { UnsafeRawPointer($0) } ?? end
  }

  /// The encoded bytes of a parameter; nil when it is absent.
  func bytes(of name: StaticString) -> UnsafeRawBufferPointer? {
    let sketch = NameSketch(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    return fields.withUnsafeBufferPointer { fields in
      // By index: a field that is taken out is copied.
      for index in fields.indices where fields[index].sketch == sketch || hasEscapedName {
        if Self.isSame(fields[index].name, name) { return fields[index].value }
      }
      return nil
    }
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
