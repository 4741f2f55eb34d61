import Foundation
import Testing

@testable import RegistryStore

/// Which folders are taken, and the one line that says why not (reliability R06).
@Suite struct StoreFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func mode(_ path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  private func open(_ path: String) throws { try SQLiteStore(directory: path) { _ in }.close() }

  private func refusal(_ path: String) -> String {
    let error = #expect(throws: StoreError.self) { try open(path) }
    let text = error?.description ?? ""
    #expect(!text.contains("\n"))
    return text
  }

  @Test func aFolderAndItsParentsAreMadeForTheOwnerAlone() throws {
    let path = folder.file("a/b/c")
    try open(path)
    for part in ["a", "a/b", "a/b/c"] { #expect(try mode(folder.file(part)) == 0o700) }
    #expect(try mode(path + "/registry.db") == 0o600)
  }

  @Test(arguments: [0o750, 0o701, 0o720, 0o777])
  func aFolderThatOthersMayUseIsRefused(_ mode: Int) throws {
    let path = folder.file("open")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    #expect(refusal(path).contains("chmod 700 \(path)"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).isEmpty)
  }

  @Test(arguments: ["", "/", "//"]) func aSymbolicLinkIsRefused(_ suffix: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder.file("real"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: folder.file("real"))
    #expect(refusal(folder.file("link") + suffix).contains("is a symbolic link"))
  }

  @Test func aLinkToNowhereIsRefused() throws {
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: folder.file("none"))
    #expect(refusal(folder.file("link")).contains("is a symbolic link"))
  }

  @Test func aFileIsNoFolder() throws {
    try Data().write(to: URL(fileURLWithPath: folder.file("file")))
    #expect(refusal(folder.file("file")).contains("is not a folder"))
    #expect(refusal(folder.file("file/below")).contains("Not a directory"))
  }

  @Test func noNameIsNoFolder() {
    #expect(refusal("").contains("no name"))
  }

  @Test func aDatabaseThatIsALinkIsRefused() throws {
    let path = folder.file("data")
    try open(path)
    try FileManager.default.moveItem(atPath: path + "/registry.db", toPath: folder.file("elsewhere.db"))
    try FileManager.default.createSymbolicLink(
      atPath: path + "/registry.db", withDestinationPath: folder.file("elsewhere.db"))
    #expect(refusal(path).contains("is a symbolic link"))
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a folder away"))
  func somebodyElsesFolderIsRefused() throws {
    let path = folder.file("theirs")
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    #expect(chown(path, 12_345, 12_345) == 0)
    #expect(refusal(path).contains("is owned by user 12345"))
  }

  @Test func oneProcessOpensItOnce() throws {
    let store = try SQLiteStore(directory: folder.file("data")) { _ in }
    #expect(refusal(folder.file("data")).contains("in use by process \(getpid())"))
    store.close()
    try open(folder.file("data"))
  }

  @Test func aStoreThatIsLetGoGivesUpItsFolder() throws {
    var store: SQLiteStore? = try SQLiteStore(directory: folder.file("data")) { _ in }
    withExtendedLifetime(store) {}
    store = nil
    try open(folder.file("data"))
  }
}
