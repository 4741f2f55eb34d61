import Testing

@testable import NacosWire

@Suite("Archives")
struct ZipArchiveTests {
  private static let limits = ZipArchive.Limits(entries: 100, bytes: 1 << 20)

  private static func entry(_ name: String, _ text: String) -> ZipArchive.Entry {
    ZipArchive.Entry(name: name, bytes: Array(text.utf8))
  }

  /// As programs write it that cannot go back in what they have written: sizes follow the contents; with a folder and a
  /// comment.
  private static let foreign = """
    UEsDBBQACAAAAAAAIQAAAAAAAAAAAAAAAAACAAAARy9QSwcIAAAAAAAAAAAAAAAAUEsDBBQACAAIAAAAIQAAAAAAAAAAAAAAAAAIAAAARy9hLnlh\
    bWxLTCQLAABQSwcITuPfqgYAAAA3AAAAUEsDBBQACAgAAAAAIQAAAAAAAAAAAAAAAAAFAAAARy/kuK3DqVBLBwg+jQQOAgAAAAIAAABQSwECFAMU\
    AAgAAAAAACEAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAgAEAAAAARy9QSwECFAMUAAgACAAAACEATuPfqgYAAAA3AAAACAAAAAAAAAAAAAAAgAEw\
    AAAARy9hLnlhbWxQSwECFAMUAAgIAAAAACEAPo0EDgIAAAACAAAABQAAAAAAAAAAAAAAgAFsAAAARy/kuK1QSwUGAAAAAAMAAwCZAAAAoQAAAA4A\
    bWFkZSBlbHNld2hlcmU
    """

  private static var foreignBytes: [UInt8] {
    let replaced = foreign.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      default: byte
      }
    }
    return Base64URL.decode(replaced) ?? []
  }

  @Test("what is written is read")
  func roundTrip() throws {
    let archive = ZipArchive([
      Self.entry("G/a.yaml", "x: 1\n"), Self.entry("G/中", String(repeating: "long ", count: 2_000)), Self.entry("G/empty", ""),
    ])
    let bytes = try #require(archive.encoded())
    #expect(bytes.count < 1_000)
    #expect(try ZipArchive(bytes, limits: Self.limits) == archive)
    #expect(try ZipArchive(ZipArchive().encoded() ?? [], limits: Self.limits).entries.isEmpty)
  }

  @Test("archives of others are read")
  func ofOthers() throws {
    let archive = try ZipArchive(Self.foreignBytes, limits: Self.limits)
    #expect(archive.entries == [Self.entry("G/a.yaml", String(repeating: "a", count: 55)), Self.entry("G/中", "é")])
  }

  @Test("a small archive may not become a large text")
  func bombs() throws {
    let large = ZipArchive([Self.entry("a", String(repeating: "a", count: 60_000)), Self.entry("b", "b")])
    let bytes = try #require(large.encoded())
    #expect(bytes.count < 400)
    #expect(throws: ZipArchive.Problem.self) { try ZipArchive(bytes, limits: .init(entries: 2, bytes: 60_000)) }
    #expect(throws: ZipArchive.Problem.self) { try ZipArchive(bytes, limits: .init(entries: 1, bytes: 1 << 20)) }
    #expect(try ZipArchive(bytes, limits: .init(entries: 2, bytes: 60_001)) == large)
  }

  @Test("damaged ones are refused or read as they were, whatever byte is hit")
  func damage() throws {
    let whole = Self.foreignBytes
    let archive = try ZipArchive(whole, limits: Self.limits)
    for index in whole.indices {
      for flip: UInt8 in [1, 0x80, 0xff] {
        var bytes = whole
        bytes[index] ^= flip
        guard let read = try? ZipArchive(bytes, limits: Self.limits) else { continue }
        // Times, versions and names are nobody's to check; contents are.
        let contents = Set(archive.entries.map(\.bytes) + [[]])
        #expect(read.entries.allSatisfy { contents.contains($0.bytes) }, "byte \(index)")
      }
      _ = try? ZipArchive(Array(whole[..<index]), limits: Self.limits)
    }
    for text in ["", "PK", "garbage", String(repeating: "PK\u{5}\u{6}", count: 20)] {
      #expect(throws: ZipArchive.Problem.self) { try ZipArchive(Array(text.utf8), limits: Self.limits) }
    }
  }
}
