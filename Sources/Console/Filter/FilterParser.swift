/// Reads the words of a filter: `order !test -f pay state=down|off up<50 ip:10.8.3.0/24 ov`.
struct FilterParser {
  private let schema: FilterSchema

  init(schema: FilterSchema) {
    self.schema = schema
  }

  /// More words than a line holds.
  static let wordLimit = 32

  func terms(_ text: String) throws(FilterProblem) -> [FilterTerm] {
    var terms: [FilterTerm] = []
    var words = Self.words(text)[...]
    guard words.count <= Self.wordLimit else { throw FilterProblem("more than \(Self.wordLimit) words") }
    while let word = words.popFirst() {
      if word == "-f" {
        guard let fuzzy = words.popFirst() else { throw FilterProblem("-f needs a word") }
        terms.append(FilterTerm(test: .text(try Self.fuzzy(fuzzy)), isInverse: false))
      } else if word == "-l" {
        // k9s asks for labels so; `key=value` means the same without it.
        continue
      } else {
        terms.append(try term(word))
      }
    }
    return terms
  }

  /// Words are parted by blanks; a pair of quotes keeps blanks, in a word or around it.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character == " ", !isQuoted {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words.filter { !$0.isEmpty }
  }

  private func term(_ word: String) throws(FilterProblem) -> FilterTerm {
    guard word.hasPrefix("!") else { return try positiveTerm(word) }
    let rest = String(word.dropFirst())
    guard !rest.isEmpty else { throw FilterProblem("! needs a word to leave out") }
    var term = try positiveTerm(rest)
    term.isInverse.toggle()
    return term
  }

  private func positiveTerm(_ word: String) throws(FilterProblem) -> FilterTerm {
    if schema.fields[word] == .flag { return FilterTerm(test: .flag(field: word), isInverse: false) }
    if word.hasPrefix("ip:"), schema.fields["ip"] != nil { return FilterTerm(test: try network(word), isInverse: false) }
    if let (name, sign, value) = Self.comparison(word) { return try compared(name, sign, value) }
    return FilterTerm(test: .text(try Self.expression(word)), isInverse: false)
  }

  private func network(_ word: String) throws(FilterProblem) -> FilterTest {
    guard let network = AddressRange(word.dropFirst("ip:".count)) else {
      throw FilterProblem("ip: needs an address or a range such as 10.8.3.0/24")
    }
    return .network(field: "ip", network)
  }

  /// Splits `name<value`; nil when the word does not begin with a name and a sign of comparison.
  private static func comparison(_ word: String) -> (name: String, sign: String, value: String)? {
    let name = word.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    guard name.first?.isLetter == true else { return nil }
    let rest = word[name.endIndex...]
    for sign in ["!=", "<=", ">=", "=", "<", ">"] where rest.hasPrefix(sign) {
      return (String(name), sign, String(rest.dropFirst(sign.count)))
    }
    return nil
  }

  private func compared(_ name: String, _ sign: String, _ value: String) throws(FilterProblem) -> FilterTerm {
    guard !value.isEmpty else { throw FilterProblem("\(name)\(sign) needs a value") }
    let isInverse = sign == "!="
    let comparison = Comparison(rawValue: isInverse ? "=" : sign) ?? .equal
    switch schema.fields[name] {
    case .number?, .duration?:
      return FilterTerm(test: try numeric(name, comparison, value), isInverse: isInverse)
    case .flag?:
      throw FilterProblem("\(name) stands alone, or as !\(name)")
    case .text?:
      break
    case nil:
      guard schema.hasMetadata else { throw unknown(name) }
    }
    guard comparison == .equal else { throw FilterProblem("\(name) is a text: it can be = or !=") }
    let isMetadata = schema.fields[name] == nil && !name.hasPrefix("meta.")
    let words = value.split(separator: "|").map { $0.lowercased() }
    return FilterTerm(test: .word(field: isMetadata ? "meta.\(name)" : name, words), isInverse: isInverse)
  }

  private func numeric(_ name: String, _ comparison: Comparison, _ value: String) throws(FilterProblem) -> FilterTest {
    let isDuration = schema.fields[name] == .duration
    guard let number = isDuration ? FilterNumber.seconds(value) : FilterNumber.number(value) else {
      throw FilterProblem("\(name) needs \(isDuration ? "a time such as 15s, 5m or 1h30m" : "a number"), not \"\(value)\"")
    }
    return .number(field: name, comparison, number)
  }

  private func unknown(_ name: String) -> FilterProblem {
    FilterProblem("no field \"\(name)\"; there are \(schema.fields.keys.sorted().joined(separator: " "))")
  }

  private static let signs = Set("\\^$.|?*+()[]{}")

  private static func expression(_ word: String) throws(FilterProblem) -> RegularExpression {
    try RegularExpression(word, kind: word.contains(where: signs.contains) ? .pattern : .literal)
  }

  /// The letters of the word in this order, others between them. Each step goes to the next occurrence and never back, so
  /// that a miss costs one pass and not all the ways to miss.
  private static func fuzzy(_ word: String) throws(FilterProblem) -> RegularExpression {
    let scalars = word.unicodeScalars.map { "\\x{\(String($0.value, radix: 16))}" }
    let steps = scalars.dropFirst().map { "[^\($0)\\n]*+\($0)" }.joined()
    return try RegularExpression((scalars.first ?? "") + steps)
  }
}
