import Testing

@testable import EventLoop

@Suite struct ResponseHeadTests {
  private func text(_ head: ResponseHead) -> String {
    withUnsafeTemporaryAllocation(byteCount: head.capacity, alignment: 1) { buffer in
      var writer = ByteWriter(buffer)
      Array("DATE".utf8).withUnsafeBytes { head.write(into: &writer, date: $0) }
      return String(decoding: writer.bytes, as: UTF8.self)
    }
  }

  @Test func withALength() {
    let head = ResponseHead(
      status: .ok, contentType: "text/plain", framing: .length(1_234_567_890), persistence: .implied, headers: .none)
    #expect(text(head) == "HTTP/1.1 200 OK\r\nDate: DATE\r\nContent-Type: text/plain\r\nContent-Length: 1234567890\r\n\r\n")
  }

  @Test func withFurtherLinesAndAnotherStatus() throws {
    let headers = try #require(HeaderLines(("X-A", "b c"), ("X-D", "")))
    let head = ResponseHead(status: .notFound, contentType: "", framing: .length(0), persistence: .close, headers: headers)
    #expect(
      text(head) == "HTTP/1.1 404 Not Found\r\nDate: DATE\r\nContent-Length: 0\r\nConnection: close\r\nX-A: b c\r\nX-D: \r\n\r\n")
  }

  @Test func chunkedAndUntilClose() {
    let chunked = ResponseHead(status: .ok, contentType: "a/b", framing: .chunked, persistence: .keepAlive, headers: .none)
    #expect(text(chunked).contains("\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n"))
    let untilClose = ResponseHead(status: .ok, contentType: "a/b", framing: .untilClose, persistence: .close, headers: .none)
    #expect(text(untilClose) == "HTTP/1.1 200 OK\r\nDate: DATE\r\nContent-Type: a/b\r\nConnection: close\r\n\r\n")
  }

  @Test(arguments: [HTTPStatus.noContent, .notModified]) func withoutABodyNothingIsSaidOfOne(status: HTTPStatus) {
    let head = ResponseHead(status: status, contentType: "a/b", framing: .length(5), persistence: .implied, headers: .none)
    #expect(!text(head).contains("Content-"))
  }

  /// What a client sent must not become a header line of its own.
  @Test(arguments: [
    ("", "v"), ("a b", "v"), ("a:", "v"), ("a\r\n", "v"), ("ä", "v"), ("a", "v\r\nSet-Cookie: x"), ("a", "v\n"), ("a", "v\0"),
    ("a", "\u{7f}"),
  ])
  func headerLinesThatWouldBreakOutAreRefused(name: String, value: String) {
    #expect(HeaderLines((name, value)) == nil)
  }

  @Test func statusCodesThatAreNoneBecome500() {
    #expect(HTTPStatus(rawValue: 99).rawValue == 500)
    #expect(HTTPStatus(rawValue: 1000).rawValue == 500)
    #expect(HTTPStatus(rawValue: 418).rawValue == 418)
  }

  /// Days since 1970 with their dates, around what calendars get wrong.
  @Test(
    arguments: [
      (0, 1970, 1, 1), (58, 1970, 2, 28), (59, 1970, 3, 1), (789, 1972, 2, 29), (10_956, 1999, 12, 31), (11_016, 2000, 2, 29),
      (11_017, 2000, 3, 1), (20_513, 2026, 3, 1), (47_540, 2100, 2, 28), (47_541, 2100, 3, 1),
    ] as [(Int64, Int64, Int64, Int64)])
  func civilDates(days: Int64, year: Int64, month: Int64, day: Int64) {
    let date = HTTPDate.civil(days: days)
    #expect(date == (year, month, day))
  }

  @Test func theDateHasItsForm() throws {
    let date = HTTPDate()
    let text = withExtendedLifetime(date) { String(decoding: date.bytes(), as: UTF8.self) }
    let form = /(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d GMT/
    #expect(text.wholeMatch(of: form) != nil)
  }

  @Test(arguments: [0, 9, 10, 15, 16, 255, 256, 65_535, Int.max]) func numbers(value: Int) {
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
      var writer = ByteWriter(buffer)
      writer.write(decimal: Int64(value))
      writer.write(" ")
      writer.write(hexadecimal: value)
      #expect(String(decoding: writer.bytes, as: UTF8.self) == "\(value) \(String(value, radix: 16))")
    }
  }
}
