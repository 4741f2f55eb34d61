import Glibc

/// How a console uses its terminal.
public struct TerminalOptions: Sendable {
  /// `TERM`.
  public var type: String?
  public var color: ColorChoice
  /// `NO_COLOR`; nil where it is not set.
  public var noColor: String?
  /// Milliseconds between paints that no key asked for.
  public var paintInterval: Int64

  public init(type: String?, color: ColorChoice = .auto, noColor: String? = nil, paintInterval: Int64 = 100) {
    self.type = type
    self.color = color
    self.noColor = noColor
    self.paintInterval = paintInterval
  }

  /// As the environment says.
  public static func fromEnvironment(color: ColorChoice = .auto) -> TerminalOptions {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    return TerminalOptions(type: variable("TERM"), color: color, noColor: variable("NO_COLOR"))
  }
}

/// Runs programs on the terminal of the process, standard input and output.
public enum Terminal {
  /// Runs a program until it ends, the terminal goes away, or a signal asks for the end; then the terminal is as it was, and
  /// as well after a crash. Everything happens on a thread of its own, `perform` included, which turns effects that concern
  /// the terminal into commands and carries out the others without waiting for anything.
  ///
  /// Once a process: ncurses keeps what it knows in globals.
  ///
  /// - Throws: When there can be no console here, with the terminal untouched.
  public static func run<Program: TerminalProgram & Sendable>(
    _ program: Program, mailbox: Mailbox<Program.Message>, options: TerminalOptions = .fromEnvironment(),
    perform: @escaping @Sendable (Program.Effect) -> TerminalCommand?
  ) async throws(TerminalProblem) -> TerminalExit {
    let result = await withCheckedContinuation { continuation in
      TerminalThread.start {
        continuation.resume(returning: runHere(program, mailbox: mailbox, options: options, perform: perform))
      }
    }
    return try result.get()
  }

  private static func runHere<Program: TerminalProgram>(
    _ program: Program, mailbox: Mailbox<Program.Message>, options: TerminalOptions,
    perform: @escaping (Program.Effect) -> TerminalCommand?
  ) -> Result<TerminalExit, TerminalProblem> {
    do throws(TerminalProblem) {
      return .success(try TerminalLoop(program, mailbox: mailbox, options: options, perform: perform).run())
    } catch {
      return .failure(error)
    }
  }
}
