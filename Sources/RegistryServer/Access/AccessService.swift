import EventLoop
import NacosWire
import RegistryModel

/// Who may do what: logins, tokens, and the users, roles and permissions themselves. It belongs to the loop's thread.
final class AccessService {
  /// Stores changes, all or none, and calls back on whatever thread once they are on the disk or cannot be.
  typealias Keep = @Sendable ([AccessChange], @escaping @Sendable (RegistryError?) -> Void) -> Void

  enum PasswordResult: Sendable {
    case matched(Bool)
    case hashed(String?)
  }

  private struct PendingChange {
    var asker: AccessAsker
    var make: (AccessBook) throws(Refusal) -> [AccessChange]
    var done: (Refusal?) -> Void
  }

  /// Changes that wait for the disk.
  private static let mostChanges = 256

  unowned let loop: Loop
  private(set) var book: AccessBook
  let key: TokenKey
  let tokenLifetime: Int64
  let now: () -> Moment
  /// Called after who may do what has changed.
  var onChange: () -> Void = {}
  /// Called with what is for the journal, and who caused it.
  var onEvents: ([AccessEvent], Origin) -> Void = { _, _ in }
  var lockOuts = LockOutAllowance()
  var throttle = LoginThrottle()
  var proofs = ProofCache()
  var tokens = TokenCache()

  private let keep: Keep?
  private let desk: PasswordDesk
  private var lastTicket: UInt64 = 0
  private var atDesk: [UInt64: (PasswordResult) -> Void] = [:]
  private var changes: [PendingChange] = []
  /// What is being stored.
  private var current: PendingChange?

  init(_ loop: Loop, _ options: AccessOptions, now: @escaping () -> Moment) throws {
    self.loop = loop
    book = options.book
    key = options.key
    keep = options.keep
    tokenLifetime = options.tokenLifetime
    self.now = now
    desk = try PasswordDesk()
  }

  // MARK: Passwords

  /// Calls `done` with whether it is the password of that hash. False when the desk is full: then it is not called.
  func match(_ phrase: String, _ hash: String, _ done: @escaping (PasswordResult) -> Void) -> Bool {
    work(done) { desk, answer in desk.match(phrase, hash) { answer(.matched($0)) } }
  }

  /// Calls `done` with the hash. False when the desk is full.
  func hash(_ phrase: String, _ done: @escaping (PasswordResult) -> Void) -> Bool {
    work(done) { desk, answer in desk.hash(phrase) { answer(.hashed($0)) } }
  }

  private func work(
    _ done: @escaping (PasswordResult) -> Void, _ body: (PasswordDesk, @escaping @Sendable (PasswordResult) -> Void) -> Bool
  ) -> Bool {
    lastTicket += 1
    let ticket = lastTicket
    let service = LoopBound(self, on: loop)
    atDesk[ticket] = done
    let isTaken = body(desk) { result in service.post { $0.atDesk.removeValue(forKey: ticket)?(result) } }
    if !isTaken { atDesk[ticket] = nil }
    return isTaken
  }

  // MARK: Changes

  /// Has a change stored and then takes it over; `done` gets nil once it has, or the reason why not. One after another:
  /// each is judged by what the one before it left.
  func change(
    by asker: AccessAsker, _ make: @escaping (AccessBook) throws(Refusal) -> [AccessChange],
    _ done: @escaping (Refusal?) -> Void
  ) {
    guard changes.count < Self.mostChanges else {
      return done(Refusal(status: 503, causes: ["too many changes wait for the disk"]))
    }
    changes.append(PendingChange(asker: asker, make: make, done: done))
    storeNext()
  }

  private func storeNext() {
    while current == nil, !changes.isEmpty {
      let change = changes.removeFirst()
      let steps: [AccessChange]
      do throws(Refusal) {
        steps = try change.make(book)
      } catch {
        change.done(error)
        continue
      }
      current = change
      guard let keep, !steps.isEmpty else {
        stored(steps, nil)
        continue
      }
      let service = LoopBound(self, on: loop)
      keep(steps) { error in
        service.post { service in
          service.stored(steps, error)
          service.storeNext()
        }
      }
    }
  }

  private func stored(_ steps: [AccessChange], _ error: RegistryError?) {
    let change = current
    current = nil
    if error == nil, !steps.isEmpty, let change {
      let events = AccessEvents.events(of: steps, before: book, from: change.asker.address)
      for step in steps { book.apply(step) }
      onEvents(events, .operator(name: change.asker.user))
      onChange()
    }
    change?.done(error.map { Refusal($0) })
  }
}
