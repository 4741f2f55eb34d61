/// One line of logfmt: `level=info msg="takes requests" address=127.0.0.1:8848`. Whatever a field holds, it stays one
/// line and sends no terminal anything but visible characters (reliability R63).
struct LogLine {
  /// A pipe takes this much whole or not at all.
  static let most = 4_096

  private(set) var bytes: [UInt8] = []

  /// `isForJournal` puts the level in front as sd-daemon(3) has it, `<6>`.
  init(
    _ level: LogLevel, _ message: String, _ fields: [(name: StaticString, value: String)], isForJournal: Bool = false
  ) {
    if isForJournal { append("<\(level.priority)>") }
    append("level=\(level.rawValue) msg=")
    append(value: message)
    for (name, value) in fields {
      append(" \(name)=")
      append(value: value)
    }
    if bytes.count >= Self.most { truncate() }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func append(value: String) {
    // What is beyond is cut off in any case.
    let value = Redaction.redacted(String(value.unicodeScalars.prefix(Self.most)))
    let isPlain =
      !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") }
    if isPlain { return append(value) }
    append("\"")
    for scalar in value.unicodeScalars { append(scalar) }
    append("\"")
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"", "\\": append("\\\(scalar)")
    case "\n": append("\\n")
    case _ where Self.isShown(scalar): append(String(scalar))
    default: append("\\u{\(String(scalar.value, radix: 16))}")
    }
  }

  /// Neither a control character nor one that changes how others are shown, such as those for writing direction.
  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }

  private mutating func truncate() {
    bytes.removeLast(bytes.count - Self.most + 4)
    while let last = bytes.last, last & 0xc0 == 0x80 { bytes.removeLast() }
    if let last = bytes.last, last >= 0xc0 { bytes.removeLast() }
    append("...")
  }
}
