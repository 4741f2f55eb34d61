/// S-style reading (naming-server-v1 0.2): Spring's `@RequestParam`. Values come as they are.
extension Parameters {
  /// Refuses an absent one; an empty one passes.
  public func argument(_ name: StaticString) throws(Refusal) -> String {
    guard let value = value(name) else { throw .missingArgument(name, type: "String") }
    return value
  }

  /// An empty one counts as absent.
  public func argument(_ name: StaticString, default other: String) -> String {
    guard let value = value(name), !value.isEmpty else { return other }
    return value
  }

  public func integerArgument(_ name: StaticString) throws(Refusal) -> Int {
    guard let text = value(name), !text.isEmpty else { throw .missingArgument(name, type: "int") }
    return try Self.converted(text)
  }

  public func integerArgument(_ name: StaticString, default other: Int) throws(Refusal) -> Int {
    guard let text = value(name), !text.isEmpty else { return other }
    return try Self.converted(text)
  }

  /// For an `int` that is declared as not required: absent is an error all the same.
  public func primitiveArgument(_ name: StaticString) throws(Refusal) -> Int {
    guard let text = value(name), !text.isEmpty else { throw .absentPrimitive(name) }
    return try Self.converted(text)
  }

  public func floatArgument(_ name: StaticString, default other: Float) throws(Refusal) -> Float {
    guard let text = value(name), !text.isEmpty else { return other }
    guard let value = JavaNumber.float(text) else { throw Self.mistyped(text, "float") }
    return value
  }

  /// `true`, `on`, `yes`, `1` and `false`, `off`, `no`, `0`, in any case.
  public func booleanArgument(_ name: StaticString, default other: Bool = false) throws(Refusal) -> Bool {
    guard let text = value(name), !text.isEmpty else { return other }
    switch text.trimmed.lowercased() {
    case "true", "on", "yes", "1": return true
    case "false", "off", "no", "0": return false
    default:
      throw .mistyped(
        text, type: "boolean", cause: "Invalid boolean value [\(text)]", exception: "java.lang.IllegalArgumentException")
    }
  }

  private static func converted(_ text: String) throws(Refusal) -> Int {
    guard let value = JavaNumber.integer(text.trimmed) else { throw mistyped(text, "int") }
    return Int(value)
  }

  private static func mistyped(_ text: String, _ type: StaticString) -> Refusal {
    .mistyped(text, type: type, cause: "For input string: \"\(text)\"", exception: "java.lang.NumberFormatException")
  }
}
