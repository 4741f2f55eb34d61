/// An answer that says no, as the Nacos wire words it (naming-server-v1 0.4): `caused: <text>;`, once for each cause.
public struct Refusal: Error, Hashable, Sendable {
  /// The HTTP status.
  public var status: Int
  /// The outermost cause first.
  public var causes: [String]

  public init(status: Int, causes: [String]) {
    self.status = status
    self.causes = causes
  }

  /// E400: what Nacos throws as an IllegalArgumentException, and everything malformed that it answers with Java's own words.
  public static func illegal(_ text: String) -> Refusal { Refusal(status: 400, causes: [text]) }

  /// N‹code›: what Nacos throws as a NacosException; whatever its code, the wire says 500.
  public static func failed(_ text: String) -> Refusal { Refusal(status: 500, causes: [text]) }

  /// The text of the answer.
  public var body: String { causes.map { "caused: \($0);" }.joined() }
}

extension Refusal {
  static func missing(_ name: StaticString) -> Refusal { .illegal("Param '\(name)' is required.") }

  static func notANumber(_ text: String) -> Refusal { .illegal("For input string: \"\(text)\"") }

  /// Spring's words for a parameter that is not there; Nacos answers them with 500.
  static func missingArgument(_ name: StaticString, type: StaticString) -> Refusal {
    .illegal("Required request parameter '\(name)' for method parameter type \(type) is not present")
  }

  /// Spring's words for an absent primitive.
  static func absentPrimitive(_ name: StaticString) -> Refusal {
    .failed(
      "Optional int parameter '\(name)' is present but cannot be translated into a null value due to being declared as a "
        + "primitive type. Consider declaring it as object wrapper for the corresponding primitive type.")
  }

  static func mistyped(_ text: String, type: StaticString, cause: String, exception: StaticString) -> Refusal {
    let sentence =
      "Failed to convert value of type 'java.lang.String' to required type '\(type)'; nested exception is \(exception): \(cause)"
    return Refusal(status: 400, causes: [sentence, cause])
  }
}
