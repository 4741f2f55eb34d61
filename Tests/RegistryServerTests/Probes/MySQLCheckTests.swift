import EventLoop
import RegistryModel
import Testing

@testable import RegistryServer

/// What a MySQL server says, packet by packet.
enum MySQLScript {
  static let salt = Array("abcdefghijklmnopqrst".utf8)

  static func packet(_ sequence: UInt8, _ payload: [UInt8]) -> [UInt8] {
    MySQLPackets.packet(payload, sequence: sequence)
  }

  static var greeting: [UInt8] {
    var payload: [UInt8] = [10] + Array("8.0.36-fake".utf8) + [0] + [1, 0, 0, 0] + salt.prefix(8) + [0]
    payload += [0xff, 0xf7, 45, 2, 0, 0xff, 0xdf, 21] + Array(repeating: 0, count: 10)
    payload += Array(salt[8...]) + [0] + Array("mysql_native_password".utf8) + [0]
    return packet(0, payload)
  }

  static func ok(_ sequence: UInt8) -> [UInt8] { packet(sequence, [0, 0, 0, 2, 0, 0, 0]) }

  static func error(_ sequence: UInt8, _ code: Int) -> [UInt8] {
    packet(sequence, [0xff, UInt8(code & 0xff), UInt8(code >> 8)] + Array("#28000no".utf8))
  }

  static func switchTo(_ method: String, _ sequence: UInt8) -> [UInt8] {
    packet(sequence, [0xfe] + Array(method.utf8) + [0] + salt + [0])
  }

  static func end(_ sequence: UInt8) -> [UInt8] { packet(sequence, [0xfe, 0, 0, 2, 0]) }

  static func rows(_ values: [[String?]], columns: Int = 2) -> [UInt8] {
    var sequence: UInt8 = 1
    func next(_ payload: [UInt8]) -> [UInt8] {
      defer { sequence += 1 }
      return packet(sequence, payload)
    }
    var bytes = next([UInt8(columns)])
    for _ in 0..<columns { bytes += next([3] + Array("def".utf8) + Array(repeating: 0, count: 30)) }
    bytes += next([0xfe, 0, 0, 2, 0])
    for row in values {
      bytes += next(row.flatMap { value in value.map { [UInt8($0.utf8.count)] + Array($0.utf8) } ?? [0xfb] })
    }
    return bytes + next([0xfe, 0, 0, 2, 0])
  }
}

@Suite struct MySQLCheckTests {
  /// Hands a server's words in, in pieces of any size, and returns the last move.
  private static func tell(_ check: inout MySQLCheck, _ bytes: [UInt8], pieces: Int = 1_000) -> TCPMove {
    var rest = bytes[...]
    var move = TCPMove.listen(1)
    while !rest.isEmpty, !isOver(move) {
      let piece = Array(rest.prefix(pieces))
      rest = rest.dropFirst(pieces)
      move = piece.withUnsafeBytes { check.received($0) }
    }
    return move
  }

  private static func isOver(_ move: TCPMove) -> Bool {
    switch move {
    case .hangUp, .sayLast: true
    case .say, .listen: false
    }
  }

  private static func said(_ move: TCPMove) -> [UInt8]? {
    switch move {
    case .say(let bytes, _), .sayLast(let bytes): return bytes
    case .listen, .hangUp: return nil
    }
  }

  private static func loggedIn(command: String?) throws -> MySQLCheck {
    var check = MySQLCheck(user: "probe", password: "secret", command: command)
    #expect(check.connected() == .listen(1_024))
    let response = try #require(said(tell(&check, MySQLScript.greeting)))
    let proof: [UInt8] = [
      0x88, 0x17, 0xc5, 0x0f, 0xa7, 0x79, 0xda, 0xef, 0x01, 0x0e, 0xe7, 0x57, 0x78, 0x25, 0xb0, 0x84, 0x7d, 0xf9, 0x84, 0x2e,
    ]
    #expect(response[3] == 1)
    #expect(Array(response[36...]) == Array("probe".utf8) + [0, 20] + proof + Array("mysql_native_password".utf8) + [0])
    return check
  }

  @Test(arguments: [1, 7, 1_000]) func aLoginAndAQuery(pieces: Int) throws {
    var check = try Self.loggedIn(command: "select 1")
    let query = Self.tell(&check, MySQLScript.ok(2), pieces: pieces)
    #expect(Self.said(query) == MySQLPackets.packet([3] + Array("select 1".utf8), sequence: 0))
    #expect(check.reason == nil)
    let goodBye = Self.tell(&check, MySQLScript.rows([["1", "2"]]), pieces: pieces)
    #expect(check.reason == .answered)
    #expect(goodBye == .sayLast([1, 0, 0, 0, 1]))
  }

  @Test func withoutAQueryTheLoginCounts() throws {
    var check = try Self.loggedIn(command: nil)
    #expect(Self.said(Self.tell(&check, MySQLScript.ok(2))) == [1, 0, 0, 0, 1])
    #expect(check.reason == .answered)
  }

  @Test(arguments: [nil, ""]) func withoutAUserTheGreetingCounts(user: String?) throws {
    var check = MySQLCheck(user: user, password: nil, command: "select 1")
    _ = check.connected()
    // It ends the handshake as nobody, so that the server does not count it as broken off.
    let response = try #require(Self.said(Self.tell(&check, MySQLScript.greeting)))
    #expect(Array(response[36...]) == [0, 0] + Array("mysql_native_password".utf8) + [0])
    #expect(check.reason == .answered)
    #expect(Self.tell(&check, MySQLScript.error(2, 1045)) == .hangUp)
    #expect(check.reason == .answered)
  }

