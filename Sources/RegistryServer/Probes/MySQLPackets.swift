/// One packet of the MySQL protocol (client/server protocol, "MySQL Packets").
struct MySQLPacket: Equatable {
  static let ok: UInt8 = 0x00
  static let more: UInt8 = 0x01
  static let query: UInt8 = 0x03
  static let quit: UInt8 = 0x01
  static let wantsFile: UInt8 = 0xfb
  /// In a row: a column without a value.
  static let null: UInt8 = 0xfb
  static let switchesLogin: UInt8 = 0xfe
  static let error: UInt8 = 0xff

  var sequence: UInt8
  var payload: [UInt8]

  /// The number of the error that this packet reports, if it does.
  var errorCode: Int? {
    guard payload.count >= 3, payload[0] == Self.error else { return nil }
    return Int(payload[1]) | Int(payload[2]) << 8
  }

  /// The end of a list of columns or rows.
  var isEnd: Bool { payload.first == Self.switchesLogin && payload.count < 9 }
}

/// Bytes as they come, by the packet.
struct MySQLPackets {
  struct TooLong: Error {}

  private var bytes: [UInt8] = []
  private var start = 0

  mutating func append(_ more: UnsafeRawBufferPointer) {
    bytes.removeFirst(start)
    start = 0
    bytes.append(contentsOf: more)
  }

  /// The next packet that is there as a whole; nil before it is. One with more than `most` bytes is an error, once its
  /// head is there.
  mutating func next(most: Int) -> Result<MySQLPacket, TooLong>? {
    let rest = bytes[start...]
    guard rest.count >= 4 else { return nil }
    let length = Int(rest[start]) | Int(rest[start + 1]) << 8 | Int(rest[start + 2]) << 16
    if length > most { return .failure(TooLong()) }
    guard rest.count >= 4 + length else { return nil }
    defer { start += 4 + length }
    return .success(
      MySQLPacket(sequence: rest[start + 3], payload: Array(rest[(start + 4)..<(start + 4 + length)])))
  }

  /// A packet as it is sent. What is configured is shorter than a packet may be.
  static func packet(_ payload: [UInt8], sequence: UInt8) -> [UInt8] {
    let length = payload.count
    return [UInt8(length & 0xff), UInt8(length >> 8 & 0xff), UInt8(length >> 16 & 0xff), sequence] + payload
  }
}

/// Reads one payload from its beginning to its end.
struct MySQLReader {
  private var rest: ArraySlice<UInt8>

  init(_ payload: [UInt8]) { rest = payload[...] }

  var isAtEnd: Bool { rest.isEmpty }
  var next: UInt8? { rest.first }

  mutating func byte() -> UInt8? { rest.popFirst() }

  mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// Up to a NUL, which is skipped; up to the end where there is none.
  mutating func text() -> ArraySlice<UInt8> {
    let text = rest.prefix { $0 != 0 }
    rest = rest.dropFirst(text.count + 1)
    return text
  }

  mutating func remaining() -> ArraySlice<UInt8> {
    defer { rest = [] }
    return rest
  }

  /// A number of one to nine bytes; nil for what is none.
  mutating func number() -> Int? {
    guard let first = byte() else { return nil }
    switch first {
    case 0...0xfa: return Int(first)
    case 0xfc: return number(of: 2)
    case 0xfd: return number(of: 3)
    default: return nil
    }
  }

  private mutating func number(of count: Int) -> Int? {
    bytes(count)?.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
