import Glibc

/// Cuts a stream of bytes into lines, whatever pieces it arrives in.
struct LineSplitter {
  /// Bytes of one line.
  let longest: Int
  private var partial: [UInt8] = []

  init(longest: Int) { self.longest = longest }

  /// The lines that `bytes` complete.
  mutating func take(_ bytes: UnsafeRawBufferPointer) throws(HTTPFailure) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var rest = bytes[...]
    while let start = rest.baseAddress, let found = memchr(start, 0x0A, rest.count) {
      let length = UnsafeRawPointer(found) - start
      lines.append(try completed(by: rest.prefix(length)))
      rest = rest.dropFirst(length + 1)
    }
    partial.append(contentsOf: rest)
    guard partial.count <= longest else { throw .lineTooLong(limit: longest) }
    return lines
  }

  /// What stands behind the last line break, once nothing more will come.
  mutating func finish() -> [UInt8]? {
    defer { partial = [] }
    return partial.isEmpty ? nil : partial
  }

  private mutating func completed(by piece: Slice<UnsafeRawBufferPointer>) throws(HTTPFailure) -> [UInt8] {
    var line = partial
    partial = []
    line.append(contentsOf: piece)
    if line.last == 0x0D { line.removeLast() }
    guard line.count <= longest else { throw .lineTooLong(limit: longest) }
    return line
  }
}

extension Slice<UnsafeRawBufferPointer> {
  fileprivate var baseAddress: UnsafeRawPointer? { base.baseAddress.map { $0 + startIndex } }
}
