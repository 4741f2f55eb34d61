import RegistryModel

/// Writes commits and records in the order in which they come, as many in one transaction as have come while the last one was being
/// synchronised. Lives on the writer's thread.
final class StoreWriter {
  let connection: SQLiteConnection
  let structure: StructureCheck
  private(set) var progress: Progress
  /// When the newest commit was made: the writer has no clock.
  private(set) var newest = WallTime(milliseconds: 0)
  private let state: StateWriter
  private let records: RecordWriter
  private let journal: JournalWriter
  private let progressRow: TableWriter
  private var condition = Condition.storing
  private var isJournalDamaged = false
  private let report: @Sendable (StoreReport) -> Void

  private struct Pending {
    var work: WriteQueue.Work
    var answer: WriteQueue.Answer
  }

  private enum Condition: Equatable {
    case storing
    case failing
    /// For good.
    case halted(String)
  }

  /// A transaction takes at most so many commits and writes, so that a failure costs at most as many attempts one by one.
  private static let mostWorks = 1_024

  init(
    on connection: SQLiteConnection, structure: StructureCheck, bounds: JournalBounds,
    report: @escaping @Sendable (StoreReport) -> Void
  ) throws(SQLiteError) {
    self.connection = connection
    self.structure = structure
    let stored = try Progress.stored(in: connection)
    progress = stored.progress
    if stored.isDamaged {
      // The next commit puts the row right.
      report(.damagedRows(table: "progress", count: 1, example: "revision (counted from the journal)"))
    }
    self.report = report
    state = try StateWriter(on: connection)
    records = try RecordWriter(on: connection)
    journal = try JournalWriter(on: connection, bounds: bounds)
    progressRow = try TableWriter(.progress, on: connection)
  }

  /// To be called when somebody else has taken rows out.
  func forgetWritten() { state.forgetWritten() }

  /// Works until the queue is closed and empty, and brings the log into the file then.
  func run(_ queue: WriteQueue) {
    while let entries = queue.take() { work(on: entries) }
    structure.end()
    if case .halted = condition { return }
    do {
      try connection.checkpoint()
    } catch {
      // Nothing is lost: the next start reads the log as well.
      report(.failing(Self.reason(error)))
    }
  }

  private func work(on entries: [WriteQueue.Entry]) {
    var batch: [Pending] = []
    func flush() {
      if !batch.isEmpty { write(batch) }
      batch.removeAll(keepingCapacity: true)
    }
    for entry in entries {
      switch entry {
      case .work(let work, let answer):
        batch.append(Pending(work: work, answer: answer))
        if batch.count == Self.mostWorks { flush() }
      case .refusal(let answer):
        flush()
        [answer].tell(.storeFailed("too many changes wait to be stored"))
      case .task(let task):
        flush()
        task(self)
      }
    }
    flush()
  }

  /// Stores a batch as a whole. Where something in it is at fault, and not the machine, each part stands for itself.
  private func write(_ batch: [Pending]) {
    if case .halted(let why) = condition { return fail(batch, why) }
    do {
      try storeWithoutJournalIfNeedBe(batch)
      if condition == .failing { report(.recovered) }
      condition = .storing
      batch.map(\.answer).tell(nil)
    } catch {
      if batch.count > 1, !error.isOfTheMachine {
        for pending in batch { write([pending]) }
      } else {
        note(error)
        fail(batch, Self.reason(error))
      }
    }
  }

  private func storeWithoutJournalIfNeedBe(_ batch: [Pending]) throws(SQLiteError) {
    let hadJournal = !isJournalDamaged
    do {
      try store(batch)
    } catch {
      guard hadJournal, isJournalDamaged else { throw error }
      try store(batch)
    }
  }

  private func store(_ batch: [Pending]) throws(SQLiteError) {
    guard batch.contains(where: \.work.isDurable) else { return }
    try structure.pass()
    guard connection.isInPlace else { throw .movedAway }
    var next = progress
    do {
      try storeInOneTransaction(batch, &next)
    } catch {
      state.forgetWritten()
      throw error
    }
    progress = next
  }

  private func storeInOneTransaction(_ batch: [Pending], _ progress: inout Progress) throws(SQLiteError) {
    try connection.transaction { () throws(SQLiteError) in
      var commits: [Commit] = []
      for pending in batch {
        switch pending.work {
        case .records(let changes): try records.apply(changes)
        case .commit(let commit):
          try state.apply(commit)
          commits.append(commit)
        }
      }
      try tell(commits, &progress)
    }
  }

  /// Counts the commits and adds them to the journal.
  private func tell(_ commits: [Commit], _ progress: inout Progress) throws(SQLiteError) {
    guard let last = commits.last else { return }
    newest = last.at
    progress.revision = commits.reduce(progress.revision) { max($0, $1.revision) }
    if !isJournalDamaged { try addToJournal(commits, &progress) }
    try progressRow.put(progress)
  }

  /// Where the journal's pages do not hang together, history ends; the transaction has failed then, and is to be tried
  /// again without.
  private func addToJournal(_ commits: [Commit], _ progress: inout Progress) throws(SQLiteError) {
    guard let last = commits.last else { return }
    do {
      for commit in commits { try journal.add(commit, to: &progress) }
      try journal.prune(&progress, at: last.at)
    } catch {
      if error.isDamage {
        isJournalDamaged = true
        report(.journalDamaged(error.description))
      }
      throw error
    }
  }

  private func fail(_ batch: [Pending], _ why: String) {
    batch.map(\.answer).tell(.storeFailed(why))
  }

  /// Tells once that storing fails.
  private func note(_ error: SQLiteError) {
    guard error.isOfTheMachine else { return }
    let why = Self.reason(error)
    if error.isLostWrite {
      condition = .halted(why)
      report(.halted(why))
    } else if condition == .storing {
      condition = .failing
      report(.failing(why))
    }
  }

  private static func reason(_ error: SQLiteError) -> String {
    error.isFullDisk ? "the disk is full" : error.description
  }
}
