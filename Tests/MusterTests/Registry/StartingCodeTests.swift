import Glibc
import Testing

@testable import muster

@Suite struct StartingCodeTests {
  /// Kilobytes of files that are mapped and resident.
  private static func residentFileKilobytes() throws -> Int {
    let file = try #require(fopen("/proc/self/status", "r"))
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split { $0.isWhitespace }
      if words.first == "RssFile:" { return try #require(Int(words[1])) }
    }
    throw CancellationError()
  }

  @Test func codeIsHandedBackAndMappedAgainWhereItIsUsed() throws {
    let before = try Self.residentFileKilobytes()
    StartingCode.release()
    let after = try Self.residentFileKilobytes()
    #expect(after < before / 2)
    #expect(after > 0)
  }

  /// A debugger's breakpoint is such a change.
  @Test func whatWasChangedInPlaceStays() throws {
    let text: StaticString = "a constant that is changed in place"
    let size = UInt(sysconf(Int32(_SC_PAGESIZE)))
    let byte = try #require(UnsafeMutablePointer(mutating: text.utf8Start))
    let page = try #require(UnsafeMutableRawPointer(bitPattern: UInt(bitPattern: byte) / size * size))
    let original = byte.pointee
    try #require(mprotect(page, Int(size), PROT_READ | PROT_WRITE | PROT_EXEC) == 0)
    defer { byte.pointee = original }
    byte.pointee = UInt8(ascii: "A")
    StartingCode.release()
    #expect(byte.pointee == UInt8(ascii: "A"))
  }
}
