import RegistryModel
import TestSupport

@testable import RegistryStore

/// A store in a folder of a test's own, which can be closed and opened again.
final class StoreFixture {
  let folder: TemporaryFolder
  private(set) var store: SQLiteStore
  let reports = Collected<StoreReport>()
  private let bounds: JournalBounds
  private var revision: Revision = 0
  static let now = WallTime(milliseconds: 1_000_000)

  init(_ folder: TemporaryFolder? = nil, bounds: JournalBounds = JournalBounds()) throws {
    self.folder = try folder ?? TemporaryFolder()
    self.bounds = bounds
    store = try Self.open(self.folder, bounds, reports)
  }

  private static func open(_ folder: TemporaryFolder, _ bounds: JournalBounds, _ reports: Collected<StoreReport>) throws
    -> SQLiteStore
  {
    try SQLiteStore(directory: folder.file("data"), journal: bounds) { reports.add($0) }
  }

  var database: String { folder.file("data/registry.db") }

  func reopen() throws {
    store.close()
    store = try Self.open(folder, bounds, reports)
  }

  func load() throws -> StoredState { try store.load(at: Self.now) }

  /// What is there after the store was closed and opened again.
  func reloaded() throws -> StoredState {
    try reopen()
    return try load()
  }

  /// The next commit with these changes, appended; why it was not stored.
  @discardableResult
  func commit(
    _ changes: Change..., by origin: Origin = .client(address: "10.0.0.1", agent: "test"), reason: String? = nil,
    at milliseconds: Int64 = 5_000
  ) async -> RegistryError? {
    revision += 1
    let commit = Commit(
      revision: revision, at: WallTime(milliseconds: milliseconds), origin: origin, reason: reason, changes: changes)
    return await store.append(commit)
  }

  /// Changes the closed file by hand.
  func alter(_ script: String) throws {
    store.close()
    try SQLiteConnection(path: database).execute(script)
  }
}

extension SQLiteStore {
  func append(_ commit: Commit) async -> RegistryError? {
    await withCheckedContinuation { continuation in append(commit) { continuation.resume(returning: $0) } }
  }
}
