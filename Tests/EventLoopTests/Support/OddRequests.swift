import Testing

/// A request as nobody well-behaved sends it, and what is to become of it.
struct OddRequest: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: String
  /// Of the answer; 0 if there is to be none before the connection closes.
  var status: Int
  var testDescription: String { name }

  init(_ name: String, _ status: Int, _ bytes: String) {
    (self.name, self.bytes, self.status) = (name, bytes, status)
  }
}

enum OddRequests {
  static let refused = requestLines + headers + bodies

  private static let host = "Host: x\r\n"
  private static func post(_ lines: String, _ body: String) -> String {
    "POST / HTTP/1.1\r\n\(host)\(lines)\r\n\(body)"
  }
  private static func chunked(_ body: String) -> String {
    post("Transfer-Encoding: chunked\r\n", body)
  }

  static let requestLines = [
    OddRequest("no version", 400, "GET /\r\n\r\n"),
    OddRequest("two spaces", 400, "GET  / HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("a space before the line", 400, " GET / HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("a space behind the version", 400, "GET / HTTP/1.1 \r\n\(host)\r\n"),
    OddRequest("no target", 400, "GET HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("a space in the target", 400, "GET /a b HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("a control character in the target", 400, "GET /a\u{1}b HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("NUL in the target", 400, "GET /a\0b HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("a tab for a space", 400, "GET\t/ HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("a method that is no token", 400, "GE(T / HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("lower-case protocol", 400, "GET / http/1.1\r\n\(host)\r\n"),
    OddRequest("version without a dot", 400, "GET / HTTP/11\r\n\(host)\r\n"),
    OddRequest("HTTP/0.9", 505, "GET / HTTP/0.9\r\n\(host)\r\n"),
    OddRequest("HTTP/1.2", 505, "GET / HTTP/1.2\r\n\(host)\r\n"),
    OddRequest("HTTP/2.0", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    OddRequest("bare LF", 400, "GET / HTTP/1.1\nHost: x\n\n"),
    OddRequest("bare CR", 400, "GET / HTTP/1.1\rHost: x\r\r"),
    OddRequest("TLS on a plain port", 400, "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}\r\n\r\n"),
    OddRequest("a tunnel", 501, "CONNECT example.com:443 HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("a request line without end", 414, "GET /" + String(repeating: "a", count: 20_000)),
  ]

  static let headers = [
    OddRequest("no Host", 400, "GET / HTTP/1.1\r\n\r\n"),
    OddRequest("two Hosts", 400, "GET / HTTP/1.1\r\n\(host)\(host)\r\n"),
    OddRequest("a line without a colon", 400, "GET / HTTP/1.1\r\n\(host)nonsense\r\n\r\n"),
    OddRequest("a space before the colon", 400, "GET / HTTP/1.1\r\n\(host)A : b\r\n\r\n"),
    OddRequest("an empty name", 400, "GET / HTTP/1.1\r\n\(host): b\r\n\r\n"),
    OddRequest("NUL in a value", 400, "GET / HTTP/1.1\r\n\(host)A: b\0c\r\n\r\n"),
    OddRequest("a lone CR in a value", 400, "GET / HTTP/1.1\r\n\(host)A: b\rc\r\n\r\n"),
    OddRequest("a lone LF in a value", 400, "GET / HTTP/1.1\r\n\(host)A: b\nc\r\n\r\n"),
    OddRequest("a folded first line", 400, "GET / HTTP/1.1\r\n A: b\r\n\(host)\r\n"),
    OddRequest("a head too large", 431, "GET / HTTP/1.1\r\n\(host)A: \(String(repeating: "a", count: 20_000))\r\n\r\n"),
    OddRequest("a head much too large", 431, "GET / HTTP/1.1\r\n\(host)A: \(String(repeating: "a", count: 200_000))"),
    OddRequest(
      "a head too large by its lines", 431,
      "GET / HTTP/1.1\r\n\(host)" + (0..<60).map { "A\($0): \(String(repeating: "a", count: 300))\r\n" }.joined() + "\r\n"),
    OddRequest("too many lines", 431, "GET / HTTP/1.1\r\n\(host)" + (0..<64).map { "A\($0): b\r\n" }.joined() + "\r\n"),
    OddRequest("an expectation that nobody knows", 417, post("Expect: the-unexpected\r\nContent-Length: 1\r\n", "a")),
  ]

  static let bodies = [
    OddRequest("a length and chunks", 400, post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
    OddRequest("chunks and a length", 400, post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
    OddRequest("two lengths", 400, post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello")),
    OddRequest("the same length twice", 400, post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")),
    OddRequest("a list of lengths", 400, post("Content-Length: 5, 5\r\n", "hello")),
    OddRequest("a length with a sign", 400, post("Content-Length: +5\r\n", "hello")),
    OddRequest("a negative length", 400, post("Content-Length: -1\r\n", "")),
    OddRequest("a length in hexadecimal", 400, post("Content-Length: 0x5\r\n", "hello")),
    OddRequest("an empty length", 400, post("Content-Length:\r\n", "")),
    OddRequest("a length that overflows", 400, post("Content-Length: 18446744073709551616\r\n", "")),
    OddRequest("a gigabyte announced", 413, post("Content-Length: 1073741824\r\n", "a")),
    OddRequest("a gigabyte announced in a chunk", 413, chunked("40000000\r\na")),
    OddRequest("another coding", 501, post("Transfer-Encoding: gzip\r\n", "")),
    OddRequest("another coding before chunks", 501, post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")),
    OddRequest("chunks twice", 501, post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")),
    OddRequest("chunks in two lines", 400, post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
    OddRequest("almost chunked", 501, post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")),
    OddRequest("chunks in HTTP/1.0", 400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    OddRequest("a chunk's size with 0x", 400, chunked("0x5\r\nhello\r\n0\r\n\r\n")),
    OddRequest("a chunk's size with a sign", 400, chunked("+5\r\nhello\r\n0\r\n\r\n")),
    OddRequest("a chunk's size with a space", 400, chunked(" 5\r\nhello\r\n0\r\n\r\n")),
    OddRequest("no chunk size", 400, chunked("\r\nhello\r\n0\r\n\r\n")),
    OddRequest("a chunk's size that overflows", 400, chunked("10000000000000005\r\nhello\r\n0\r\n\r\n")),
    OddRequest("a chunk longer than it says", 400, chunked("3\r\nhello\r\n0\r\n\r\n")),
    OddRequest("a chunk's line ended by LF", 400, chunked("5\nhello\r\n0\r\n\r\n")),
    OddRequest("a chunk ended by LF", 400, chunked("5\r\nhello\n0\r\n\r\n")),
    OddRequest("a chunk extension without end", 400, chunked("5;" + String(repeating: "a", count: 20_000))),
    OddRequest(
      "chunk extensions without end", 400,
      chunked(String(repeating: "1;a=\(String(repeating: "b", count: 100))\r\na\r\n", count: 400))),
    OddRequest("trailers without end", 400, chunked("0\r\nA: " + String(repeating: "b", count: 20_000))),
    OddRequest("a length in the trailers", 400, chunked("0\r\nContent-Length: 5\r\n\r\n")),
    OddRequest("too many trailers", 431, chunked("0\r\n" + (0..<70).map { "A\($0): b\r\n" }.joined() + "\r\n")),
  ]

  static let tolerated = [
    OddRequest("empty lines before", 200, "\r\n\r\nGET /a HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("names in any case", 200, "POST /a HTTP/1.1\r\nhOsT: x\r\ncOnTeNt-LeNgTh: 0\r\n\r\n"),
    OddRequest("an absolute target", 200, "GET http://elsewhere:80/a HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("an empty body", 200, post("Content-Length: 0\r\n", "")),
    OddRequest("an empty chunked body", 200, chunked("0\r\n\r\n")),
    OddRequest("chunk sizes with zeros and capitals", 200, chunked("00A\r\n0123456789\r\n000\r\n\r\n")),
    OddRequest("no Host in HTTP/1.0", 200, "GET / HTTP/1.0\r\n\r\n"),
    OddRequest("an unknown method", 200, "BREW /pot HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("options for the server", 200, "OPTIONS * HTTP/1.1\r\n\(host)\r\n"),
    OddRequest("sixty-four lines", 200, "GET / HTTP/1.1\r\n\(host)" + (0..<63).map { "A\($0): b\r\n" }.joined() + "\r\n"),
    OddRequest("bytes beyond ASCII in the target", 200, "GET /\u{e4} HTTP/1.1\r\n\(host)\r\n"),
  ]
}
