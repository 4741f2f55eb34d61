import Foundation
import RegistryModel
import TestSupport
import Testing

@testable import RegistryStore

/// Disks that are full, limited or read-only (reliability R04, R06).
@Suite struct DiskTests {
  /// A small file system of a test's own.
  private final class Mount {
    let folder: TemporaryFolder
    var path: String { folder.path }

    init(size: String) throws {
      folder = try TemporaryFolder()
      try Mount.run("mount", "-t", "tmpfs", "-o", "size=\(size),mode=700", "tmpfs", path)
    }

    func makeReadOnly() throws { try Mount.run("mount", "-o", "remount,ro", path) }

    deinit { try? Mount.run("umount", "-l", path) }

    static func run(_ words: String...) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = words
      try process.run()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else { throw CommandFailure(words: words) }
    }

    static let isPossible = geteuid() == 0 && (try? Mount(size: "64k")) != nil
  }

  private struct CommandFailure: Error {
    var words: [String]
  }

  /// Fills what is left of a file system; the file that does.
  private func fill(_ path: String) throws -> String {
    let ballast = path + "/ballast"
    let file = fopen(ballast, "w")
    defer { fclose(file) }
    let block = [UInt8](repeating: 1, count: 4_096)
    while fwrite(block, 1, block.count, file) == block.count, fflush(file) == 0 {}
    return ballast
  }

  private func commit(_ number: Int) -> Commit {
    var instance = Samples.instance(port: number)
    instance.registeredMetadata = Metadata(["k": String(repeating: "x", count: 8_000)])
    return Commit(
      revision: Revision(number), at: StoreFixture.now, origin: .operator(name: "ann"), changes: [.registered(instance)])
  }

  @Test(.enabled(if: Mount.isPossible, "mounting a small file system needs to be root"))
  func aFullDiskFailsWritesAndRecoversByItself() async throws {
    let mount = try Mount(size: "1m")
    let reports = Collected<StoreReport>()
    let store = try SQLiteStore(directory: mount.path + "/data") { reports.add($0) }
    #expect(await store.append(commit(1)) == nil)
    let ballast = try fill(mount.path)

    var number = 1
    var failure: RegistryError?
    while failure == nil, number < 100 {
      number += 1
      failure = await store.append(commit(number))
    }
    #expect(failure == .storeFailed("the disk is full"))
    #expect(await store.append(commit(number + 1)) == .storeFailed("the disk is full"))
    #expect(reports.all == [.failing("the disk is full")])
    // What is not stored goes on being answered, and what is stored can be read.
    let ephemeral = Commit(
      revision: 500, at: StoreFixture.now, origin: .silence, changes: [.registered(Samples.instance(isEphemeral: true))])
    #expect(await store.append(ephemeral) == nil)
    #expect(try store.load(at: StoreFixture.now).instances.count == number - 1)

    try FileManager.default.removeItem(atPath: ballast)
    #expect(await store.append(commit(900)) == nil)
    #expect(reports.all == [.failing("the disk is full"), .recovered])
    store.close()

    let again = try SQLiteStore(directory: mount.path + "/data") { reports.add($0) }
    let ports = try again.load(at: StoreFixture.now).instances.map { Int($0.instance.address.port) }
    #expect(ports == Array(1..<number) + [900])
    #expect(reports.all.count == 2)
    again.close()
  }

  @Test(.enabled(if: Mount.isPossible, "mounting a small file system needs to be root"))
  func aFullDiskRefusesRecordsAndKeepsThoseItTook() async throws {
    let mount = try Mount(size: "1m")
    let store = try SQLiteStore(directory: mount.path + "/data") { _ in }
    let ballast = try fill(mount.path)
    let value = String(repeating: "x", count: 8_000)
    var stored: Set<String> = []
    var failure: RegistryError?
    while failure == nil, stored.count < 100 {
      let name = "\(stored.count)"
      do {
        try await store.write([.put(Record(kind: "k", name: name, value: value))])
        stored.insert(name)
      } catch {
        failure = error
      }
    }
    #expect(failure == .storeFailed("the disk is full"))
    #expect(Set(try store.load(at: StoreFixture.now).records.map(\.key.name)) == stored)
    try FileManager.default.removeItem(atPath: ballast)
    try await store.write([.put(Record(kind: "k", name: "last", value: value))])
    stored.insert("last")
    store.close()
    let again = try SQLiteStore(directory: mount.path + "/data") { _ in }
    #expect(Set(try again.load(at: StoreFixture.now).records.map(\.key.name)) == stored)
    again.close()
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/prlimit"), "there is no prlimit"))
  func aLimitOnFilesFailsWritesAndRecovers() async throws {
    let folder = try TemporaryFolder()
    let child = try Child("append", folder.file("data"), "0", fileLimit: 200_000)
    try await wait(for: "a refusal") { child.lineCount(beginningWith: "refused") >= 20 }
    let stored = child.lineCount(beginningWith: "stored")
    #expect(stored > 0)
    #expect(child.lines(beginningWith: "refused").allSatisfy { $0.contains("disk I/O error while writing") })
    try Mount.run("prlimit", "--pid", "\(child.processID)", "--fsize=unlimited")
    try await wait(for: "answers again") { child.lineCount(beginningWith: "stored") >= stored + 100 }
    try await child.kill()
    let answered = child.lines(beginningWith: "stored").compactMap { Int64($0.dropFirst(7)) }
    let store = try SQLiteStore(directory: folder.file("data")) { _ in }
    let found = Set(try store.load(at: StoreFixture.now).instances.map(\.instance.registeredAt.milliseconds))
    #expect(answered.allSatisfy { found.contains($0 + 1_700_000_000_000) })
    store.close()
  }

  @Test(.enabled(if: Mount.isPossible, "mounting a small file system needs to be root"))
  func aReadOnlyDiskIsRefusedInOneLine() async throws {
    let mount = try Mount(size: "1m")
    let store = try SQLiteStore(directory: mount.path + "/data") { _ in }
    #expect(await store.append(commit(1)) == nil)
    store.close()
    try mount.makeReadOnly()
    for name in ["data", "fresh"] {
      let error = #expect(throws: StoreError.self) { try SQLiteStore(directory: mount.path + "/" + name) { _ in } }
      #expect(error?.description.contains("Read-only file system") == true)
      #expect(error?.description.contains("\n") == false)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write anywhere"))
  func aFolderThatMayNotBeWrittenIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("data")
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o500])
    let error = #expect(throws: StoreError.self) { try SQLiteStore(directory: path) { _ in } }
    #expect(error?.description.contains("Permission denied") == true)
  }

  @Test func aFileThatIsTakenAwayFailsWrites() async throws {
    let fixture = try StoreFixture()
    #expect(await fixture.commit(.registered(Samples.instance(port: 1))) == nil)
    try FileManager.default.moveItem(atPath: fixture.database, toPath: fixture.database + ".old")
    let failure = await fixture.commit(.registered(Samples.instance(port: 2)))
    #expect(failure?.description.contains("moved away or removed") == true)
    try FileManager.default.moveItem(atPath: fixture.database + ".old", toPath: fixture.database)
    #expect(await fixture.commit(.registered(Samples.instance(port: 3))) == nil)
    #expect(try fixture.reloaded().instances.map { Int($0.instance.address.port) } == [1, 3])
  }
}
