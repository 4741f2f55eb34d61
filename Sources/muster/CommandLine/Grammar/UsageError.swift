/// A command line that was not understood. `message` is a clause without the program's name or a full stop.
struct UsageError: Error, Hashable {
  let message: String

  init(_ message: String) { self.message = message }
}
