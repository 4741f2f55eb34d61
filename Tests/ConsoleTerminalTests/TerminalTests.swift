import Foundation
import Glibc
import TestSupport
import Testing

/// The whole way, from keys to bytes, on a terminal of the kernel's.
@Suite(.serialized) struct TerminalTests {
  /// Beside the test runner, where the package manager puts it.
  static let demo = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path + "/TerminalDemo"
  static let leave = "\u{1b}[?1049l"

  func start(
    _ arguments: [String] = ["--no-clock"], term: String? = "xterm-256color", extra: [String: String] = [:], rows: Int = 30,
    columns: Int = 100
  ) throws -> PseudoTerminal {
    var environment = ["LANG": "C.UTF-8"].merging(extra) { $1 }
    environment["TERM"] = term
    return try PseudoTerminal(Self.demo, arguments, environment: environment, rows: rows, columns: columns)
  }

  /// What `stty` would call the same.
  func same(_ one: termios, _ other: termios) -> Bool {
    one.c_iflag == other.c_iflag && one.c_oflag == other.c_oflag && one.c_lflag == other.c_lflag && one.c_cflag == other.c_cflag
  }

  @Test func drawsAndGivesTheTerminalBack() async throws {
    let terminal = try start()
    let before = terminal.modes
    try await terminal.wait(for: "1 of 1000")
    #expect(terminal.text.contains("支付网关"))
    #expect(!same(terminal.modes, before))
    terminal.type("q")
    #expect(try await terminal.waitForEnd() == 0)
    #expect(terminal.text.hasSuffix("ended: quit\r\n"))
    #expect(terminal.text.contains("\u{1b}[?2004l"))
    #expect(same(terminal.modes, before))
  }

  @Test func aStepOfTheCursorIsCheap() async throws {
    let terminal = try start()
    // The answer to a key follows the last byte of the first frame, which must not be counted with it.
    terminal.type("\u{1b}OB")
    try await TestSupport.wait(for: "the first step") { terminal.text.split(separator: "▸").count == 3 }
    for _ in 3...12 {
      terminal.forget()
      terminal.type("\u{1b}OB")
      try await terminal.wait(for: "▸")
      #expect(terminal.received.count <= 250)
    }
    terminal.type("q")
    try await terminal.waitForEnd()
  }

  @Test func whatIsPastedFiresNothing() async throws {
    let terminal = try start()
    try await terminal.wait(for: "1 of 1000")
    terminal.type("\u{1b}[24;80R\u{1b}]11;rgb:0000/0000/0000\u{7}\u{1b}[<0;10;20Mq".dropLast().description)
    terminal.type("\u{1b}[200~q\rq\u{1b}[201~")
    try await terminal.wait(for: "paste of 3: q")
    terminal.type("\u{1b}[200~" + String(repeating: "q", count: 1 << 20) + "\u{1b}[201~")
    try await terminal.wait(for: "65536")
    terminal.type("q")
    #expect(try await terminal.waitForEnd() == 0)
  }

  @Test func aBurstWithoutBracketsFiresNothing() async throws {
    let terminal = try start(term: "vt100")
    try await terminal.wait(for: "1 of 1000")
    terminal.type(String(repeating: "quit now\n", count: 20))
    try await terminal.wait(for: "paste of")
    terminal.type("\u{1b}OB")
    try await terminal.wait(for: "\u{1b}[3;")
    #expect(kill(terminal.process, 0) == 0)
    terminal.send(SIGTERM)
    try await terminal.waitForEnd()
  }

