import Testing

@testable import RegistryStore

@Suite struct RowDigestTests {
  private func digest(_ values: SQLiteValue..., table: StaticString = "t") -> Int64 {
    values.digest(in: Table(name: table, columns: [], keyCount: 0))
  }

  @Test func everyBitOfATextCounts() {
    let text = Array("abcdefghijklmnopq".utf8)
    var seen: Set<Int64> = [digest(.blob(text))]
    for index in text.indices {
      for bit in 0..<8 {
        var other = text
        other[index] ^= 1 << bit
        seen.insert(digest(.blob(other)))
      }
    }
    #expect(seen.count == 1 + text.count * 8)
  }

  @Test func kindOrderLengthAndTableCount() {
    let digests = [
      digest(.null), digest(.integer(0)), digest(.real(0)), digest(.text("")), digest(), digest(.null, .null),
      digest(.text("ab"), .text("c")), digest(.text("a"), .text("bc")), digest(.text("a\u{0}")), digest(.text("a")),
      digest(.integer(1), .integer(2)), digest(.integer(2), .integer(1)), digest(.null, table: "u"),
    ]
    #expect(Set(digests).count == digests.count)
  }

  @Test func itIsTheSameReadAsItWasWritten() throws {
    let values: [SQLiteValue] = [
      .null, .integer(-1), .real(-0.0), .real(1.5), .text("grün"), .text(""), .blob([1, 2]), .text("12345678"),
    ]
    let connection = try SQLiteConnection(path: ":memory:")
    try connection.execute("CREATE TABLE t (a ANY, b ANY, c REAL, d REAL, e ANY, f ANY, g ANY, h ANY) STRICT")
    try connection.prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)").run(values)
    var read = RowDigest(table: "t")
    try connection.prepare("SELECT * FROM t").forEach { row in
      for column in values.indices { row.mix(column, into: &read) }
    }
    #expect(read.value == values.digest(in: Table(name: "t", columns: [], keyCount: 0)))
  }

  /// What files hold must not come to mean something else.
  @Test func itStaysWhatItIs() {
    #expect(digest(.integer(1), .text("registry"), .null, .real(0.5)) == -8_129_536_897_199_793_863)
  }
}
