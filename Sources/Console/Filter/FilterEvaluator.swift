/// Applies a filter to rows, as many as one likes, one thread at a time.
public final class FilterEvaluator {
  private let terms: [FilterTerm]
  private let matcher = RegexMatcher()
  private var text = FilterText()

  /// An expression that would have cost too much on some row: from then on no row passes, and the view says so instead of
  /// keeping its reader waiting.
  public private(set) var isTooCostly = false

  public init(_ filter: Filter) {
    terms = filter.terms
  }

  public func accepts(_ row: some FilterRow) -> Bool {
    var hasText = false
    for term in terms {
      if term.readsText, !hasText {
        text.clear()
        row.addColumns(to: &text)
        hasText = true
      }
      if holds(term.test, for: row) == term.isInverse || isTooCostly { return false }
    }
    return true
  }

  private func holds(_ test: FilterTest, for row: some FilterRow) -> Bool {
    switch test {
    case .text(let expression): matches(expression)
    case .number(let field, let comparison, let number): row.value(of: field)?.compares(comparison, to: number) ?? false
    case .word(let field, let words): row.value(of: field)?.isOne(of: words) ?? false
    case .network(let field, let network): row.value(of: field)?.isAddress(in: network) ?? false
    case .flag(let field): row.value(of: field) == .flag(true)
    }
  }

  private func matches(_ expression: RegularExpression) -> Bool {
    switch text.bytes.withUnsafeBufferPointer({ matcher.match(expression, in: $0) }) {
    case .found: return true
    case .none: return false
    case .tooCostly:
      isTooCostly = true
      return false
    }
  }

  /// Where a column's text was hit, in order, for the view to mark; at most `limit` places. Inverse words hit nothing.
  public func hits(in column: String, limit: Int = 16) -> [Range<String.Index>] {
    var hits: [Range<String.Index>] = []
    var column = column
    for case .text(let expression) in terms.filter({ !$0.isInverse }).map(\.test) {
      let found = column.withUTF8 { ranges(of: expression, in: $0, limit: limit) }
      hits += found.map { column.utf8Range($0) }
    }
    return hits.sorted { $0.lowerBound < $1.lowerBound }
  }

  private func ranges(of expression: RegularExpression, in bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while found.count < limit, start < bytes.count, case .found(let range) = matcher.match(expression, in: bytes, from: start),
      !range.isEmpty
    {
      found.append(range)
      start = range.upperBound
    }
    return found
  }
}

extension FilterValue {
  fileprivate func compares(_ comparison: Comparison, to number: Double) -> Bool {
    if case .number(let own) = self { comparison.holds(own, number) } else { false }
  }

  fileprivate func isOne(of words: [String]) -> Bool {
    switch self {
    case .text(let own): words.contains(own.lowercased())
    case .texts(let own): own.contains { words.contains($0.lowercased()) }
    case .number(let own): words.contains { FilterNumber.number($0) == own }
    case .flag: false
    }
  }

  fileprivate func isAddress(in network: AddressRange) -> Bool {
    if case .text(let own) = self { network.contains(own) } else { false }
  }
}

extension String {
  fileprivate func utf8Range(_ range: Range<Int>) -> Range<String.Index> {
    utf8.index(startIndex, offsetBy: range.lowerBound)..<utf8.index(startIndex, offsetBy: range.upperBound)
  }
}
