import EventLoop
import RegistryModel

/// A check by the MySQL client protocol: the greeting of version 10, a login with `mysql_native_password`, and one
/// query.
///
/// Without a user the greeting alone counts. The handshake is still brought to its end, as nobody: a server counts
/// those that break off, and after a hundred refuses the host that did it. With a user but no query the login counts. Of a
/// query's answer the first packet counts; only for `readOnlyQuery` the first row is looked at. Not spoken: TLS,
/// compression, and other logins (`caching_sha2_password`, `sha256_password`, `ed25519`) unless the password is empty or,
/// for the first, the server has it cached; such a check says nothing.
struct MySQLCheck: TCPSpeaker {
  /// The query by which operators tell a replica from its source, to the letter; `ON` in its second column is a failure.
  static let readOnlyQuery = "show global variables where variable_name='read_only'"
  /// Bytes of one answer.
  static let mostBytes = 1_024
  static let nativePassword = "mysql_native_password"

  private enum Stage { case greeting, login, lastWord, query }

  private let user: String
  private let password: String
  private let command: String
  private var stage = Stage.greeting
  private var packets = MySQLPackets()
  private var received = 0
  private var rows = MySQLRows()
  /// What the server showed; nil while it has not shown anything.
  private(set) var reason: ProbeReason?

  init(user: String?, password: String?, command: String?) {
    self.user = user ?? ""
    self.password = password ?? ""
    self.command = command ?? ""
  }

  mutating func connected() -> TCPMove { .listen(Self.mostBytes) }

  mutating func received(_ bytes: UnsafeRawBufferPointer) -> TCPMove {
    received += bytes.count
    packets.append(bytes)
    while let packet = packets.next(most: Self.mostBytes) {
      guard let packet = try? packet.get() else { return end(.malformed) }
      if let move = answer(packet) { return move }
    }
    let room = Self.mostBytes - received
    return room > 0 ? .listen(room) : end(.malformed)
  }

  /// What to do about one packet; nil to look at the next.
  private mutating func answer(_ packet: MySQLPacket) -> TCPMove? {
    switch stage {
    case .greeting: greeted(packet)
    case .login: loggedIn(packet)
    case .lastWord: .hangUp
    case .query: queried(packet)
    }
  }

  private mutating func greeted(_ packet: MySQLPacket) -> TCPMove {
    if let code = packet.errorCode { return end(.databaseError(code)) }
    guard let greeting = MySQLGreeting(packet) else { return end(.malformed) }
    let isNobody = user.isEmpty
    if isNobody { reason = .answered }
    guard let proof = isNobody ? [] : MySQLLogin.proof(of: password, salt: greeting.salt) else {
      return end(.unsupportedLogin)
    }
    stage = isNobody ? .lastWord : .login
    return say(MySQLLogin.response(user: user, proof: proof), after: packet)
  }

  private mutating func loggedIn(_ packet: MySQLPacket) -> TCPMove? {
    if let code = packet.errorCode { return end(.databaseError(code)) }
    switch packet.payload.first {
    case MySQLPacket.ok: return command.isEmpty ? bid(.answered) : ask()
    case MySQLPacket.switchesLogin: return loginAgain(packet)
    // The server knew the password by heart: its word comes next.
    case MySQLPacket.more where packet.payload.dropFirst().elementsEqual([3]): return nil
    default: return lastWord(.unsupportedLogin, after: packet)
    }
  }

  private mutating func loginAgain(_ packet: MySQLPacket) -> TCPMove {
    guard let asked = MySQLLogin.Switch(packet) else { return lastWord(.unsupportedLogin, after: packet) }
    if password.isEmpty { return say([], after: packet) }
    guard asked.method == Self.nativePassword, let proof = MySQLLogin.proof(of: password, salt: asked.salt) else {
      return lastWord(.unsupportedLogin, after: packet)
    }
    return say(proof, after: packet)
  }

  /// Lets the handshake fail in good order.
  private mutating func lastWord(_ reason: ProbeReason, after packet: MySQLPacket) -> TCPMove {
    self.reason = reason
    stage = .lastWord
    return say([], after: packet)
  }

  private mutating func ask() -> TCPMove {
    stage = .query
    received = 0
    return .say(MySQLPackets.packet([MySQLPacket.query] + command.utf8, sequence: 0), listen: Self.mostBytes)
  }

  private mutating func queried(_ packet: MySQLPacket) -> TCPMove? {
    if let code = packet.errorCode { return end(.databaseError(code)) }
    guard command == Self.readOnlyQuery else {
      // Asked for a file of ours, we do not answer.
      return packet.payload.first == MySQLPacket.wantsFile ? end(.malformed) : bid(.answered)
    }
    switch rows.take(packet) {
    case .more: return nil
    case .malformed: return end(.malformed)
    case .none: return bid(.answered)
    case .row(let columns): return bid(columns.dropFirst().first == Array("ON".utf8) ? .readOnly : .answered)
    }
  }

  private mutating func say(_ payload: [UInt8], after packet: MySQLPacket) -> TCPMove {
    received = 0
    return .say(MySQLPackets.packet(payload, sequence: packet.sequence &+ 1), listen: Self.mostBytes)
  }

  /// Says good-bye.
  private mutating func bid(_ reason: ProbeReason) -> TCPMove {
    self.reason = reason
    return .sayLast(MySQLPackets.packet([MySQLPacket.quit], sequence: 0))
  }

  private mutating func end(_ reason: ProbeReason) -> TCPMove {
    self.reason = reason
    return .hangUp
  }
}
