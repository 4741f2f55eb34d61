public import RegistryModel

/// Who subscribes to what, what each was told and what each has acknowledged: a machine by value. The clock and
/// randomness come in with every call; what is to be done comes out as actions.
///
/// A service that changes is told at once, then at most once per `PushRules.pace`, and the last change always goes out.
/// What a subscriber is sent never goes back: a datagram is made from the service as it stands, and a newer one waits
/// until an older one is acknowledged or too old to be still on its way. A datagram without an answer is repeated once.
/// Nothing here grows beyond `Limits` and `PushRules`.
public struct PushLedger: Sendable {
  struct Place: Hashable, Sendable {
    var topic: Int
    var endpoint: PushEndpoint
  }

  struct Host: Hashable, Sendable {
    var high: UInt64
    var low: UInt64
  }

  let limits: Limits
  let rules: PushRules
  /// While push is switched off nothing is sent; subscriptions are kept until they lapse.
  public var isEnabled = true

  var topics: [PushTopic] = []
  var freeTopics: [Int] = []
  var topicByKey: [ServiceKey: Int] = [:]
  var subscriptions: [PushSubscription] = []
  var freeSubscriptions: [Int32] = []
  var firstAtPlace: [Place: Int32] = [:]
  var firstAtEndpoint: [PushEndpoint: Int32] = [:]
  var subscriptionsByHost: [Host: Int] = [:]

  var nonces = PushNonces()
  var remembered: [Int64: RememberedBatch] = [:]
  var memory = Fifo<(due: Int64, nonce: Int64)>()
  var repeats = Fifo<AwaitedBatch>()
  var endings = Fifo<AwaitedBatch>()
  var wakes = WakeQueue()
  var lapses = LapseWheel()
  /// Microseconds; nothing lapses as if this much time had not been there. See `PushRules.pause`.
  var resumed: Int64 = .min / 2

  var counters = PushCounters()
  /// Subscriptions whose last finished push was given up.
  var failing: Set<Int32> = []
  /// Those of the texts that many subscribers share.
  var texts: Set<String> = []
  var roundTrips = RoundTrips()
  /// Services whose subscribers' state changed since the last report, as far as one is shown; and that there are more.
  var touched: [ServiceKey] = []
  var touchedMany = false
  var reports: UInt64 = 1

  public init(limits: Limits = Limits(), rules: PushRules = PushRules()) {
    self.limits = limits
    self.rules = rules
  }

  /// How many subscriptions there are.
  public var count: Int { subscriptions.count - freeSubscriptions.count }

  /// Every service that somebody subscribes to, in no order.
  public var services: [ServiceKey] { Array(topicByKey.keys) }
}

/// What an acknowledgement is held against.
struct RememberedBatch: Sendable {
  var topic: Int
  var generation: UInt32
  var flavour: Int
  var revision: Revision
  /// Until when, in microseconds.
  var until: Int64
}

/// Datagrams of one batch whose answers are awaited until `due`.
struct AwaitedBatch: Sendable {
  var due: Int64
  var nonce: Int64
  var subscriptions: [Int32]
}

/// Counts since the start.
public struct PushCounters: Sendable, Hashable {
  /// Datagrams first sent, and sent again.
  public var pushed: UInt64 = 0
  public var retried: UInt64 = 0
  public var acknowledged: UInt64 = 0
  public var failed: UInt64 = 0
  /// Overtaken by a newer list before there was an answer.
  public var superseded: UInt64 = 0
  /// Not sent, because the subscriber had left too many unanswered.
  public var withheld: UInt64 = 0
  /// Acknowledgements of nothing we sent, or from somebody else (reliability R24).
  public var stray: UInt64 = 0
  /// Packets that fitted no datagram, for however many subscribers (reliability R20).
  public var undeliverable: UInt64 = 0
  /// Under way now.
  public var pending = 0

  public init() {}
}
