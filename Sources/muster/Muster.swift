import Dispatch
import Glibc

@main
struct Muster {
  static func main() {
    Heap.share()
    // Without them a registry would be opened that nobody asked for.
    guard let arguments = ProcessArguments.all else {
      complain("the arguments cannot be found: /proc/self/cmdline cannot be read")
      exit(ExitCode.failure.rawValue)
    }
    do throws(UsageError) {
      run(try Invocation(arguments: arguments, environment: environment))
    } catch {
      complain("\(error.message)\nTry '\(Grammar.muster.program) --help'.")
      exit(ExitCode.usage.rawValue)
    }
  }

  /// Not `async` as a whole: `serve` has to keep signals from every thread there will be, so none may be there before.
  private static func run(_ invocation: Invocation) -> Never {
    switch invocation {
    case .print(let text): exit((write(text + "\n", to: STDOUT_FILENO) ? ExitCode.success : .failure).rawValue)
    case .serve(let options): exit(Serve(options).run().rawValue)
    case .console(let options):
      Task { exit(await ConsoleCommand(options: options).run().rawValue) }
      dispatchMain()
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
