import RegistryEngine
import RegistryModel

/// Judges what subscribers are sent, and what they are not, by what they did themselves (G4). Times are microseconds.
struct PushJudge {
  private struct Place: Hashable {
    var service: ServiceKey
    var endpoint: PushEndpoint
  }

  private struct Subscription {
    var polled: Int64
    var sent: Int64 = .min / 2
    var nonce: Int64 = 0
    var revision: Revision = 0
    var isUnderWay = false
    var isRepeated = false
    /// Datagrams without an answer, less what polls have bought; never less than the ledger counts.
    var unanswered = 0
    /// Changes that it must be told of, and by when.
    var wanted: [(revision: Revision, by: Int64)] = []
  }

  private let rules = PushRules()
  /// Reading the log, the pace of rounds, an older datagram that is waited for, and the timer.
  private static let patience: Int64 = 450_000
  private static let slack: Int64 = 100_000

  private var subscriptions: [Place: Subscription] = [:]
  private(set) var datagrams = 0
  private(set) var faults: [String] = []

  mutating func forgetAll() {
    subscriptions = [:]
    faults = []
  }

  mutating func takeFaults() -> [String] {
    if faults.isEmpty { return [] }
    defer { faults = [] }
    return faults
  }

  mutating func polled(_ service: ServiceKey, _ endpoint: PushEndpoint, at now: Int64) {
    let place = Place(service: service, endpoint: endpoint)
    var subscription = subscriptions[place] ?? Subscription(polled: now)
    subscription.polled = now
    subscription.unanswered = min(subscription.unanswered, rules.unanswered - 1)
    subscriptions[place] = subscription
  }

  mutating func acknowledged(_ source: PushEndpoint, _ nonce: Int64, at now: Int64) {
    for (place, subscription) in subscriptions where place.endpoint == source && subscription.nonce == nonce {
      // An answer that comes very late is nobody's.
      if now - subscription.sent >= rules.memory { continue }
      subscriptions[place]?.isUnderWay = false
      subscriptions[place]?.unanswered = 0
    }
  }

  /// A list changed: whoever listens must be told.
  mutating func changed(_ service: ServiceKey, _ revision: Revision, at now: Int64) {
    for (place, subscription) in subscriptions where place.service == service {
      // Who has left so much unanswered is let be, with what was under way to it.
      if subscription.unanswered >= rules.unanswered { subscriptions[place]?.isRepeated = true }
      guard now - subscription.polled < 10_000_000, subscription.unanswered < rules.unanswered else { continue }
      subscriptions[place]?.wanted.append((revision, now + Self.patience))
    }
  }

  mutating func sent(_ datagram: Datagram, isRepeat: Bool, at now: Int64) {
    datagrams += 1
    let place = Place(service: datagram.service, endpoint: datagram.target)
    guard var subscription = subscriptions[place] else {
      faults.append("\(datagram.target) is told of \(datagram.service.grouped) and never asked")
      return
    }
    let who = "\(datagram.target) of \(datagram.service.grouped)"
    if datagram.view.revision < subscription.revision { faults.append("\(who) is sent an older list after a newer one") }
    if isRepeat {
      if datagram.nonce != subscription.nonce { faults.append("\(who) is sent a list again that another has followed") }
    } else {
      if datagram.nonce <= subscription.nonce { faults.append("\(who) is sent a number that is not new") }
      if subscription.isUnderWay, now - subscription.sent < rules.orderingWindow {
        faults.append("\(who) is sent a newer list while the one before may still be under way")
      }
    }
    subscription.nonce = datagram.nonce
    subscription.revision = datagram.view.revision
    subscription.sent = now
    subscription.isUnderWay = true
    subscription.isRepeated = isRepeat
    subscription.unanswered += 1
    subscription.wanted.removeAll { $0.revision <= datagram.view.revision }
    subscriptions[place] = subscription
  }

  mutating func left(_ service: ServiceKey, _ endpoint: PushEndpoint, _ why: PushDeparture, at now: Int64) {
    let place = Place(service: service, endpoint: endpoint)
    guard let subscription = subscriptions.removeValue(forKey: place) else { return }
    if why == .lapsed, now - subscription.polled < rules.lifetime {
      faults.append("\(endpoint) of \(service.grouped) lapses \(rules.lifetime - (now - subscription.polled)) µs early")
    }
  }

  /// Push is switched off: nobody is owed anything.
  mutating func silence() {
    for place in subscriptions.keys {
      subscriptions[place]?.wanted = []
      subscriptions[place]?.isRepeated = true
    }
  }

  /// Looks for what should have been sent by now.
  mutating func check(at now: Int64, _ wakefulness: Wakefulness) {
    for (place, subscription) in subscriptions {
      if let wanted = subscription.wanted.first, wanted.by < now {
        subscriptions[place]?.wanted = []
        let asleep = wakefulness.asleep(from: wanted.by - Self.patience, to: now).time
        if asleep == 0, now - subscription.polled < rules.attention - Self.slack {
          faults.append("\(place.endpoint) was not told of revision \(wanted.revision) of \(place.service.grouped)")
        }
      }
      let repetition = subscription.sent + rules.acknowledgementWait
      guard subscription.isUnderWay, !subscription.isRepeated, now >= repetition else { continue }
      if subscription.unanswered >= rules.unanswered {
        // It is given up: so much went unanswered that it is let be.
        subscriptions[place]?.isRepeated = true
      } else if now > repetition + Self.slack {
        subscriptions[place]?.isRepeated = true
        if wakefulness.asleep(from: subscription.sent, to: now).time == 0 {
          faults.append("\(place.endpoint) was not sent \(place.service.grouped) again though it did not answer")
        }
      }
    }
  }
}
