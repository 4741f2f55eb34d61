import RegistryModel

/// One subscription's place in the ledger. Places are reused; `generation` is odd while one is taken.
struct PushSubscription: Sendable {
  var generation: UInt32 = 0

  var topic = 0
  /// Where it stands among its topic's members and flavours.
  var member = 0
  var flavour = 0
  var endpoint = PushEndpoint(ipv4: 0, port: 0)
  /// Others with the same topic and endpoint (other clusters or agents), and others with the same endpoint.
  var nextAtPlace: Int32 = -1
  var nextAtEndpoint: Int32 = -1
  var previousAtEndpoint: Int32 = -1
  var ip = ""
  var agent = ""
  var app = ""

  var subscribedAt = WallTime(milliseconds: 0)
  var polledAt = WallTime(milliseconds: 0)
  /// Microseconds.
  var polled: Int64 = 0
  var isBackedOff = false
  /// Microseconds; of the last acknowledgement.
  var heard: Int64 = .min / 2

  /// The last datagram sent to it: 0 before the first.
  var nonce: Int64 = 0
  /// Microseconds; of the repeat, once that went out.
  var sent: Int64 = 0
  var sentAt: WallTime?
  /// Sent, and neither acknowledged nor given up.
  var isUnderWay = false
  var outcome = SubscriberState.Outcome.idle
  var pushedRevision: Revision = 0
  var acknowledgedRevision: Revision = 0
  var acknowledgedAt: WallTime?
  var roundTrip: Int64?
  var failures = 0
  var failuresInARow = 0
  /// Datagrams since the last acknowledgement, less what polls have bought.
  var unanswered = 0

  var isLive: Bool { generation & 1 == 1 }

  /// Free for another owner, who is told apart from this one by the generation.
  mutating func vacate() {
    let next = generation &+ 1
    self = PushSubscription()
    generation = next
  }
}

/// One service that somebody subscribes to. Places are reused as those of subscriptions are.
struct PushTopic: Sendable {
  struct Flavour: Sendable {
    var flavour: PushFlavour
    var subscriptions = 0
    /// Hosts in the last datagram made of it.
    var hosts = 0
  }

  var generation: UInt32 = 0
  var key = ServiceKey(grouped: "")
  var members: [Int32] = []
  var flavours: [Flavour] = []

  /// The newest list there is to tell, and whether a round has begun to tell it.
  var revision: Revision = 0
  var hasNews = false
  /// Members that a round passed over because their last datagram may still be under way.
  var stragglers: [Int32] = []
  /// Microseconds: the last round, and the next look at it if one is due.
  var round: Int64 = .min / 2
  var wake: Int64?
  /// The number of the report that will tell of the last change of a member's state.
  var touched: UInt64 = 0

  mutating func vacate() {
    let next = generation &+ 1
    self = PushTopic()
    generation = next
  }
}
