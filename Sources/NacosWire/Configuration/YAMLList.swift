/// As much of YAML 1.2 as a list of flat maps under one name takes: block style, plain and quoted scalars, which may go on
/// over several lines.
enum YAMLList {
  /// A scalar as it is written: plain where nobody can take it for something else.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && $0.isLetter } ?? false
      && text.utf8.allSatisfy { $0.isDecimalDigit || isLetter($0) || "_-.".utf8.contains($0) }
    if isPlain { return text }
    var bytes = [UInt8(ascii: "\"")]
    var text = text
    text.withUTF8 { bytes.appendEscaped($0) }
    return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) }

  /// The maps under `name`, which is all that the text has; nil for anything else.
  static func read(_ text: String, under name: String) -> [[String: String]]? {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(Line.init)
      .filter { !$0.text.isEmpty && !$0.text.hasPrefix("#") && !$0.text.hasPrefix("---") }[...]
    guard let head = lines.popFirst(), head.indent == 0, head.text.hasPrefix("\(name):") else { return nil }
    let rest = head.text.dropFirst(name.count + 1).drop { $0 == " " }
    if rest == "[]" { return lines.isEmpty ? [] : nil }
    guard rest.isEmpty else { return nil }
    var maps: [[String: String]] = []
    while var line = lines.popFirst() {
      if line.text.hasPrefix("- ") {
        line = Line("\(String(repeating: " ", count: line.indent + 2))\(line.text.dropFirst(2))")
        maps.append([:])
      }
      guard !maps.isEmpty, let colon = line.text.firstRange(of: ":"), let value = value(after: colon.upperBound, of: line, &lines)
      else { return nil }
      maps[maps.count - 1][String(line.text[..<colon.lowerBound])] = value
    }
    return maps
  }

  private struct Line {
    var indent: Int
    var text: String

    init(_ whole: some StringProtocol) {
      let rest = whole.drop { $0 == " " }
      indent = whole.count - rest.count
      var text = String(rest)
      while text.last == " " || text.last == "\t" { text.removeLast() }
      self.text = text
    }
  }

  /// The scalar that begins in a line, and takes further lines that are further in.
  private static func value(after start: String.Index, of line: Line, _ lines: inout ArraySlice<Line>) -> String? {
    guard start == line.text.endIndex || line.text[start] == " " else { return nil }
    var text = String(line.text[start...].drop { $0 == " " })
    while !isWhole(text), let next = lines.first, next.indent > line.indent || isQuoted(text) {
      lines.removeFirst()
      text =
        text.hasSuffix("\\") && text.hasPrefix("\"")
        ? String(text.dropLast()) + next.text.drop { $0 == "\\" } : "\(text) \(next.text)"
    }
    if text.hasPrefix("\"") { return unescaped(text) }
    if text.hasPrefix("'") { return text.count > 1 && text.hasSuffix("'") ? unquoted(text) : nil }
    let plain = text.firstRange(of: " #").map { String(text[..<$0.lowerBound]) } ?? text
    return plain == "null" || plain == "~" ? "" : plain
  }

  private static func isQuoted(_ text: String) -> Bool { text.hasPrefix("\"") || text.hasPrefix("'") }

  /// Whether a quoted scalar has its end; a plain one has it where nothing further in follows.
  private static func isWhole(_ text: String) -> Bool {
    guard text.count > 1 else { return false }
    if text.hasPrefix("'") { return text.dropFirst().filter { $0 == "'" }.count % 2 == 1 && text.hasSuffix("'") }
    if text.hasPrefix("\"") {
      let escapes = text.dropLast().reversed().prefix { $0 == "\\" }.count
      return text.hasSuffix("\"") && escapes % 2 == 0
    }
    return false
  }

  private static func unquoted(_ text: String) -> String {
    var result = ""
    var isSecond = false
    for character in text.dropFirst().dropLast() {
      if character == "'", !isSecond {
        isSecond = true
        continue
      }
      isSecond = false
      result.append(character)
    }
    return result
  }

  /// YAML's double-quoted scalars are JSON's strings, with a few more escapes that nobody needs here.
  private static func unescaped(_ text: String) -> String? { (try? JSONDocument(text))?.root.string }
}
