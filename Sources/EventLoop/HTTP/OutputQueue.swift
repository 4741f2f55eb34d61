/// What waits for a socket that takes no more: runs of bytes, shared with whoever made them where they are large.
struct OutputQueue {
  private struct Segment {
    var bytes: ArraySlice<UInt8>
    /// Made here, so that more may be appended.
    var isOwned: Bool
  }

  /// Small pieces are gathered up to this size: each segment costs a call of the kernel.
  private static let gatheringBytes = 4096

  private var segments: [Segment] = []
  private var first = 0
  /// Bytes that wait.
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  /// The next bytes to send.
  var front: ArraySlice<UInt8> {
    first < segments.count ? segments[first].bytes : []
  }

  mutating func append(copying bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    count += bytes.count
    let last = segments.count - 1
    if last >= first, segments[last].isOwned, segments[last].bytes.count < Self.gatheringBytes {
      segments[last].bytes.append(contentsOf: bytes)
    } else {
      segments.append(Segment(bytes: ArraySlice(bytes), isOwned: true))
    }
  }

  /// As one run, which ``front`` gives back as one.
  mutating func append(joining parts: UnsafeRawBufferPointer...) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts { bytes.append(contentsOf: part) }
    count += bytes.count
    segments.append(Segment(bytes: bytes[...], isOwned: true))
  }

  /// Small ones are copied, large ones shared.
  mutating func append(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count >= Self.gatheringBytes else { return bytes.withUnsafeBytes { append(copying: $0) } }
    count += bytes.count
    segments.append(Segment(bytes: bytes, isOwned: false))
  }

  /// The first `sent` bytes have gone; they lie within ``front``.
  mutating func removeFirst(_ sent: Int) {
    guard first < segments.count else { return }
    count -= sent
    segments[first].bytes.removeFirst(sent)
    guard segments[first].bytes.isEmpty else { return }
    segments[first] = Segment(bytes: [], isOwned: false)
    first += 1
    if first == segments.count {
      segments = []
      first = 0
    } else if first >= 64 {
      // A queue that never runs empty shall not keep the places of what has gone.
      segments.removeFirst(first)
      first = 0
    }
  }
}
