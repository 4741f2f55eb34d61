import EventLoop
import NacosWire
import RegistryEngine
public import RegistryModel
import RegistryStore

/// Where configurations are kept.
public struct ConfigurationOptions: Sendable {
  public var store: any RecordStore
  /// What the store kept.
  public var records: [Record]
  public var limits: Limits

  public init(store: any RecordStore, records: [Record], limits: Limits = Limits()) {
    self.store = store
    self.records = records
    self.limits = limits
  }

  /// Kept until the process ends; what was done to them only as far as there is room for it.
  public static var inMemory: ConfigurationOptions {
    var limits = Limits()
    limits.configurationEventBytes = 64 << 20
    return ConfigurationOptions(store: MemoryRecords(), records: [], limits: limits)
  }
}

/// `/v1/cs` (naming-client-v1 3): publishes, reads and finds configurations, and tells those who wait of changes. It belongs
/// to the loop's thread.
final class ConfigurationService {
  typealias Done = (RegistryError?) -> Void

  private struct Waiting {
    var wish: ConfigurationWish
    var whenPlanned: ((ConfigurationBook) -> Void)?
    var done: Done
  }

  /// What is being stored.
  private struct Round {
    var changes: [ConfigurationChange] = []
    var done: [Done] = []
  }

  struct Poll {
    var answer: HeldAnswer
    var timer: EventLoop.Timer
  }

  unowned let loop: Loop
  let limits: Limits
  let store: any RecordStore
  /// How many records could not be read at the start.
  let unreadable: Int
  var book: ConfigurationBook
  /// Whether somebody made a namespace.
  var hasNamespace: (String) -> Bool = { _ in false }
  var polls: [UInt64: Poll] = [:]
  private var waiting: [Waiting] = []
  private var round: Round?
  /// Wishes that one round takes.
  private static let mostInRound = 256

  init(_ loop: Loop, _ options: ConfigurationOptions) {
    self.loop = loop
    limits = options.limits
    store = options.store
    (book, unreadable) = ConfigurationRecords.book(options.records, limits: options.limits)
  }

  func now() -> WallTime { SystemClock.wallTime() }

  /// Has a wish stored and then carried out; `done` gets nil then, or the reason why not. `whenPlanned` is called before
  /// with the book that the wish is carried out on.
  func submit(
    _ wish: ConfigurationWish, whenPlanned: ((ConfigurationBook) -> Void)? = nil, _ done: @escaping Done
  ) {
    guard waiting.count < limits.configurationWishes else {
      return done(.unavailable("too many configurations wait to be stored"))
    }
    waiting.append(Waiting(wish: wish, whenPlanned: whenPlanned, done: done))
    beginRound()
  }

  /// Stores what waits, except what is about a place that another wish before it is about: that one is planned when the
  /// other has been carried out.
  private func beginRound() {
    while round == nil, !waiting.isEmpty {
      let (round, records) = plan()
      self.round = round
      if records.isEmpty {
        end(nil)
        continue
      }
      let service = LoopBound(self, on: loop)
      store.write(records) { error in
        service.post { service in
          service.end(error)
          service.beginRound()
        }
      }
    }
  }

  private func plan() -> (Round, [RecordChange]) {
    var round = Round()
    var records: [RecordChange] = []
    var rest: [Waiting] = []
    var busy: Set<ConfigurationPlace> = []
    for entry in waiting {
      let isLater = round.done.count >= Self.mostInRound || entry.wish.places.contains(where: busy.contains)
      busy.formUnion(entry.wish.places)
      if isLater {
        rest.append(entry)
        continue
      }
      do throws(RegistryError) {
        entry.whenPlanned?(book)
        let changes = try book.plan(entry.wish, at: now())
        for change in changes { records += try ConfigurationRecords.changes(change) }
        round.changes += changes
        round.done.append(entry.done)
      } catch {
        entry.done(error)
      }
    }
    waiting = rest
    return (round, records)
  }

  private func end(_ error: RegistryError?) {
    guard let ended = round else { return }
    round = nil
    if error == nil { tell(book.apply(ended.changes)) }
    for done in ended.done { done(error) }
  }
}
