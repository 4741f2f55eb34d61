import Glibc
import Testing

@testable import RegistryServer

@Suite struct LoggerTests {
  private func line(_ message: String, _ fields: (name: StaticString, value: String)...) -> String {
    String(decoding: LogLine(.info, message, fields).bytes, as: UTF8.self)
  }

  @Test func writesLogfmt() {
    #expect(
      line("takes requests", ("address", "127.0.0.1:80"), ("count", "3"))
        == "level=info msg=\"takes requests\" address=127.0.0.1:80 count=3\n")
    #expect(
      line("x", ("empty", ""), ("equals", "a=b"), ("quote", "a\"b\\"))
        == "level=info msg=x empty=\"\" equals=\"a=b\" quote=\"a\\\"b\\\\\"\n")
    #expect(line("运维 ✓") == "level=info msg=\"运维 ✓\"\n")
  }

  /// R63
  @Test func staysOneHarmlessLine() {
    let hostile = "a\nb\r\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}\u{7f}\u{202e}\u{0}\u{2028}\u{200d}%n${jndi:x}"
    #expect(
      line("x", ("name", hostile))
        == "level=info msg=x name=\"a\\nb\\u{d}\\u{1b}[2J\\u{1b}]0;x\\u{7}\\u{9b}\\u{7f}\\u{202e}\\u{0}\\u{2028}\\u{200d}%n${jndi:x}\"\n"
    )
  }

  /// R63
  @Test(arguments: [
    ("/v1/ns/x?accessToken=eyJ.a.b&serviceName=s", "/v1/ns/x?accessToken=***&serviceName=s"),
    ("Authorization: Bearer abc", "Authorization: Bearer ***"), ("PASSWORD=a newPassword=b", "PASSWORD=*** newPassword=***"),
    (#"{"accessToken":"abc","x":1}"#, #"{"accessToken":"***","x":1}"#), ("token=", "token="), ("nothing", "nothing"),
  ])
  func tellsNoSecrets(_ text: String, _ shown: String) {
    #expect(Redaction.redacted(text) == shown)
  }

  @Test func tellsTheJournalThePriority() {
    var status = stat()
    #expect(fstat(STDIN_FILENO, &status) == 0)
    let stream = "\(status.st_dev):\(status.st_ino)"
    #expect(Logger.leadsToJournal(STDIN_FILENO, stream: stream))
    for other in [nil, "", "1:2", stream + "0"] { #expect(!Logger.leadsToJournal(STDIN_FILENO, stream: other)) }
    let bytes = LogLine(.warning, "x", [], isForJournal: true).bytes
    #expect(String(decoding: bytes, as: UTF8.self) == "<4>level=warning msg=x\n")
  }

  @Test func boundsALine() {
    let long = LogLine(.info, String(repeating: "运", count: 10_000), []).bytes
    #expect(long.count <= LogLine.most)
    #expect(String(validating: long, as: UTF8.self)?.hasSuffix("...\n") == true)
  }

  /// R64: whoever reads the log may stop reading.
  @Test func dropsWhatNobodyTakes() {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { close(ends[0]) }
    let logger = Logger(descriptor: ends[1])
    for _ in 0..<5_000 { logger.info("nobody reads this", ("padding", String(repeating: "x", count: 100))) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    _ = read(ends[0], &bytes, bytes.count)
    logger.info("again")
    let count = read(ends[0], &bytes, bytes.count)
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    #expect(text.hasPrefix("level=info msg=again dropped="))
    logger.level = .error
    logger.warning("not written")
    logger.error("written")
    close(ends[1])
    let rest = read(ends[0], &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(0, rest)), as: UTF8.self) == "level=error msg=written\n")
  }
}
