import RegistryEngine
import RegistryModel

/// A client that subscribes to a service: polls its list, takes what it is pushed, and acknowledges
/// (naming-client-v1 1.4, 1.5). Times are microseconds.
struct Watcher {
  let subscriber: Subscriber
  let endpoint: PushEndpoint
  /// What it holds; nil before the first list.
  var view: View?
  var failures = 0
  var turn = 0
  var isAway = false
  var stoppedUntil: Int64 = 0
  var heldReplies: [(Request, Reply)] = []
  var heldDatagrams: [Datagram] = []
  /// Numbers of the datagrams that it has seen of one life of the server, and the newest list among them.
  var life = 0
  var seen: Set<Int64> = []
  var newest: Revision = 0

  /// Until the next poll: ten seconds, or longer and longer while there is nothing to be had.
  mutating func nextPoll(after reply: Reply) -> Int64 {
    if case .list(let view) = reply, view.hosts > 0 {
      failures = 0
      return 10_000_000
    }
    failures = min(failures + 1, 6)
    return min(1_000_000 << Int64(failures), 60_000_000)
  }
}
