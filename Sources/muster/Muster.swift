import Glibc

@main
struct Muster {
  static func main() {
    do throws(UsageError) {
      let invocation = try Invocation(arguments: CommandLine.arguments.dropFirst()) { name in
        getenv(name).map { String(cString: $0) }
      }
      exit(run(invocation).rawValue)
    } catch {
      let program = Grammar.muster.program
      write("\(program): \(error.message)\nTry '\(program) --help'.\n", to: STDERR_FILENO)
      exit(ExitCode.usage.rawValue)
    }
  }

  private static func run(_ invocation: Invocation) -> ExitCode {
    switch invocation {
    case .print(let text):
      return write(text + "\n", to: STDOUT_FILENO) ? .success : .failure
    case .serve(let options): return Serve(options).run()
    case .console:
      write("\(Grammar.muster.program): this build has no console yet: 'muster serve' runs the registry\n", to: STDERR_FILENO)
      return .failure
    }
  }

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