  @Test func errorsAreTheServersNumbers() throws {
    var greeted = MySQLCheck(user: nil, password: nil, command: nil)
    #expect(Self.tell(&greeted, MySQLScript.error(0, 1040)) == .hangUp)
    #expect(greeted.reason == .databaseError(1040))
    var denied = try Self.loggedIn(command: "select 1")
    #expect(Self.tell(&denied, MySQLScript.error(2, 1045)) == .hangUp)
    #expect(denied.reason == .databaseError(1045))
    var asked = try Self.loggedIn(command: "select x")
    _ = Self.tell(&asked, MySQLScript.ok(2))
    #expect(Self.tell(&asked, MySQLScript.error(1, 1054)) == .hangUp)
    #expect(asked.reason == .databaseError(1054))
  }

  @Test(
    arguments: [
      ([["read_only", "ON"]], ProbeReason.readOnly), ([["read_only", "OFF"]], .answered), ([["read_only", nil]], .answered),
      ([], .answered),
    ] as [([[String?]], ProbeReason)])
  func aReplicaIsToldFromItsSource(rows: [[String?]], reason: ProbeReason) throws {
    for pieces in [1, 1_000] {
      var check = try Self.loggedIn(command: MySQLCheck.readOnlyQuery)
      _ = Self.tell(&check, MySQLScript.ok(2))
      _ = Self.tell(&check, MySQLScript.rows(rows), pieces: pieces)
      #expect(check.reason == reason)
    }
  }

  @Test func aLoginThatWantsTheOldMethodAfterAllGetsIt() throws {
    var check = MySQLCheck(user: "probe", password: "secret", command: nil)
    _ = Self.tell(&check, MySQLScript.greeting)
    let again = Self.said(Self.tell(&check, MySQLScript.switchTo("mysql_native_password", 2)))
    #expect(again?.count == 24 && again?[3] == 3 && again?[4] == 0x88)
    _ = Self.tell(&check, MySQLScript.ok(4))
    #expect(check.reason == .answered)
  }

  @Test func aLoginThatWeDoNotSpeakSaysNothing() throws {
    var check = MySQLCheck(user: "probe", password: "secret", command: nil)
    _ = Self.tell(&check, MySQLScript.greeting)
    // The handshake is ended in order all the same.
    #expect(Self.said(Self.tell(&check, MySQLScript.switchTo("caching_sha2_password", 2))) == [0, 0, 0, 3])
    #expect(Self.tell(&check, MySQLScript.error(4, 1045)) == .hangUp)
    #expect(check.reason == .unsupportedLogin)
    #expect(ProbeJudgement.of(database: .unsupportedLogin).verdict == .unjudged)
    // Without a password there is nothing to prove.
    var bare = MySQLCheck(user: "probe", password: "", command: nil)
    _ = Self.tell(&bare, MySQLScript.greeting)
    #expect(Self.said(Self.tell(&bare, MySQLScript.switchTo("caching_sha2_password", 2))) == [0, 0, 0, 3])
    _ = Self.tell(&bare, MySQLScript.ok(4))
    #expect(bare.reason == .answered)
  }

  /// Whatever comes, it ends without a trap, and soon.
  @Test(
    arguments: [
      [], [9, 0], [10], [10] + Array("8.0".utf8) + [0], Array("SSH-2.0-OpenSSH_9.2p1\r\n".utf8), [0xff], [0xff, 1],
      Array(repeating: 0xff, count: 40), [10, 0] + Array(repeating: 0, count: 13),
    ] as [[UInt8]])
  func oddGreetings(payload: [UInt8]) {
    var check = MySQLCheck(user: "u", password: "p", command: "c")
    let move = Self.tell(&check, MySQLPackets.packet(payload, sequence: 255))
    #expect(move == .hangUp)
    #expect(check.reason == .malformed || check.reason == .databaseError(0xffff))
  }

  @Test func noiseAtEveryStage() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      var check = MySQLCheck(user: "u", password: "p", command: MySQLCheck.readOnlyQuery)
      var words = Bool.random(using: &random) ? MySQLScript.greeting + MySQLScript.ok(2) : MySQLScript.greeting
      if Bool.random(using: &random) { words += MySQLScript.rows([["read_only", "ON"]]) }
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        words[Int.random(in: 0..<words.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      words += (0..<1_100).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = Self.tell(&check, words, pieces: Int.random(in: 1...400, using: &random))
    }
  }

  @Test func anEndlessAnswerIsCut() throws {
    var check = try Self.loggedIn(command: MySQLCheck.readOnlyQuery)
    _ = Self.tell(&check, MySQLScript.ok(2))
    let columns =
      MySQLScript.packet(1, [200]) + (0..<200).flatMap { MySQLScript.packet(UInt8($0), Array(repeating: 1, count: 40)) }
    #expect(Self.tell(&check, columns, pieces: 500) == .hangUp)
    #expect(check.reason == .malformed)
    var long = MySQLCheck(user: nil, password: nil, command: nil)
    #expect(Self.tell(&long, [0xff, 0xff, 0xff, 0, 10]) == .hangUp)
  }

  @Test func aServerThatWantsAFileOfOursGetsNone() throws {
    var check = try Self.loggedIn(command: "load data local infile '/etc/passwd' into table t")
    _ = Self.tell(&check, MySQLScript.ok(2))
    #expect(Self.tell(&check, MySQLScript.packet(1, [0xfb] + Array("/etc/passwd".utf8))) == .hangUp)
    #expect(check.reason == .malformed)
  }
}
