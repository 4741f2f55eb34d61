import RegistryModel
import Testing

@testable import RegistryStore

@Suite struct WriteQueueTests {
  private let queue = WriteQueue(mostWorks: 2, mostRecordBytes: 10)

  private func append(_ revision: Revision) -> Bool {
    queue.append(
      .commit(Commit(revision: revision, at: StoreFixture.now, origin: .system, changes: [])), .done { _ in })
  }

  /// The entries as words.
  private func take() -> [String]? {
    queue.take()?.map { entry in
      switch entry {
      case .work(.commit(let commit), _): "commit \(commit.revision)"
      case .work(.records(let changes), _): "records \(changes.count)"
      case .refusal: "refusal"
      case .task: "task"
      }
    }
  }

  @Test func commitsPastTheBoundAreRefusedInTheirTurn() {
    for revision in Revision(1)...4 { #expect(append(revision)) }
    #expect(queue.append { _ in })
    #expect(take() == ["commit 1", "commit 2", "refusal", "refusal", "task"])
    #expect(append(5))
    #expect(take() == ["commit 5"])
  }

  @Test func recordsAreBoundedByWhatTheyHold() {
    func append(_ bytes: Int) {
      let record = Record(kind: "k", name: "n", value: String(repeating: "x", count: bytes))
      #expect(queue.append(.records([.put(record)]), .done { _ in }))
    }
    append(11)
    append(7)
    append(4)
    append(3)
    #expect(take() == ["refusal", "records 1", "refusal", "records 1"])
    append(10)
    #expect(take() == ["records 1"])
  }

  @Test func aClosedQueueGivesWhatItHasAndTakesNoMore() {
    #expect(append(1))
    #expect(queue.close())
    #expect(!queue.close())
    #expect(!append(2))
    #expect(!queue.append { _ in })
    #expect(take() == ["commit 1"])
    #expect(take() == nil)
  }

  @Test func aWriterThatSleepsIsWoken() async {
    let taken = Collected<String>()
    await withCheckedContinuation { (end: CheckedContinuation<Void, Never>) in
      let thread = StoreThread {
        while let words = take() { words.forEach(taken.add) }
        end.resume()
      }
      #expect(thread != nil)
      for revision in Revision(1)...100 {
        // Past the bound a commit is refused; it is tried again until the writer has made room.
        while taken.all.count + 2 < Int(revision) {}
        #expect(append(revision))
      }
      #expect(queue.close())
    }
    #expect(taken.all == (1...100).map { "commit \($0)" })
  }
}
