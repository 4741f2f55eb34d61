import RegistryModel

/// One thing an operator did, to one or many objects.
struct Operation: Sendable {
  var id: UInt64
  /// What was done in a few words, such as `take out`.
  var title: String
  var total: Int
  var done = 0
  /// What the registry refused, and why.
  var failures: [(target: RowKey, error: RegistryError)] = []
  /// Commands that would undo what succeeded.
  var inverses: [(target: RowKey, action: Action)] = []

  var isFinished: Bool { done + failures.count == total }
}

/// Commands on their way: waiting for their turn, for a receipt, and for the commit that the receipt names. A row stays
/// pending through all three; the console shows nothing as done that the registry has not said.
struct Outbox: Sendable {
  /// How many commands the session has at once; a selection of thousands goes out in order behind them.
  static let width = 64

  private struct Waiting: Sendable {
    var id: CommandID
    var operation: UInt64
    var target: RowKey
    var command: Command
    var inverse: [Action]
  }

  /// A command for one target, and what would undo it, in order.
  struct Request: Sendable {
    var target: RowKey
    var command: Command
    var inverse: [Action] = []
  }

  private(set) var operations: [UInt64: Operation] = [:]
  private var queue: [Waiting] = []
  private var queueStart = 0
  private var sent: [CommandID: Waiting] = [:]
  /// Receipts whose commit has not been seen yet.
  private var received: [CommandID: (waiting: Waiting, revision: Revision)] = [:]
  private var pending: [RowKey: Int] = [:]
  private var nextID: UInt64 = 1

  init() {}

  var isEmpty: Bool { pending.isEmpty }
  func isPending(_ key: RowKey) -> Bool { pending[key] != nil }

  /// Takes one command for each target. Returns those that go out at once.
  mutating func submit(title: String, _ requests: [Request]) -> [ConsoleEffect] {
    guard !requests.isEmpty else { return [] }
    let operation = nextID
    nextID += 1
    operations[operation] = Operation(id: operation, title: title, total: requests.count)
    for item in requests {
      queue.append(
        Waiting(id: nextID, operation: operation, target: item.target, command: item.command, inverse: item.inverse))
      nextID += 1
      pending[item.target, default: 0] += 1
    }
    return send()
  }

  private mutating func send() -> [ConsoleEffect] {
    var effects: [ConsoleEffect] = []
    while sent.count < Self.width, queueStart < queue.count {
      let waiting = queue[queueStart]
      queueStart += 1
      sent[waiting.id] = waiting
      effects.append(.submit(waiting.id, waiting.command))
    }
    if queueStart == queue.count {
      queue = []
      queueStart = 0
    }
    return effects
  }

  /// Takes a receipt. Returns what goes out next, and the operation if it has come to its end.
  mutating func receive(
    _ id: CommandID, _ result: Result<Receipt, RegistryError>, seen: Revision
  ) -> (effects: [ConsoleEffect], finished: [Operation]) {
    guard let waiting = sent.removeValue(forKey: id) else { return ([], []) }
    var finished: [Operation] = []
    switch result {
    case .failure(let error):
      operations[waiting.operation]?.failures.append((waiting.target, error))
      finished = settle(waiting)
    case .success(let receipt):
      received[id] = (waiting, receipt.revision)
      finished = see(seen)
    }
    return (send(), finished)
  }

  /// The catalogue has come to `revision`. Returns the operations that came to their end with it.
  mutating func see(_ revision: Revision) -> [Operation] {
    guard !received.isEmpty else { return [] }
    var finished: [Operation] = []
    for (id, item) in received.sorted(by: { $0.key < $1.key }) where item.revision <= revision {
      received[id] = nil
      operations[item.waiting.operation]?.done += 1
      let inverse = item.waiting.inverse.map { (target: item.waiting.target, action: $0) }
      operations[item.waiting.operation]?.inverses += inverse
      finished += settle(item.waiting)
    }
    return finished
  }

  private mutating func settle(_ waiting: Waiting) -> [Operation] {
    if let count = pending[waiting.target] { pending[waiting.target] = count > 1 ? count - 1 : nil }
    guard let operation = operations[waiting.operation], operation.isFinished else { return [] }
    operations[waiting.operation] = nil
    return [operation]
  }

  /// A snapshot came at `revision`: revisions of before may mean nothing any more (the registry may have started anew), so
  /// what has its receipt counts as seen.
  mutating func restart(at revision: Revision) -> [Operation] {
    received = received.mapValues { ($0.waiting, min($0.revision, revision)) }
    return see(revision)
  }
}
