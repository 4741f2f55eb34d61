import Testing

@testable import NacosWire

@Suite struct JSONTests {
  @Test func escapesWhatJSONForbids() {
    var writer = JSONWriter()
    writer.string("a\"b\\c\u{1}\u{1f}\n\t\r\u{8}\u{c}\u{7f}运维 ✓/\u{0}")
    #expect(String(decoding: writer.bytes, as: UTF8.self) == #""a\"b\\c\u0001\u001F\n\t\r\b\f"# + "\u{7f}运维 ✓/" + #"\u0000""#)
  }

  @Test func placesCommas() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("a", -12)
    writer.key("b")
    writer.beginArray()
    writer.beginObject()
    writer.endObject()
    writer.integer(UInt64.max)
    writer.null()
    writer.endArray()
    writer.member("c", true)
    writer.member("d", Double.nan)
    writer.member("e", Float(0.8))
    writer.member("f", orNull: nil)
    writer.key("g\"")
    writer.string("x")
    writer.endObject()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"{"a":-12,"b":[{},18446744073709551615,null],"c":true,"d":"NaN","e":0.8,"f":null,"g\"":"x"}"#)
  }

  @Test func readsEveryKind() throws {
    let root = try JSONDocument(
      #"{"n":null,"b":true,"i":-5,"u":18446744073709551615,"r":1.5,"s":"é\u0000","a":[1,"x",[]],"o":{"k":"v"}}"#
    ).root
    #expect(root.kind == .object)
    #expect(root["n"]?.isNull == true)
    #expect(root["b"]?.bool == true)
    #expect(root["i"]?.integer == -5)
    #expect(root["i"]?.number == -5)
    #expect(root["u"]?.integer == nil)
    #expect(root["u"]?.number == 1.8446744073709552e19)
    #expect(root["r"]?.number == 1.5)
    #expect(root["r"]?.integer == nil)
    #expect(root["s"]?.string == "é\0")
    #expect(root["a"]?.elements.map(\.kind) == [.integer, .string, .array])
    #expect(root["o"]?.members.map(\.name) == ["k"])
    #expect(root["zz"] == nil)
    #expect(root["b"]?.string == nil && root["s"]?.bool == nil && root["s"]?["x"] == nil)
    #expect(root["a"]?.members.map(\.name) == [])
    #expect(root["o"]?.elements.map(\.kind) == [])
  }

  @Test func valuesKeepTheirDocument() throws {
    var values: [JSONValue] = []
    for number in 0..<20 { values.append(try JSONDocument(#"["text \#(number)"]"#).root) }
    #expect(values.enumerated().allSatisfy { Array($1.elements).first?.string == "text \($0)" })
  }

  @Test(arguments: [
    "", " ", "{", "nul", "{\"a\":1}x", "[1,]", "{'a':1}", "\"\u{1}\"", "01", "[" + String(repeating: "[", count: 1000),
    String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
  ])
  func refusesWhatIsNoJSON(_ text: String) {
    #expect(throws: JSONError.self) { try JSONDocument(text) }
  }

  @Test func refusesBytesThatAreNoUTF8() {
    #expect(throws: JSONError.self) { try JSONDocument([0x22, 0xc0, 0xaf, 0x22]) }
    #expect(throws: JSONError.self) { try JSONDocument([] as [UInt8]) }
  }
}
