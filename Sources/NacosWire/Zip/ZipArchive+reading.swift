extension ZipArchive {
  /// Why something is no archive of ours.
  public struct Problem: Error, Hashable, Sendable {
    public var reason: String
  }

  /// Reads one; folders are left out.
  public init(_ bytes: [UInt8], limits: Limits) throws(Problem) {
    let reader = ZipReader(bytes: bytes)
    guard let end = reader.end() else { throw Problem(reason: "no end of an archive found") }
    guard end.count <= limits.entries else { throw Problem(reason: "more than \(limits.entries) entries") }
    var entries: [Entry] = []
    var left = limits.bytes
    var offset = end.start
    for _ in 0..<end.count {
      guard let place = reader.place(at: offset) else { throw Problem(reason: "a damaged directory") }
      offset = place.next
      if place.name.hasSuffix("/") { continue }
      guard let content = reader.content(of: place, limit: left) else {
        throw Problem(reason: "\(place.name.prefix(100)) is damaged, encrypted or too large")
      }
      left -= content.count
      entries.append(Entry(name: place.name, bytes: content))
    }
    self.init(entries)
  }
}

private struct ZipReader {
  /// Where an entry is, as the directory says.
  struct Place {
    var name: String
    var flags: UInt16
    var method: UInt16
    var checksum: UInt32
    var packedCount: Int
    var count: Int
    var offset: Int
    /// Where the directory goes on.
    var next: Int
  }

  private static let directoryBytes = 46
  private static let localBytes = 30
  private static let endBytes = 22

  let bytes: [UInt8]

  /// Where the directory begins and how many entries it has: what stands at the very end, but for a comment.
  func end() -> (start: Int, count: Int)? {
    let first = max(0, bytes.count - Self.endBytes - Int(UInt16.max))
    var at = bytes.count - Self.endBytes
    while at >= first {
      if number(at, as: UInt32.self) == ZipArchive.Signature.end, let comment = number(at + 20, as: UInt16.self),
        at + Self.endBytes + Int(comment) == bytes.count, let parts = number(at + 4, as: UInt32.self), parts == 0,
        let count = number(at + 10, as: UInt16.self), let start = number(at + 16, as: UInt32.self)
      {
        return (Int(start), Int(count))
      }
      at -= 1
    }
    return nil
  }

  func place(at offset: Int) -> Place? {
    guard number(offset, as: UInt32.self) == ZipArchive.Signature.directory,
      let flags = number(offset + 8, as: UInt16.self), let method = number(offset + 10, as: UInt16.self),
      let checksum = number(offset + 16, as: UInt32.self), let packed = number(offset + 20, as: UInt32.self),
      let count = number(offset + 24, as: UInt32.self), let nameCount = number(offset + 28, as: UInt16.self),
      let extra = number(offset + 30, as: UInt16.self), let comment = number(offset + 32, as: UInt16.self),
      let local = number(offset + 42, as: UInt32.self),
      let name = slice(offset + Self.directoryBytes, Int(nameCount))
    else { return nil }
    return Place(
      name: String(decoding: name, as: UTF8.self), flags: flags, method: method, checksum: checksum,
      packedCount: Int(packed), count: Int(count), offset: Int(local),
      next: offset + Self.directoryBytes + Int(nameCount) + Int(extra) + Int(comment))
  }

  func content(of place: Place, limit: Int) -> [UInt8]? {
    let isEncrypted = place.flags & 1 != 0
    guard !isEncrypted, place.count <= limit, number(place.offset, as: UInt32.self) == ZipArchive.Signature.local,
      let nameCount = number(place.offset + 26, as: UInt16.self), let extra = number(place.offset + 28, as: UInt16.self),
      let packed = slice(place.offset + Self.localBytes + Int(nameCount) + Int(extra), place.packedCount)
    else { return nil }
    let content: [UInt8]? =
      switch place.method {
      case ZipArchive.Method.stored: Array(packed)
      case ZipArchive.Method.deflated: Deflation.inflate(Array(packed), limit: place.count)
      default: nil
      }
    guard let content, content.count == place.count, Deflation.checksum(content) == place.checksum else { return nil }
    return content
  }

  private func slice(_ start: Int, _ count: Int) -> ArraySlice<UInt8>? {
    start >= 0 && start <= bytes.count && count <= bytes.count - start ? bytes[start..<(start + count)] : nil
  }

  /// A number, its lowest byte first.
  private func number<Number: FixedWidthInteger & UnsignedInteger>(_ start: Int, as _: Number.Type) -> Number? {
    slice(start, Number.bitWidth / 8)?.reversed().reduce(0) { $0 << 8 | Number($1) }
  }
}
