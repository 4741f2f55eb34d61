import Testing

@testable import HTTPTransport

@Suite("Cutting bytes into lines")
struct LineSplitterTests {
  private func split(_ pieces: [String], longest: Int = 100) throws -> [String] {
    var splitter = LineSplitter(longest: longest)
    var lines: [[UInt8]] = []
    for piece in pieces {
      lines += try Array(piece.utf8).withUnsafeBytes { try splitter.take($0) }
    }
    if let rest = splitter.finish() { lines.append(rest) }
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func anyCutGivesTheSameLines() throws {
    let text = "one\r\n\n two\rtoo \nthrée\r\n\r\nend"
    let whole = try split([text])
    #expect(whole == ["one", "", " two\rtoo ", "thrée", "", "end"])
    let bytes = Array(text.utf8)
    for size in 1..<bytes.count {
      var splitter = LineSplitter(longest: 100)
      var lines: [[UInt8]] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        lines += try bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { try splitter.take($0) }
      }
      if let rest = splitter.finish() { lines.append(rest) }
      #expect(lines.map { String(decoding: $0, as: UTF8.self) } == whole, "pieces of \(size)")
    }
  }

  @Test func nothingGivesNothing() throws {
    #expect(try split([]) == [])
    #expect(try split([""]) == [])
    #expect(try split(["\n"]) == [""])
  }

  @Test func theLimitIsOfTheLine() throws {
    #expect(try split(["1234\n5678\r\n9"], longest: 4) == ["1234", "5678", "9"])
    #expect(throws: HTTPFailure.lineTooLong(limit: 4)) { try split(["12345\n"], longest: 4) }
    #expect(throws: HTTPFailure.lineTooLong(limit: 4)) { try split(["123", "45"], longest: 4) }
  }
}
