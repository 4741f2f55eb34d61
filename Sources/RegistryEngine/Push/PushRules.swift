/// The times and bounds of push. Times are in microseconds.
///
/// Where they depart from Nacos 1.4.8 (naming-server-v1 4): it waits a second before it pushes and loses changes that
/// come while it sends; it repeats after 10 s; it forgets a subscriber 10 s after its poll, while clients poll every
/// 10 s, and every 60 s once they have been told of no hosts (reliability E20).
public struct PushRules: Sendable, Hashable {
  /// Between two rounds of one service; the first change of a quiet one goes out at once.
  public var pace: Int64 = 50_000
  /// While a subscriber's last datagram is younger than this and not acknowledged, a newer list waits: the network may
  /// still swap the two, and clients take whatever comes last (naming-client-v1 1.5).
  public var orderingWindow: Int64 = 250_000
  /// From a datagram to its only repeat, and from that to giving up.
  public var acknowledgementWait: Int64 = 1_500_000
  /// How long an acknowledgement is still recognised.
  public var memory: Int64 = 12_000_000

  /// A subscriber is pushed to for so long after its last sign of life, a poll or an acknowledgement: the client's poll
  /// interval and a second for its latency. After that its next poll is due and brings it every change anyhow, or it has
  /// ceased to poll, which is how clients unsubscribe (naming-server-v1 4.1, reliability C102). Acknowledgements count
  /// because the Go client polls only when it has not been pushed to for an interval.
  public var attention: Int64 = 11_000_000
  /// The same, and the subscription's life too, after a poll that named no hosts: such a client backs off to one poll a
  /// minute, and the first instance of its service must reach it all the same (reliability R21).
  public var attentionWhileBackedOff: Int64 = 70_000_000
  /// A subscription ends so long after its last poll: three intervals, so that a client that polls late does not leave
  /// and join again and again.
  public var lifetime: Int64 = 30_000_000
  /// A timer this late means that the whole process stood still; subscriptions get their time anew (reliability R12).
  public var pause: Int64 = 2_000_000

  /// Datagrams that a subscriber may leave unanswered: a push and its repeat, after which Nacos keeps its peace too. Then
  /// each poll buys one more, so what an unwilling address receives stays in proportion to what is asked in its name
  /// (reliability T1).
  public var unanswered = 2
  public var flavoursPerService = 256
  public var subscriptionsPerHost = 100_000
  public var roundsRemembered = 65_536
  /// One subscriber's list of clusters.
  public var clustersBytes = 1_024
  /// Agents, apps and addresses of which one copy is kept for all.
  public var textsShared = 4_096

  public init() {}
}
