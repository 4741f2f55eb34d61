import NacosWire
import RegistryModel
import Testing

@Suite("JSON of Codable values")
struct JSONCodingTests {
  private func expectRoundTrip<Value: Codable & Equatable>(_ value: Value, _ note: String) throws {
    let bytes = try JSONCoding.encode(value)
    let back = try JSONCoding.decode(Value.self, from: bytes)
    #expect(back == value, "\(note): \(String(decoding: bytes, as: UTF8.self))")
  }

  @Test("values of the model come back as they were", arguments: UInt64(1)...40)
  func model(seed: UInt64) throws {
    var random = RandomModel(seed: seed)
    for _ in 0..<10 {
      let note = "seed \(seed)"
      try expectRoundTrip(random.commit(random.next()), note)
      try expectRoundTrip(Command(random.action(), by: random.origin(), reason: random.maybe { $0.text() }), note)
      try expectRoundTrip(random.instance(), note)
      try expectRoundTrip(random.switches(), note)
      try expectRoundTrip(random.digest(), note)
      try expectRoundTrip(random.subscriberState(), note)
      try expectRoundTrip(SubscriberPage(subscribers: [random.subscriberState()], total: random.below(9)), note)
      try expectRoundTrip(Query.subscribers(random.maybe { $0.service() }, offset: 3, limit: 7), note)
      try expectRoundTrip(Receipt(revision: random.next(), didChange: random.chance(50), touched: [random.address()]), note)
    }
  }

  @Test("numbers at their bounds")
  func numbers() throws {
    try expectRoundTrip([UInt64.max, 0, UInt64(Int64.max) + 1], "UInt64")
    try expectRoundTrip([Int64.min, Int64.max, -1, 0], "Int64")
    try expectRoundTrip([Float(0.1), .greatestFiniteMagnitude, .leastNonzeroMagnitude, 16_777_216], "Float")
    try expectRoundTrip([0.1, 1e22, .leastNonzeroMagnitude, -0.0, 123_456_789_012_345_680], "Double")
    try expectRoundTrip([Double.infinity, -.infinity], "no number")
    let nan = try JSONCoding.decode(Double.self, from: try JSONCoding.encode(Double.nan))
    #expect(nan.isNaN)
  }

  private struct Nothing: Codable, Equatable {}
  private enum Shape: Codable, Equatable {
    case point
    case circle(radius: Double)
    case named(String, [Shape])
  }

  @Test("types that have nothing to say, and types inside themselves")
  func shapes() throws {
    try expectRoundTrip(Nothing(), "nothing")
    try expectRoundTrip([Nothing(), Nothing()], "nothings")
    try expectRoundTrip(Shape.named("a", [.point, .circle(radius: 2), .named("", [])]), "shape")
    try expectRoundTrip([[Int]](), "empty")
    try expectRoundTrip([[1, 2], [], [3]], "nested")
    try expectRoundTrip([1: "a", 2: "b"], "integer keys")
    try expectRoundTrip([String: [Int?]](dictionaryLiteral: ("a", [1, nil])), "nils")
  }

  @Test(
    "what does not fit is refused, with a reason",
    arguments: [
      "", "{", "{}", "[]", "null", "5", #"{"revision":1}"#, #"{"revision":-1,"at":1,"origin":{"probe":{}},"changes":[]}"#,
      #"{"revision":1.5,"at":1,"origin":{"probe":{}},"changes":[]}"#,
      #"{"revision":1,"at":1,"origin":{"nobody":{}},"changes":[]}"#,
      #"{"revision":1,"at":1,"origin":{},"changes":[]}"#, #"{"revision":1,"at":"1","origin":{"probe":{}},"changes":[]}"#,
      #"{"revision":1,"at":1,"origin":{"probe":{}},"changes":{}}"#,
      #"{"revision":1,"at":1,"origin":{"probe":{}},"changes":[{"switches":{}}]}"#,
    ])
  func misfits(text: String) {
    #expect(throws: JSONError.self) { try JSONCoding.decode(Commit.self, from: Array(text.utf8)) }
  }

  @Test("a text that nests without end is refused")
  func deep() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try JSONCoding.decode([Int].self, from: Array(text.utf8)) }
  }
}
