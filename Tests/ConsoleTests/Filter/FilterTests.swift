import Testing

@testable import Console

@Suite struct FilterTests {
  static let schema = FilterSchema(
    fields: [
      "state": .text, "up": .number, "beat": .duration, "down": .duration, "chg": .duration, "w": .number, "port": .number,
      "subs": .number, "err": .number, "ip": .text, "ov": .flag,
    ], hasMetadata: true)

  static let order = FakeRow(
    columns: ["order-core", "DEFAULT_GROUP", "10.8.3.18", "订单"],
    values: [
      "state": .texts(["down", "protect"]), "up": .number(0), "down": .number(372), "w": .number(1), "port": .number(8080),
      "ip": .text("10.8.3.18"), "ov": .flag(true), "meta.version": .text("1.8.4"), "meta.zone": .text("b"), "subs": .number(220),
    ])
  static let address = FakeRow(
    columns: ["address", "DEFAULT_GROUP", "10.9.0.7", ""],
    values: [
      "state": .text("ok"), "up": .number(100), "beat": .number(0.4), "w": .number(0.5), "port": .number(9090),
      "ip": .text("10.9.0.7"), "ov": .flag(false), "subs": .number(88), "err": .number(0),
    ])

  func accepted(_ text: String) throws(FilterProblem) -> String {
    let evaluator = FilterEvaluator(try Filter(text, schema: Self.schema))
    return (evaluator.accepts(Self.order) ? "order " : "") + (evaluator.accepts(Self.address) ? "address" : "")
  }

  @Test(arguments: [
    ("", "order address"),
    ("order", "order "),
    ("ORDER", ""),
    ("Default", ""),
    ("default_group", "order address"),
    ("^order", "order "),
    ("core$", "order "),
    ("^core", ""),
    ("order|address", "order address"),
    ("订单", "order "),
    ("!order", "address"),
    ("default !order", "address"),
    ("default order", "order "),
    ("-f ocr", "order "),
    ("-f adrs", "address"),
    ("-f 订", "order "),
    ("-f orderaddress", ""),
    ("10\\.8\\.", "order "),
    ("state=down", "order "),
    ("state=protect", "order "),
    ("state=off|gone|OK", "address"),
    ("state!=ok", "order "),
    ("!state=ok", "order "),
    ("!state!=ok", "address"),
    ("up<50", "order "),
    ("up<50%", "order "),
    ("up>=100", "address"),
    ("beat<15s", "address"),
    ("beat>15s", ""),
    ("!beat>15s", "order address"),
    ("down>5m", "order "),
    ("down>6m12s", ""),
    ("down>=6m12s", "order "),
    ("down>1h", ""),
    ("w!=1", "address"),
    ("ip:10.8.3.0/24", "order "),
    ("!ip:10.8.3.0/24", "address"),
    ("ip:10.0.0.0/8", "order address"),
    ("ip:0.0.0.0/0", "order address"),
    ("ip:10.9.0.7", "address"),
    ("ip:::/0", ""),
    ("ip=10.9.0.7", "address"),
    ("port=8080", "order "),
    ("meta.version=1.8.4", "order "),
    ("-l zone=b", "order "),
    ("zone!=b", "address"),
    ("subs>100", "order "),
    ("subs<1k", "order address"),
    ("err>0", ""),
    ("err=0", "address"),
    ("chg<15m", ""),
    ("ov", "order "),
    ("!ov", "address"),
    ("state=down up<50 ip:10.8.3.0/24 ov order", "order "),
    ("\"order-core\"", "order "),
    ("\"a b\"", ""),
  ])
  func accepts(text: String, expected: String) throws {
    #expect(try accepted(text) == expected)
  }

  @Test(arguments: [
    ("(", "missing closing parenthesis in \"(\""),
    ("order [a", "missing terminating ] for character class in \"[a\""),
    ("!", "! needs a word to leave out"),
    ("-f", "-f needs a word"),
    ("up<", "up< needs a value"),
    ("up<fast", "up needs a number, not \"fast\""),
    ("up=nan", "up needs a number, not \"nan\""),
    ("beat>soon", "beat needs a time such as 15s, 5m or 1h30m, not \"soon\""),
    ("beat>5y", "beat needs a time such as 15s, 5m or 1h30m, not \"5y\""),
    ("state<ok", "state is a text: it can be = or !="),
    ("ov=1", "ov stands alone, or as !ov"),
    ("ip:10.8.3.0/33", "ip: needs an address or a range such as 10.8.3.0/24"),
    ("ip:host", "ip: needs an address or a range such as 10.8.3.0/24"),
    (String(repeating: "a", count: 1_001), "expression of more than 1000 bytes"),
    (String(repeating: "a ", count: 33), "more than 32 words"),
  ])
  func saysWhatIsWrong(text: String, expected: String) {
    #expect(throws: FilterProblem(expected)) { try Filter(text, schema: Self.schema) }
  }

  @Test func aFieldThatIsNoneIsNamed() {
    let schema = FilterSchema(fields: ["up": .number, "state": .text])
    #expect(throws: FilterProblem("no field \"uo\"; there are state up")) { try Filter("uo<5", schema: schema) }
  }

  @Test func anExpressionThatCostsTooMuchStops() throws {
    let evaluator = FilterEvaluator(try Filter("(a+)+$", schema: Self.schema))
    let row = FakeRow(columns: [String(repeating: "a", count: 60) + "b"], values: [:])
    #expect(!evaluator.accepts(row))
    #expect(evaluator.isTooCostly)
    #expect(!evaluator.accepts(FakeRow(columns: ["a"], values: [:])))
  }

  @Test(arguments: [
    "(a{1,1000}){1,1000}", "(((((a{100}){100}){100}){100}){100})", String(repeating: "(", count: 500), "(?R)", "\\",
  ])
  func hostileExpressionsDoNoHarm(text: String) {
    guard let filter = try? Filter(text, schema: Self.schema) else { return }
    let evaluator = FilterEvaluator(filter)
    let row = FakeRow(columns: [String(repeating: "a", count: 64 << 10)], values: [:])
    #expect(!evaluator.accepts(row) || !evaluator.isTooCostly)
  }

  @Test func fuzzySearchIsNoTrap() throws {
    let evaluator = FilterEvaluator(try Filter("-f aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", schema: Self.schema))
    #expect(!evaluator.accepts(FakeRow(columns: [String(repeating: "a", count: 60)], values: [:])))
    #expect(!evaluator.isTooCostly)
  }

  @Test func marksHits() throws {
    let evaluator = FilterEvaluator(try Filter("or !zz 单 up<5", schema: Self.schema))
    let text = "order or 订单"
    #expect(evaluator.hits(in: text).map { String(text[$0]) } == ["or", "or", "单"])
    #expect(evaluator.hits(in: "").isEmpty)
  }

  @Test func filtersAreEqualByWhatWasTyped() throws {
    #expect(try Filter("a", schema: Self.schema) == Filter("a", schema: Self.schema))
    #expect(try Filter("a", schema: Self.schema) != Filter("b", schema: Self.schema))
    #expect(try Filter("  ", schema: Self.schema).isEmpty)
  }
}

struct FakeRow: FilterRow {
  var columns: [String]
  var values: [String: FilterValue]

  func addColumns(to text: inout FilterText) {
    for column in columns { text.add(column) }
  }

  func value(of field: String) -> FilterValue? {
    values[field]
  }
}
