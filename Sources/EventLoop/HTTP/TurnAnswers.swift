/// The short answers that were given in this turn of the loop, to be sent together at its end.
///
/// An answer that is sent at once takes the processor from the server's code into the kernel's and back for each request,
/// and wakes its reader, who may take the processor away: that cost a fifth of a registration. The first answer of a turn
/// waits for the turn's end; a full turn is over sooner for it.
final class TurnAnswers {
  /// A longer one is sent at once.
  private static let longest = 8 * 1024
  /// More do not wait for each other.
  private static let most = 64

  private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
  private var used = 0
  /// Whose answers these are, in order; each knows its own.
  private var connections: [HTTPConnection] = []

  deinit {
    room.deallocate()
  }

  /// Whether so many wait that they should not wait for more.
  var areMany: Bool { connections.count >= Self.most || used > room.count / 2 }

  /// Takes the answer of `connection`; false if it has to be sent at once, after those that it has here already.
  func take(
    _ head: ResponseHead, _ body: ArraySlice<UInt8>, date: UnsafeRawBufferPointer, of connection: HTTPConnection
  ) -> Bool {
    let size = head.capacity + body.count
    if size > Self.longest || size > room.count - used { return false }
    let isFirst = connection.gathered.isEmpty
    // Another one's answer is in between.
    if !isFirst, connection.gathered.upperBound != used { return false }
    var writer = ByteWriter(UnsafeMutableRawBufferPointer(rebasing: room[used...]))
    head.write(into: &writer, date: date)
    body.withUnsafeBytes { writer.write($0) }
    connection.gathered = (isFirst ? used : connection.gathered.lowerBound)..<(used + writer.count)
    used += writer.count
    if isFirst { connections.append(connection) }
    return true
  }

  /// The bytes that a connection has here.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: room[range])
  }

  func send() {
    // By index: who is told that a client has gone may answer others.
    var index = 0
    while index < connections.count {
      let connection = connections[index]
      index += 1
      connection.sendGathered()
      connection.settle()
    }
    connections.removeAll(keepingCapacity: true)
    used = 0
  }
}
