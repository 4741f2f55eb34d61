/// Writes JSON into bytes, in the order of the calls; commas are its business. What is begun must be ended, and an object
/// gets a key before each value: the writer trusts its caller.
public struct JSONWriter {
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// `capacity` is how many bytes are expected.
  public init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

  /// Goes on behind `bytes`; in their room when nobody else holds them.
  public init(after bytes: consuming [UInt8]) { self.bytes = bytes }

  public mutating func beginObject() { open("{") }
  public mutating func endObject() { close("}") }
  public mutating func beginArray() { open("[") }
  public mutating func endArray() { close("]") }

  /// A key that needs no escaping.
  public mutating func key(_ name: StaticString) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    append(name)
    append("\":")
    needsComma = false
  }

  public mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  public mutating func string(_ text: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    appendEscaped(text)
    bytes.append(UInt8(ascii: "\""))
  }

  /// A text that is UTF-8 already, such as a JSON text inside another one.
  public mutating func string(utf8 text: [UInt8]) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    text.withUnsafeBufferPointer { bytes.appendEscaped($0) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A text that needs no escaping.
  public mutating func string(_ text: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    append(text)
    bytes.append(UInt8(ascii: "\""))
  }

  public mutating func integer(_ value: some FixedWidthInteger) {
    separate()
    bytes.appendDecimal(value)
  }

  public mutating func bool(_ value: Bool) {
    separate()
    append(value ? "true" : "false")
  }

  public mutating func null() {
    separate()
    append("null")
  }

  /// As Java prints it; what is no number becomes a text, as Jackson does: `"NaN"`.
  public mutating func double(_ value: Double) {
    if !value.isFinite { return string(JavaNumber.text(value)) }
    separate()
    bytes.appendJava(value)
  }

  public mutating func float(_ value: Float) {
    if !value.isFinite { return string(JavaNumber.text(value)) }
    separate()
    bytes.appendJava(value)
  }

  /// A value that is JSON already.
  public mutating func raw(_ json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  private mutating func open(_ brace: Unicode.Scalar) {
    separate()
    bytes.append(UInt8(ascii: brace))
    needsComma = false
  }

  private mutating func close(_ brace: Unicode.Scalar) {
    bytes.append(UInt8(ascii: brace))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func appendEscaped(_ text: String) {
    var text = text
    text.withUTF8 { bytes.appendEscaped($0) }
  }
}

// Members, in one line each.
extension JSONWriter {
  public mutating func member(_ name: StaticString, _ text: String) {
    key(name)
    string(text)
  }

  public mutating func member(_ name: String, _ text: String) {
    key(name)
    string(text)
  }

  /// A text that needs no escaping.
  public mutating func member(_ name: StaticString, constant text: StaticString) {
    key(name)
    string(text)
  }

  /// Nil is written as `null`.
  public mutating func member(_ name: StaticString, orNull text: String?) {
    key(name)
    if let text { string(text) } else { null() }
  }

  public mutating func member(_ name: StaticString, _ value: some FixedWidthInteger) {
    key(name)
    integer(value)
  }

  public mutating func member(_ name: StaticString, _ value: Bool) {
    key(name)
    bool(value)
  }

  public mutating func member(_ name: StaticString, _ value: Double) {
    key(name)
    double(value)
  }

  public mutating func member(_ name: StaticString, _ value: Float) {
    key(name)
    float(value)
  }
}
