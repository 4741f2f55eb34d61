import Glibc

@main
struct Muster {
  static func main() async {
    let invocation: Invocation
    do throws(UsageError) {
      invocation = try Invocation(arguments: CommandLine.arguments.dropFirst(), environment: environment)
    } catch {
      complain("\(error.message)\nTry '\(Grammar.muster.program) --help'.")
      exit(ExitCode.usage.rawValue)
    }
    exit(await run(invocation).rawValue)
  }

  private static func run(_ invocation: Invocation) async -> ExitCode {
    switch invocation {
    case .print(let text):
      return write(text + "\n", to: STDOUT_FILENO) ? .success : .failure
    case .serve(let options): return Serve(options).run()
    case .console(let options): return await ConsoleCommand(options: options).run()
    }
  }

  /// Says on standard error what is wrong.
  static func complain(_ text: String) { write("\(Grammar.muster.program): \(text)\n", to: STDERR_FILENO) }

  /// Whether all of it was written.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
