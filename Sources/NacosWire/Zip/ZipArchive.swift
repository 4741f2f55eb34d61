/// A ZIP archive of texts (APPNOTE 6.3), as configurations are exported and imported in. Entries are stored or deflated;
/// archives in several parts, encrypted ones and those of more than 4 GB are not read.
public struct ZipArchive: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// What may come out of an archive: a small one may hold a thousand times its size.
  public struct Limits: Sendable {
    public var entries: Int
    public var bytes: Int

    public init(entries: Int, bytes: Int) {
      self.entries = entries
      self.bytes = bytes
    }
  }

  enum Signature {
    static let local: UInt32 = 0x0403_4b50
    static let directory: UInt32 = 0x0201_4b50
    static let end: UInt32 = 0x0605_4b50
  }

  enum Method {
    static let stored: UInt16 = 0
    static let deflated: UInt16 = 8
  }

  public var entries: [Entry]

  public init(_ entries: [Entry] = []) { self.entries = entries }

  /// Names are UTF-8, times are none. Nil when it would be too large for the format.
  public func encoded() -> [UInt8]? {
    guard let count = UInt16(exactly: entries.count) else { return nil }
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      guard let offset = UInt32(exactly: bytes.count), let head = Head(entry) else { return nil }
      bytes.append(littleEndian: Signature.local)
      bytes += head.common
      bytes += head.name
      bytes += head.packed
      directory.append(littleEndian: Signature.directory)
      directory.append(littleEndian: Head.version)
      directory += head.common
      // No comment, the first part, no attributes.
      directory += [UInt8](repeating: 0, count: 10)
      directory.append(littleEndian: offset)
      directory += head.name
    }
    guard let start = UInt32(exactly: bytes.count), let size = UInt32(exactly: directory.count) else { return nil }
    bytes += directory
    bytes.append(littleEndian: Signature.end)
    bytes += [0, 0, 0, 0]
    for _ in 0..<2 { bytes.append(littleEndian: count) }
    bytes.append(littleEndian: size)
    bytes.append(littleEndian: start)
    bytes += [0, 0]
    return bytes
  }

  /// What stands before an entry and again in the directory.
  private struct Head {
    static let version: UInt16 = 20
    /// Names are UTF-8.
    private static let flags: UInt16 = 0x800
    /// 1 January 1980, the first day that the format knows.
    private static let date: UInt16 = 0x21

    var name: [UInt8]
    var packed: [UInt8]
    /// From the version to the lengths of name and extra field.
    var common: [UInt8] = []

    init?(_ entry: Entry) {
      name = Array(entry.name.utf8)
      guard let deflated = Deflation.deflate(entry.bytes) else { return nil }
      let isSmaller = deflated.count < entry.bytes.count
      packed = isSmaller ? deflated : entry.bytes
      guard let nameCount = UInt16(exactly: name.count), let packedCount = UInt32(exactly: packed.count),
        let count = UInt32(exactly: entry.bytes.count)
      else { return nil }
      for field in [Self.version, Self.flags, isSmaller ? Method.deflated : Method.stored, 0, Self.date] {
        common.append(littleEndian: field)
      }
      for field in [Deflation.checksum(entry.bytes), packedCount, count] { common.append(littleEndian: field) }
      common.append(littleEndian: nameCount)
      common += [0, 0]
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(littleEndian number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: number >> shift)) }
  }
}
