import NacosWire
import RegistryModel

/// What a handler makes of a request.
enum Outcome {
  case reply(Reply)
  /// The registry is to carry this out; the answer comes when it has, for durable commands when they are on disk.
  case submit(Submission)
  /// The request is put off; what is called answers it, at once or later, on the loop's thread.
  case later((HeldAnswer) -> Void)
}

/// A command on its way, and how its fate is answered.
struct Submission: Sendable {
  var command: Command
  /// The answer of success; `ok` unless said otherwise.
  var answer: @Sendable (Receipt) -> Reply = { _ in .ok }
  /// The answer of a refusal that is not in the usual words; nil leaves it to those.
  var refused: @Sendable (RegistryError) -> Reply? = { _ in nil }

  func reply(to result: Result<Receipt, RegistryError>) -> Reply {
    switch result {
    case .success(let receipt): answer(receipt)
    case .failure(let error): refused(error) ?? Reply(Refusal(error, of: command.action))
    }
  }
}