  @Test func followsItsSize() async throws {
    let terminal = try start()
    try await terminal.wait(for: "100x30")
    for (rows, columns) in [(10, 40), (1, 1), (2, 2), (200, 500), (5, 20)] {
      terminal.resize(rows: rows, columns: columns)
    }
    terminal.resize(rows: 24, columns: 80)
    try await terminal.wait(for: "80x24")
    for number in 0..<1_000 { terminal.resize(rows: 1 + number % 60, columns: 1 + number % 200) }
    terminal.resize(rows: 31, columns: 101)
    try await terminal.wait(for: "101x31")
    terminal.type("q")
    #expect(try await terminal.waitForEnd() == 0)
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func signalsEndIt(signal: Int32) async throws {
    let terminal = try start()
    let before = terminal.modes
    try await terminal.wait(for: "1 of 1000")
    terminal.send(signal)
    #expect(try await terminal.waitForEnd() == 0)
    #expect(terminal.text.contains(Self.leave))
    #expect(same(terminal.modes, before))
  }

  @Test func theLossOfTheTerminalEndsIt() async throws {
    let terminal = try start(["--storm"])
    try await terminal.wait(for: "1 of 1000")
    terminal.hangUp()
    #expect(try await terminal.waitForEnd() == 0)
  }

  @Test(arguments: [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP])
  func crashesGiveTheTerminalBack(signal: Int32) async throws {
    let terminal = try start(extra: ["SWIFT_BACKTRACE": "enable=no"])
    let before = terminal.modes
    try await terminal.wait(for: "1 of 1000")
    terminal.send(signal)
    #expect(try await terminal.waitForEnd() & 0x7f == signal)
    #expect(terminal.text.contains("\u{1b}[?25h") && terminal.text.contains(Self.leave))
    #expect(same(terminal.modes, before))
  }

  /// Ctrl-E traps, Ctrl-G aborts, Ctrl-X calls exit.
  @Test(arguments: ["\u{5}", "\u{7}", "\u{18}"])
  func failuresFromWithinGiveTheTerminalBack(key: String) async throws {
    let terminal = try start(extra: ["SWIFT_BACKTRACE": "enable=no"])
    let before = terminal.modes
    try await terminal.wait(for: "1 of 1000")
    terminal.type(key)
    #expect(try await terminal.waitForEnd() != 0)
    #expect(terminal.text.contains(Self.leave))
    #expect(same(terminal.modes, before))
  }

  @Test func lastWordsOutliveTheScreen() async throws {
    let terminal = try start(extra: ["SWIFT_BACKTRACE": "enable=no"])
    try await terminal.wait(for: "1 of 1000")
    terminal.type("\u{f}\u{5}")
    try await terminal.waitForEnd()
    let ending = terminal.text.components(separatedBy: Self.leave).last ?? ""
    #expect(ending.contains("a complaint\r\n") && ending.contains("Index out of range"))
    #expect(!terminal.text.components(separatedBy: Self.leave)[0].contains("complaint"))
  }

  @Test func complaintsAppearAtTheEnd() async throws {
    let terminal = try start()
    try await terminal.wait(for: "1 of 1000")
    for _ in 0..<3 { terminal.type("\u{f}") }
    terminal.type("q")
    #expect(try await terminal.waitForEnd() == 0)
    let ending = terminal.text.components(separatedBy: Self.leave).last ?? ""
    #expect(ending.components(separatedBy: "a complaint").count == 4)
  }

  @Test func stopsAndGoesOn() async throws {
    let script = "\(Self.demo) --no-clock; echo STOPPED; fg; echo DONE"
    let terminal = try PseudoTerminal("/bin/sh", ["-m", "-c", script])
    try await terminal.wait(for: "1 of 1000")
    terminal.forget()
    terminal.type("\u{1a}")
    try await terminal.wait(for: "STOPPED")
    #expect(terminal.text.contains(Self.leave))
    try await terminal.wait(for: "\u{1b}[?1049h")
    try await terminal.wait(for: "1 of 1000")
    terminal.forget()
    terminal.type("j")
    try await terminal.wait(for: "▸")
    terminal.type("q")
    try await terminal.wait(for: "DONE")
    try await terminal.waitForEnd()
  }

  /// The signal of the new size is still to be taken when the key comes.
  @Test func stopsRightAfterAChangeOfSize() async throws {
    let rounds = 12
    let script = "\(Self.demo) --no-clock; for i in \(String(repeating: "1 ", count: rounds)); do echo STOPPED; fg; done"
    let terminal = try PseudoTerminal("/bin/sh", ["-m", "-c", script])
    try await terminal.wait(for: "1 of 1000")
    for round in 0..<rounds {
      terminal.forget()
      terminal.resize(rows: 20 + round, columns: 90)
      terminal.type("\u{1a}")
      try await terminal.wait(for: "STOPPED")
      try await terminal.wait(for: "\u{1b}[?1049h")
      try await terminal.wait(for: "1 of 1000")
    }
    terminal.type("q")
    try await terminal.waitForEnd()
  }

  @Test func aTerminalThatTakesNothingHoldsNothingUp() async throws {
    let terminal = try start(["--storm"])
    try await terminal.wait(for: "1 of 1000")
    terminal.setReading(false)
    // Every redraw is five kilobytes; the terminal's own buffer is soon full.
    for _ in 0..<200 { terminal.type("\u{c}") }
    terminal.send(SIGTERM)
    try await TestSupport.wait(for: "the end of a blocked console") {
      kill(terminal.process, 0) != 0 || isZombie(terminal.process)
    }
    terminal.setReading(true)
    #expect(try await terminal.waitForEnd() == 0)
  }

  func isZombie(_ process: pid_t) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    return status.split(separator: ")").last?.hasPrefix(" Z") ?? true
  }

  @Test(arguments: [
    (nil as String?, "TERM is not set"), ("", "TERM is not set"), ("dumb", "cannot place text"),
    ("no-such-terminal", "is not described on this machine"),
  ])
  func refusesWhereItCannotDraw(term: String?, reason: String) async throws {
    let terminal = try start(term: term)
    let before = terminal.modes
    try await terminal.waitForEnd()
    #expect(terminal.text.contains("refused: ") && terminal.text.contains(reason))
    #expect(!terminal.text.contains("\u{1b}"))
    #expect(same(terminal.modes, before))
  }

  @Test func keepsToASCIIWithoutALocale() async throws {
    let terminal = try start(extra: ["LANG": "C"])
    try await terminal.wait(for: "1 of 1000")
    #expect(terminal.text.contains("+- ") && !terminal.text.contains("─"))
    #expect(terminal.text.contains("支付网关"))
    terminal.type("q")
    try await terminal.waitForEnd()
  }

  @Test func leavesOutColours() async throws {
    let terminal = try start(extra: ["NO_COLOR": "1"])
    try await terminal.wait(for: "1 of 1000")
    #expect(!terminal.text.contains("\u{1b}[38;") && !terminal.text.contains("\u{1b}[48;"))
    terminal.type("q")
    try await terminal.waitForEnd()
  }

  @Test(arguments: ["xterm", "screen-256color", "tmux-256color", "linux", "vt100", "vt220", "xterm-mono", "rxvt", "ansi"])
  func drawsOnEveryKindOfTerminal(term: String) async throws {
    let terminal = try start(term: term)
    try await terminal.wait(for: "1 of 1000")
    terminal.type("q")
    #expect(try await terminal.waitForEnd() == 0)
  }
}
