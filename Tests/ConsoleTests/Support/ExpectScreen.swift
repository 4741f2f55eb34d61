import RegistryModel
import Testing

@testable import Console

/// Compares the whole screen, blanks at the ends of lines aside, and names the lines that differ.
func expectScreen(_ person: Operator, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
  let actual = person.screen
  guard actual != expected else { return }
  let (left, right) = (
    expected.split(separator: "\n", omittingEmptySubsequences: false),
    actual.split(separator: "\n", omittingEmptySubsequences: false)
  )
  var report = "the screen is another one"
  for row in 0..<max(left.count, right.count) {
    let old = row < left.count ? String(left[row]) : "(no such line)"
    let new = row < right.count ? String(right[row]) : "(no such line)"
    if old != new { report += "\n\(row) expected: \(old)\n\(row) is:       \(new)" }
  }
  Issue.record("\(report)", sourceLocation: sourceLocation)
}

extension Operator {
  /// The link went 47 seconds ago.
  mutating func loseLink() {
    let since = moment.wall
    let retry = WallTime(milliseconds: since.milliseconds + 51_000)
    feed(.feed(.link(.lost(since: since, why: "10.8.0.11:8848 connection refused", attempt: 2, retryAt: retry))))
    wait(milliseconds: 47_000)
  }

  /// Answers who subscribes to `order-core`: one does not answer, one is behind, the others are well.
  mutating func answerSubscribers() {
    let current = state.catalog[Incident.orderCore]?.revision ?? 0
    let subscribers = (1...6).map { number in
      let subscriber = Subscriber(
        service: Incident.orderCore, clusters: "", ip: "172.17.0.\(number)", port: UInt16(44_040 + number),
        agent: number == 3 ? "Nacos-Go-Client:v1.0.1" : "Nacos-Java-Client:v1.4.8", app: ["pay-web", "checkout"][number % 2])
      var state = SubscriberState(subscriber: subscriber, subscribedAt: Incident.ago(90_000))
      state.refreshedAt = Incident.ago(Int64(number))
      state.pushedRevision = current
      state.pushedAt = Incident.ago(18)
      state.toldHosts = 12
      state.outcome = number == 1 ? .failed : .acknowledged
      state.acknowledgedRevision = number == 1 ? current - 20 : number == 2 ? current - 1 : current
      state.acknowledgedAt = Incident.ago(number == 1 ? 400 : 18)
      state.roundTrip = 2_000 + Int64(number) * 700
      state.failures = number == 1 ? 14 : 0
      state.failuresInARow = state.failures
      return state
    }
    let page = SubscriberPage(subscribers: subscribers, total: 22)
    feed(
      .answer(
        .subscribers(Incident.orderCore, offset: 0, limit: SubscribersScreen.limit), .success(.subscribers(page))))
    feed(.wake)
  }
}
