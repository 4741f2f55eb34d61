/// Bounds of a streamed answer.
public struct HTTPLineLimits: Sendable, Hashable {
  /// No byte for so long fails the stream with `HTTPFailure.silent`. Time in which the reader keeps the stream waiting does
  /// not count.
  public var silence = Duration.seconds(30)
  /// Bytes of one line.
  public var longestLine = 1 << 20
  /// Bytes of lines that wait for their reader. A reader that is slower stops the transfer from reading on, so the peer
  /// feels it; nothing is lost and nothing grows.
  public var maximumBacklog = 4 << 20

  public init() {}
}

/// An answer's body as lines, without their `\n` or `\r\n`; what follows the last line break is a line if it is not empty.
///
/// For one reader. The transfer ends when the stream and its iterators are gone, or when the task that waits in `next()` is
/// cancelled. Lines that arrived before a failure are delivered before it.
public struct HTTPLineStream: AsyncSequence, Sendable {
  public typealias Element = [UInt8]
  public typealias Failure = HTTPFailure

  public let status: Int
  public let headers: [HTTPHeader]
  private let transfer: StreamedTransfer

  init(head: ResponseHead, transfer: StreamedTransfer) {
    status = head.status
    headers = head.headers
    self.transfer = transfer
  }

  public subscript(header name: String) -> String? { headers.first(named: name) }

  public func makeAsyncIterator() -> Iterator { Iterator(transfer: transfer) }

  public struct Iterator: AsyncIteratorProtocol {
    let transfer: StreamedTransfer

    public mutating func next() async throws(HTTPFailure) -> [UInt8]? { try await transfer.next() }

    public mutating func next(isolation actor: isolated (any Actor)?) async throws(HTTPFailure) -> [UInt8]? {
      try await transfer.next()
    }
  }
}

/// The reader's hold on a transfer: gone with its last reference.
final class StreamedTransfer: Sendable {
  private let ticket: Ticket
  private let channel: LineChannel
  private let owner: TransferLoopOwner

  init(ticket: Ticket, channel: LineChannel, owner: TransferLoopOwner) {
    self.ticket = ticket
    self.channel = channel
    self.owner = owner
  }

  deinit { ticket.cancel() }

  func next() async throws(HTTPFailure) -> [UInt8]? {
    let outcome = await withTaskCancellationHandler {
      await channel.next(afterPause: { ticket.resume() })
    } onCancel: {
      channel.abandon()
      ticket.cancel()
    }
    return try outcome.get()
  }
}
