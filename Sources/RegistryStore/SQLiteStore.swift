import Dispatch
public import RegistryModel

/// What must outlive the process, in one SQLite file in a folder of its own. A commit is answered once it is on the disk
/// (reliability G2); many share one synchronisation.
///
/// A full or failing disk fails the commits at hand and is tried again with the next. A commit that cannot be stored for
/// a reason of its own fails alone. Rows that are not as they were written are put by in the table `damaged` and reported
/// when they are met; a file whose pages do not hang together is refused, when
/// it is opened or at the latest when it is loaded.
public final class SQLiteStore: CommitStore {
  let queue: WriteQueue
  private let thread: StoreThread
  private let database: String
  let report: @Sendable (StoreReport) -> Void
  /// Answers what comes after the end, once the writer has answered all that came before: answers keep their order, and
  /// whoever appends may hold a lock that its answer takes.
  let late: DispatchQueue

  /// Opens the store in the folder `directory` and makes both where there are none. The folder must be a real one, this
  /// user's, closed to others, and no other process may have it. `mostWaiting` commits and writes may wait for the disk; what comes
  /// beyond is refused. `report` is called on the thread that opens it, and later on the writer's.
  public init(
    directory: String, journal: JournalBounds = JournalBounds(), mostWaiting: Int = 65_536,
    report: @escaping @Sendable (StoreReport) -> Void
  ) throws(StoreError) {
    let folder = try StoreFolder(path: directory)
    var writer: StoreWriter? = try StoreOpening(folder: folder, bounds: journal, report: report).writer()
    let queue = WriteQueue(mostWorks: mostWaiting)
    let thread = StoreThread {
      writer?.run(queue)
      // The file is closed before the folder is anybody else's.
      writer = nil
      withExtendedLifetime(folder) {}
    }
    guard let thread else { throw .cannotUse(path: directory, why: "the system has no thread to give") }
    self.queue = queue
    self.thread = thread
    database = folder.database
    self.report = report
    // Not before everything has gone well: a queue may not end before it was active.
    late = DispatchQueue(label: "store.late", attributes: .initiallyInactive)
  }

  deinit { close() }

  public func append(_ commit: Commit, for receiver: any CommitReceiver) {
    let revision = commit.revision
    if queue.append(.commit(commit), .commit(revision, receiver)) { return }
    late.async { receiver.settle([CommitOutcome(revision, failure: .unavailable("the store is closed"))]) }
  }

  /// Stores what has been appended, and gives up the folder. What is appended from now on is answered with `unavailable`.
  public func close() {
    guard queue.close() else { return }
    thread.join()
    late.activate()
  }
}

extension SQLiteStore {
  /// What the store kept. Waits for what has been appended; not to be called from an answer.
  public func load(at now: WallTime) throws(StoreError) -> StoredState {
    var state = StoredState()
    try load(at: now) { state.append($0) }
    return state
  }

  /// Hands over what the store kept part by part, while the next is being read; services come before their instances. What
  /// was handed over must not be believed when this throws.
  public func load(at now: WallTime, _ take: (StoredState) -> Void) throws(StoreError) {
    let parts = PartQueue()
    let isTaken = queue.append { [report, database] writer in
      var reader = StateReader(
        connection: writer.connection, path: database, structure: writer.structure, now: now)
      let result = Result { () throws(SQLiteError) in try reader.read(at: writer.progress.revision, parts.give) }
      for finding in reader.reports { report(finding) }
      if !reader.reports.isEmpty { writer.forgetWritten() }
      parts.end(result)
    }
    guard isTaken else { throw .closed }
    do {
      try parts.forEach(take)
    } catch {
      throw StoreError(error, path: database)
    }
  }

  /// What operators and callers of the API caused, as far back as the journal goes: commits older than `before`, newest
  /// first, at most `limit` (and at most a thousand). `now` is when damage that is met on the way was found.
  public func events(before: Revision?, limit: Int, at now: WallTime) async throws(RegistryError) -> [Commit] {
    let result: Result<[Commit], RegistryError> = await withCheckedContinuation { continuation in
      let isTaken = queue.append { [report] writer in
        let reader = JournalReader(connection: writer.connection, structure: writer.structure, now: now)
        let page = Result { () throws(SQLiteError) in try reader.commits(before: before, limit: limit) }
        if case .success(let page) = page, let damage = page.report { report(damage) }
        continuation.resume(returning: page.map(\.commits).mapError { .storeFailed($0.description) })
      }
      if !isTaken { continuation.resume(returning: .failure(.unavailable("the store is closed"))) }
    }
    return try result.get()
  }
}
