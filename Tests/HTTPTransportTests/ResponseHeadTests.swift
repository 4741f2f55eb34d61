import Testing

@testable import HTTPTransport

@Suite("Gathering a head")
struct ResponseHeadTests {
  private func head(_ lines: [String], limits: HTTPLimits = HTTPLimits()) throws -> ResponseHead {
    var head = ResponseHead()
    for line in lines {
      try Array(line.utf8).withUnsafeBytes { try head.take($0, limits: limits) }
    }
    return head
  }

  @Test func isCompleteAtItsEmptyLine() throws {
    let lines = ["HTTP/1.1 200 OK\r\n", "A: 1\r\n", "B:2 \r\n"]
    #expect(try !head(lines).isComplete)
    let whole = try head(lines + ["\r\n", "Trailer: 3\r\n"])
    #expect(whole.isComplete)
    #expect(whole.status == 200)
    #expect(whole.headers == [HTTPHeader("a", "1"), HTTPHeader("b", "2")])
  }

  @Test func interimAnswersAreForgotten() throws {
    let whole = try head(["HTTP/1.1 100 Continue\r\n", "A: 1\r\n", "\r\n", "HTTP/1.0 204 \r\n", "B: 2\r\n", "\r\n"])
    #expect(whole.status == 204)
    #expect(whole.headers == [HTTPHeader("b", "2")])
  }

  @Test func linesThatAreNoHeadersAreNotTaken() throws {
    #expect(try head(["HTTP/1.1 200 OK\n", "nonsense\n", "\n"]).headers.isEmpty)
  }

  @Test func trailersCountToo() throws {
    var limits = HTTPLimits()
    limits.maximumHeaders = 3
    let lines = ["HTTP/1.1 200 OK\r\n", "A: 1\r\n", "\r\n", "B: 2\r\n", "C: 3\r\n"]
    #expect(try head(lines, limits: limits).headers.count == 1)
    #expect(throws: HTTPFailure.tooManyHeaders(limit: 3)) { try head(lines + ["D: 4\r\n"], limits: limits) }
  }
}
