import Glibc

/// P-style reading (naming-server-v1 0.2): `WebUtils.required` and `optional`. Values come trimmed.
extension Parameters {
  /// Refuses an absent and an empty one; one of blanks alone passes and is empty.
  public func required(_ name: StaticString) throws(Refusal) -> String {
    guard let bytes = bytes(of: name), !bytes.isEmpty else { throw .missing(name) }
    return FormDecoding.trimmedText(bytes)
  }

  /// Nil when it is absent, empty or blank.
  public func optional(_ name: StaticString) -> String? {
    guard let bytes = bytes(of: name), !bytes.isEmpty else { return nil }
    let value = FormDecoding.trimmedText(bytes)
    return value.isEmpty ? nil : value
  }

  /// - Parameter other: without a character that is escaped.
  public func optional(_ name: StaticString, default other: String) -> String {
    // What most clients say is what holds anyway: no text is made of that.
    guard let bytes = bytes(of: name), !other.isSpelt(by: bytes) else { return other }
    return optional(name) ?? other
  }

  /// What `read` makes of an optional one's bytes, for what needs no text made of them.
  private func optional<Value>(_ name: StaticString, _ read: (UnsafeRawBufferPointer) -> Value) -> Value? {
    guard let bytes = bytes(of: name), !bytes.isEmpty else { return nil }
    return FormDecoding.withDecoded(bytes) { decoded in
      let value = FormDecoding.trimmed(decoded)
      return value.isEmpty ? nil : read(value)
    }
  }

  /// A whole number (`Integer.parseInt`).
  public func requiredInteger(_ name: StaticString) throws(Refusal) -> Int {
    if let value = integer(name) { return value }
    throw .notANumber(try required(name))
  }

  public func optionalInteger(_ name: StaticString, default other: Int) throws(Refusal) -> Int {
    guard let value = optional(name, JavaNumber.integer) else { return other }
    guard let value else { throw .notANumber(optional(name, default: "")) }
    return Int(value)
  }

  /// A whole number; nil when it is absent or is none.
  public func integer(_ name: StaticString) -> Int? { (optional(name, JavaNumber.integer) ?? nil).map { Int($0) } }

  /// What is no number counts as 0 (`NumberUtils.toInt`).
  public func lenientInteger(_ name: StaticString) throws(Refusal) -> Int { Int(JavaNumber.integer(try required(name)) ?? 0) }

  public func lenientInteger(_ name: StaticString, default other: Int) -> Int {
    guard let text = optional(name) else { return other }
    return Int(JavaNumber.integer(text) ?? 0)
  }

  public func optionalDouble(_ name: StaticString) throws(Refusal) -> Double? {
    guard let value = optional(name, JavaNumber.double) else { return nil }
    guard let value else { throw .notANumber(optional(name, default: "")) }
    return value
  }

  /// `true`, `on`, `yes`, `t` and `y` in any case are true, all else is false (`BooleanUtils.toBoolean`).
  public func optionalBoolean(_ name: StaticString) -> Bool? { optional(name, JavaBoolean.isAffirmative) }

  /// Only `true` in any case is true (`Boolean.parseBoolean`); an absent one is false.
  public func isTrue(_ name: StaticString) -> Bool { optional(name).map(JavaBoolean.isTrue) ?? false }
}

extension String {
  /// Whether these bytes are its own.
  fileprivate func isSpelt(by bytes: UnsafeRawBufferPointer) -> Bool {
    guard utf8.count == bytes.count else { return false }
    return utf8.withContiguousStorageIfAvailable { own in
      guard let start = own.baseAddress, let other = bytes.baseAddress else { return own.isEmpty }
      return memcmp(start, other, own.count) == 0
    } ?? false
  }
}
