import Console
import ConsoleTerminal
import Glibc
import RegistryModel

/// A small program on a terminal, for tests that need a real one: a list with a cursor, a clock, a field for pastes.
///
///     TerminalDemo [--rows N] [--no-clock] [--storm] [--color WHEN] [--theme NAME]
///
/// Keys: arrows, j, k, PgUp, PgDn move; q quits; Ctrl-Z suspends; Ctrl-L redraws; F2 changes the theme; Ctrl-E traps;
/// Ctrl-G aborts; Ctrl-X calls exit; Ctrl-O writes to standard error. Line 2 shows the last input.
@main
struct TerminalDemo {
  static func main() async {
    let arguments = CommandLine.arguments
    func value(_ name: String) -> String? {
      arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
    }
    let list = DemoList(
      rows: value("--rows").flatMap(Int.init) ?? 1_000, hasClock: !arguments.contains("--no-clock"),
      isStormy: arguments.contains("--storm"))
    let mailbox = Mailbox<Int>()
    if arguments.contains("--storm") { startStorm(mailbox) }
    let options = TerminalOptions.fromEnvironment(color: value("--color").flatMap(ColorChoice.init) ?? .auto)
    do {
      let exit = try await Terminal.run(list, mailbox: mailbox, options: options) { $0 }
      print("ended: \(exit)")
    } catch {
      print("refused: \(error)")
      exit(1)
    }
  }

  /// Ten thousand changes a second.
  private static func startStorm(_ mailbox: Mailbox<Int>) {
    Task.detached {
      var count = 0
      while true {
        for _ in 0..<100 {
          count += 1
          await mailbox.send(count)
        }
        try? await Task.sleep(for: .milliseconds(10))
      }
    }
  }
}
