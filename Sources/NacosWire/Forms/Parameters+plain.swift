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

  public func optional(_ name: StaticString, default other: String) -> String { optional(name) ?? other }

  /// A whole number (`Integer.parseInt`).
  public func requiredInteger(_ name: StaticString) throws(Refusal) -> Int { try Self.integer(try required(name)) }

  public func optionalInteger(_ name: StaticString, default other: Int) throws(Refusal) -> Int {
    guard let text = optional(name) else { return other }
    return try Self.integer(text)
  }

  /// What is no number counts as 0 (`NumberUtils.toInt`).
  public func lenientInteger(_ name: StaticString) throws(Refusal) -> Int { Int(JavaNumber.integer(try required(name)) ?? 0) }

  public func lenientInteger(_ name: StaticString, default other: Int) -> Int {
    guard let text = optional(name) else { return other }
    return Int(JavaNumber.integer(text) ?? 0)
  }

  public func optionalDouble(_ name: StaticString) throws(Refusal) -> Double? {
    guard let text = optional(name) else { return nil }
    guard let value = JavaNumber.double(text) else { throw .notANumber(text) }
    return value
  }

  /// `true`, `on`, `yes`, `t` and `y` in any case are true, all else is false (`BooleanUtils.toBoolean`).
  public func optionalBoolean(_ name: StaticString) -> Bool? { optional(name).map(JavaBoolean.isAffirmative) }

  /// Only `true` in any case is true (`Boolean.parseBoolean`); an absent one is false.
  public func isTrue(_ name: StaticString) -> Bool { optional(name).map(JavaBoolean.isTrue) ?? false }

  private static func integer(_ text: String) throws(Refusal) -> Int {
    guard let value = JavaNumber.integer(text) else { throw .notANumber(text) }
    return Int(value)
  }
}
