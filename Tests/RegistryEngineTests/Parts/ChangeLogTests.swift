import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct ChangeLogTests {
  private func log(_ count: Int, capacity: Int = 5, after: Revision = 0) -> ChangeLog {
    var log = ChangeLog(capacity: capacity, after: after)
    for number in 0..<count {
      log.append(
        Commit(
          revision: after + Revision(number) + 1, at: WallTime(milliseconds: Int64(number)), origin: .system, changes: []))
    }
    return log
  }

  private func revisions(_ commits: [Commit]?) -> [Revision]? { commits?.map(\.revision) }

  @Test func readersGetWhatTheyHaveNotSeen() {
    let log = log(3)
    #expect(revisions(log.commits(after: 0, limit: 10)) == [1, 2, 3])
    #expect(revisions(log.commits(after: 1, limit: 1)) == [2])
    #expect(revisions(log.commits(after: 3, limit: 10)) == [])
    #expect(revisions(log.commits(after: 9, limit: 10)) == [])
  }

  @Test func thoseWhoFellBehindLearnIt() {
    let log = log(12)
    #expect(log.count == 5)
    #expect(revisions(log.commits(after: 7, limit: 10)) == [8, 9, 10, 11, 12])
    #expect(log.commits(after: 6, limit: 10) == nil)
    #expect(log.commits(after: 0, limit: 10) == nil)
  }

  @Test func aLogGoesOnFromWhatWasStored() {
    let log = log(7, after: 1_000)
    #expect(revisions(log.commits(after: 1_002, limit: 10)) == [1_003, 1_004, 1_005, 1_006, 1_007])
    #expect(log.commits(after: 1_001, limit: 10) == nil)
    #expect(revisions(self.log(0, after: 1_000).commits(after: 1_000, limit: 10)) == [])
    #expect(self.log(0, after: 1_000).commits(after: 0, limit: 10) == nil)
  }

  @Test func newestAndBackwards() {
    let log = log(12)
    #expect(revisions(log.newest(3)) == [10, 11, 12])
    #expect(revisions(log.newest(100)) == [8, 9, 10, 11, 12])
    #expect(revisions(log.newest(0)) == [])
    #expect(revisions(log.backwards(before: nil, limit: 2)) == [12, 11])
    #expect(revisions(log.backwards(before: 11, limit: 2)) == [10, 9])
    #expect(revisions(log.backwards(before: 9, limit: 5)) == [8])
    #expect(revisions(log.backwards(before: 8, limit: 5)) == [])
    #expect(revisions(log.backwards(before: 0, limit: 5)) == [])
    #expect(revisions(self.log(0).backwards(before: nil, limit: 5)) == [])
  }
}

extension ChangeLogTests {
  @Test func subscriptionsCrowdNothingOut() {
    let key = ServiceKey(grouped: "DEFAULT_GROUP@@a")
    let subscriber = Subscriber(service: key, clusters: "", ip: "10.0.0.1", port: 1, agent: "", app: "")
    var log = ChangeLog(capacity: 64, after: 0)
    for number in 1...50 {
      let changes: [Change] = number > 10 ? [.subscriber(subscriber, joined: true)] : []
      log.append(
        Commit(revision: Revision(number), at: WallTime(milliseconds: 0), origin: .system, changes: changes))
    }
    #expect(revisions(log.newest(8)) == [7, 8, 9, 10, 47, 48, 49, 50])
    #expect(revisions(log.newest(100)) == (1...50).map { Revision($0) })
  }
}

@Suite struct PushBoardTests {
  private func at(_ milliseconds: Int64) -> MonotonicTime { MonotonicTime(milliseconds: milliseconds) }

  private func digest(acknowledged: UInt64, failed: UInt64 = 0) -> PushDigest {
    var digest = PushDigest()
    digest.acknowledged = acknowledged
    digest.failed = failed
    return digest
  }

  private func told(_ step: PushBoard.Step) -> String {
    switch step {
    case .nothing: "nothing"
    case .digest(let digest, let number):
      "digest \(number): \(digest.acknowledged)\(digest.touchedMany ? ", many touched" : "")"
    case .make: "make"
    case .wait(let milliseconds): "wait \(milliseconds)"
    }
  }

  @Test func oneReaderMakesADigestForAllAndNotMoreThanFourASecond() {
    var board = PushBoard()
    var steps = [told(board.next(after: 0, now: at(0)))]
    let changes = [board.change(), board.change()]
    #expect(changes == [true, false])
    #expect(board.hasNews(after: 0))
    for _ in 0..<2 { steps.append(told(board.next(after: 0, now: at(0)))) }
    let first = board.made(digest(acknowledged: 5, failed: 1), at: at(0))
    for _ in 0..<2 { steps.append(told(board.next(after: 0, now: at(0)))) }
    _ = board.change()
    for time in [100, 250] as [Int64] { steps.append(told(board.next(after: 1, now: at(time)))) }
    let second = board.made(digest(acknowledged: 7, failed: 1), at: at(250))
    steps.append(told(board.next(after: 0, now: at(250))))
    #expect([first.acknowledged, first.failed, second.acknowledged, second.failed] == [5, 1, 2, 0])
    #expect(
      steps == [
        "nothing", "make", "nothing", "digest 1: 5", "digest 1: 5", "wait 150", "make", "digest 2: 7, many touched",
      ])
  }
}
