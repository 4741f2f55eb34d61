/// Numbers in the text format that Prometheus reads (version 0.0.4), spelled as Micrometer spells it: a comma closes the
/// labels, and numbers are Java's.
public struct PrometheusPage {
  public enum Kind: String { case gauge, counter }

  public private(set) var bytes: [UInt8] = []

  public init() {}

  public mutating func gauge(_ name: String, about: String, _ value: Double) {
    family(name, .gauge, about: about, [(labels: [], value: value)])
  }

  public mutating func counter(_ name: String, about: String, _ value: UInt64) {
    family(name, .counter, about: about, [(labels: [], value: Double(value))])
  }

  /// All numbers of one name. Names are ours; what labels hold is escaped.
  public mutating func family(
    _ name: String, _ kind: Kind, about: String, _ samples: [(labels: [(name: String, value: String)], value: Double)]
  ) {
    append("# HELP \(name) \(about)\n# TYPE \(name) \(kind.rawValue)\n")
    for sample in samples {
      append(name)
      if !sample.labels.isEmpty {
        append("{")
        for label in sample.labels { append("\(label.name)=\"\(Self.escaped(label.value))\",") }
        append("}")
      }
      append(" \(Self.number(sample.value))\n")
    }
  }

  /// Infinity has another spelling than in Java.
  private static func number(_ value: Double) -> String {
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return JavaNumber.text(value)
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
