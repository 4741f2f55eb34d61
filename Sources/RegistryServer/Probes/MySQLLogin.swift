import NacosWire

/// The first packet of a server ("Protocol::HandshakeV10"): of it a check needs the salt.
struct MySQLGreeting: Equatable {
  static let version: UInt8 = 10
  static let saltBytes = 20

  var salt: [UInt8]

  init?(_ packet: MySQLPacket) {
    var reader = MySQLReader(packet.payload)
    guard reader.byte() == Self.version else { return nil }
    _ = reader.text()
    guard reader.bytes(4) != nil, let first = reader.bytes(8), reader.bytes(1) != nil, reader.bytes(2) != nil else {
      return nil
    }
    salt = Array(first)
    // An older server ends here, or has no second half.
    guard reader.bytes(16) != nil, let second = reader.bytes(Self.saltBytes - first.count) else { return }
    salt += second
  }
}

/// How a client answers a greeting ("Protocol::HandshakeResponse41").
enum MySQLLogin {
  /// Long passwords, the protocol of 4.1, its authentication, and naming the method.
  private static let capabilities: UInt32 = 0x1 | 0x200 | 0x8000 | 0x8_0000
  private static let mostPacketBytes: UInt32 = 1 << 16
  /// utf8mb4.
  private static let characterSet: UInt8 = 45

  static func response(user: String, proof: [UInt8]) -> [UInt8] {
    var payload = littleEndian(capabilities) + littleEndian(mostPacketBytes) + [characterSet]
    payload += Array(repeating: 0, count: 23)
    payload += user.utf8.filter { $0 != 0 } + [0]
    payload += [UInt8(truncatingIfNeeded: proof.count)] + proof
    payload += Array(MySQLCheck.nativePassword.utf8) + [0]
    return payload
  }

  /// That one knows the password, without telling it: SHA1(password) xor SHA1(salt, SHA1(SHA1(password))). Empty for an
  /// empty password; nil where there is no SHA-1.
  static func proof(of password: String, salt: [UInt8]) -> [UInt8]? {
    if password.isEmpty { return [] }
    guard let once = SHA1.digest(Array(password.utf8)), let twice = SHA1.digest(once),
      let mask = SHA1.digest(salt + twice)
    else { return nil }
    return zip(once, mask).map { $0 ^ $1 }
  }

  private static func littleEndian(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

  /// A server's wish for another method ("Protocol::AuthSwitchRequest").
  struct Switch {
    var method: String
    var salt: [UInt8]

    init?(_ packet: MySQLPacket) {
      var reader = MySQLReader(packet.payload)
      guard reader.byte() == MySQLPacket.switchesLogin, !reader.isAtEnd else { return nil }
      method = String(decoding: reader.text(), as: UTF8.self)
      salt = Array(reader.remaining().prefix(MySQLGreeting.saltBytes))
    }
  }
}

/// The answer to a query, packet by packet, up to its first row ("COM_QUERY Response").
struct MySQLRows {
  enum Outcome: Equatable {
    case more
    case malformed
    /// There is no row.
    case none
    /// NULL is nil.
    case row([[UInt8]?])
  }

  private var columns: Int?
  private var seenColumns = 0
  private var isPastColumns = false

  mutating func take(_ packet: MySQLPacket) -> Outcome {
    var reader = MySQLReader(packet.payload)
    guard let columns else {
      if packet.payload.first == MySQLPacket.ok { return .none }
      guard let count = reader.number(), count > 0 else { return .malformed }
      columns = count
      return .more
    }
    if isPastColumns { return packet.isEnd ? .none : row(&reader, columns) }
    if seenColumns < columns { seenColumns += 1 } else if packet.isEnd { isPastColumns = true } else { return .malformed }
    return .more
  }

  private func row(_ reader: inout MySQLReader, _ count: Int) -> Outcome {
    var values: [[UInt8]?] = []
    while values.count < count {
      if reader.next == MySQLPacket.null {
        _ = reader.byte()
        values.append(nil)
      } else if let length = reader.number(), let value = reader.bytes(length) {
        values.append(Array(value))
      } else {
        return .malformed
      }
    }
    return .row(values)
  }
}
