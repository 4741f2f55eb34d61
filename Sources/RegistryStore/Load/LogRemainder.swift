import Glibc

/// What stands in the write-ahead log behind the last transaction that SQLite takes from it. SQLite passes over it in
/// silence; but what is written there may have been answered, when the log was damaged later (reliability R02, R03).
///
/// The format is that of sqlite.org/walformat.html: a header of 32 bytes and frames of a header of 24 bytes and a page.
struct LogRemainder: Hashable {
  var bytes: Int
  /// How many transactions ended in it. None or one is what a kill or a power cut amid a transaction leaves.
  var transactions: Int

  private static let headerBytes = 32
  private static let frameHeaderBytes = 24

  /// What is behind the first `frames` frames of `log`; nil for nothing. Frames of the log's earlier use, which still stand
  /// behind those of its present one, do not count.
  init?(of log: FileDescriptor, behind frames: Int, pageSize: Int) {
    var status = stat()
    guard fstat(log.number, &status) == 0, status.st_size > 0 else { return nil }
    let size = Int(status.st_size)
    guard let header = Self.read(log, at: 0, count: Self.headerBytes), Self.isIntact(header) else {
      // Which frames are of its present use cannot be told any more.
      self.init(bytes: size, transactions: frames == 0 ? size / (Self.frameHeaderBytes + pageSize) : 0)
      return
    }
    let salts = [Self.word(header, at: 16), Self.word(header, at: 20)]
    let frameBytes = Self.frameHeaderBytes + pageSize
    self.init(bytes: 0, transactions: 0)
    for start in stride(from: Self.headerBytes + frames * frameBytes, to: size, by: frameBytes) {
      let isWhole = start + frameBytes <= size
      guard let frame = Self.read(log, at: start, count: Self.frameHeaderBytes) else {
        bytes += size - start
        break
      }
      // Both salts change with each use; where one is the same, a bit of the other has turned over.
      guard salts[0] == Self.word(frame, at: 8) || salts[1] == Self.word(frame, at: 12) else { continue }
      bytes += min(frameBytes, size - start)
      if isWhole, Self.word(frame, at: 4) != 0 { transactions += 1 }
    }
    if bytes == 0 { return nil }
  }

  private init(bytes: Int, transactions: Int) {
    self.bytes = bytes
    self.transactions = transactions
  }

  private static func read(_ file: FileDescriptor, at offset: Int, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return pread(file.number, &bytes, count, offset) == count ? bytes : nil
  }

  private static func word(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Whether the header's checksum is that of the rest of it.
  private static func isIntact(_ header: [UInt8]) -> Bool {
    let magic = word(header, at: 0)
    guard magic & ~1 == 0x377f_0682 else { return false }
    var sums: (UInt32, UInt32) = (0, 0)
    for offset in stride(from: 0, to: 24, by: 8) {
      let words = (word(header, at: offset), word(header, at: offset + 4))
      sums.0 &+= (magic & 1 == 1 ? words.0 : words.0.byteSwapped) &+ sums.1
      sums.1 &+= (magic & 1 == 1 ? words.1 : words.1.byteSwapped) &+ sums.0
    }
    return sums == (word(header, at: 24), word(header, at: 28))
  }
}
