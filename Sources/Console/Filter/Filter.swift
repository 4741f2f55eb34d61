/// What a view shows of its rows, as it was typed. All words must hold.
///
/// An empty filter lets everything through. One that cannot be understood is not made: the view keeps the last one that
/// could, and says what is wrong.
public struct Filter: Sendable {
  public let text: String
  let schema: FilterSchema
  let terms: [FilterTerm]

  public init(_ text: String, schema: FilterSchema) throws(FilterProblem) {
    self.text = text
    self.schema = schema
    let terms = try FilterParser(schema: schema).terms(text)
    // What is cheap to ask is asked first.
    self.terms = terms.filter { !$0.readsText } + terms.filter(\.readsText)
  }

  public var isEmpty: Bool { terms.isEmpty }
}

extension Filter: Hashable {
  public static func == (one: Filter, other: Filter) -> Bool {
    one.text == other.text && one.schema == other.schema
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(schema)
  }
}

extension FilterTerm {
  var readsText: Bool {
    if case .text = test { true } else { false }
  }
}
