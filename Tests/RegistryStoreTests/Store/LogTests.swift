import Foundation
import RegistryModel
import Testing

@testable import RegistryStore
import TestSupport

/// A write-ahead log that was cut or damaged: what it had is there up to the damage, and what is missing is told of
/// (reliability R02, R03).
@Suite struct LogTests {
  private static let transactions = 40
  private let folder: TemporaryFolder
  private let database: Data
  private let log: Data

  /// The files of a store amid its work, as a killed process leaves them.
  init() async throws {
    let fixture = try StoreFixture()
    for port in 1...Self.transactions { await fixture.commit(.registered(Samples.instance(port: port))) }
    database = try Data(contentsOf: URL(fileURLWithPath: fixture.database))
    log = try Data(contentsOf: URL(fileURLWithPath: fixture.database + "-wal"))
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.file("data"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  /// How many of the transactions are there with `log` in place of the log, and what was reported. They are always the
  /// first ones.
  private func start(with log: Data) throws -> (count: Int, reports: [StoreReport]) {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.file("data")) where name != "lock" {
      try FileManager.default.removeItem(atPath: folder.file("data/\(name)"))
    }
    try database.write(to: URL(fileURLWithPath: folder.file("data/registry.db")))
    try log.write(to: URL(fileURLWithPath: folder.file("data/registry.db-wal")))
    let reports = Collected<StoreReport>()
    let store = try SQLiteStore(directory: folder.file("data")) { reports.add($0) }
    defer { store.close() }
    let state = try store.load(at: StoreFixture.now)
    #expect(state.instances.map { Int($0.instance.address.port) } == (0..<state.instances.count).map { $0 + 1 })
    #expect(state.revision == Revision(state.instances.count))
    return (state.instances.count, reports.all)
  }

  @Test func aWholeLogIsTakenWhole() throws {
    let (count, reports) = try start(with: log)
    #expect(count == Self.transactions)
    #expect(reports.isEmpty)
  }

  @Test func aCutLogIsTakenUpToTheCutAndSaysWhatIsDropped() throws {
    var ends: [Int: Int] = [:]
    for size in stride(from: log.count - 1, to: log.count - 60_000, by: -487) {
      let (count, reports) = try start(with: log.prefix(size))
      #expect(count < Self.transactions)
      // Where the whole part of the log ends is the same for all cuts that leave as many transactions.
      for case .logCut(let bytes, let transactions, let copy) in reports {
        #expect(ends[count, default: size - bytes] == size - bytes)
        ends[count] = size - bytes
        #expect(transactions == 0)
        #expect(copy == nil)
      }
      #expect(reports.count == 1 || (size - 32).isMultiple(of: 4_120), "cut to \(size) bytes")
    }
    #expect(ends.count > 2)
  }

  @Test func aDamagedLogIsToldOfAndKept() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    var told = 0
    for _ in 1...120 {
      var damaged = log
      // Every third time in a header, of the log or of a frame.
      let frame = Int.random(in: 0..<(log.count - 32) / 4_120, using: &random)
      let offset =
        switch Int.random(in: 0..<6, using: &random) {
        case 0: Int.random(in: 0..<32, using: &random)
        case 1: 32 + frame * 4_120 + Int.random(in: 0..<24, using: &random)
        default: Int.random(in: 0..<log.count, using: &random)
        }
      damaged[offset] ^= 1 << Int.random(in: 0..<8, using: &random)
      let (count, reports) = try start(with: damaged)
      if count == Self.transactions { continue }
      told += 1
      guard case .logCut(let bytes, let transactions, let copy?) = reports.first else {
        #expect(Bool(false), "seed \(seed): a flipped bit in byte \(offset) lost \(Self.transactions - count) transactions")
        continue
      }
      #expect(bytes > 0)
      // The bit may have been the one that says that a transaction ends there.
      let isEnd = offset >= 32 && (4..<8).contains((offset - 32) % 4_120)
      #expect(transactions >= Self.transactions - count - (isEnd ? 1 : 0), "seed \(seed): byte \(offset)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("data/\(copy)"))) == damaged)
    }
    #expect(told > 60)
  }
}
