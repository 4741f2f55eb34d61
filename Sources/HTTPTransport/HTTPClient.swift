import Synchronization

/// An HTTP/1.1 client: one thread on which libcurl runs every transfer, behind an `async` face.
///
/// Creating one costs nothing: libcurl is loaded and the thread started by the first request (some 5 ms), both end with the
/// last reference. Connections are kept alive and reused. A cancelled task ends its transfer within milliseconds.
public final class HTTPClient: Sendable {
  private let connectionsPerHost: Int
  private let maximumInFlight: Int
  private let owner = Mutex<TransferLoopOwner?>(nil)

  /// Requests beyond `connectionsPerHost` wait for a connection within their own timeout; beyond `maximumInFlight` they fail.
  public init(connectionsPerHost: Int = 64, maximumInFlight: Int = 1024) {
    self.connectionsPerHost = connectionsPerHost
    self.maximumInFlight = maximumInFlight
  }

  /// Loads libcurl, as the first request would: for a program that wants to know at its start that it is missing.
  public static func loadLibrary() throws(HTTPFailure) { try MultiHandle.loadLibrary() }

  /// Sends a request and waits for the whole answer, whatever its status.
  public func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    try request.validate()
    let ticket = Ticket(mailbox: try running().mailbox)
    let outcome = await ticket.cancelledWithTask { continuation in
      .start(ticket, request, .response(continuation))
    }
    return try outcome.get()
  }

  /// Sends a request whose answer is read line by line as it arrives, for as long as the peer goes on.
  ///
  /// Returns when the head has arrived, within `request.timeout`; `request.limits.maximumBody` does not apply.
  public func lines(
    _ request: HTTPRequest, limits: HTTPLineLimits = HTTPLineLimits()
  ) async throws(HTTPFailure) -> HTTPLineStream {
    try request.validate()
    let owner = try running()
    let ticket = Ticket(mailbox: owner.mailbox)
    let channel = LineChannel(maximumBacklog: limits.maximumBacklog)
    let outcome = await ticket.cancelledWithTask { continuation in
      .start(ticket, request, .lines(head: continuation, channel, limits))
    }
    let transfer = StreamedTransfer(ticket: ticket, channel: channel, owner: owner)
    return HTTPLineStream(head: try outcome.get(), transfer: transfer)
  }

  private func running() throws(HTTPFailure) -> TransferLoopOwner {
    try owner.withLock { (owner: inout TransferLoopOwner?) throws(HTTPFailure) -> TransferLoopOwner in
      if let owner { return owner }
      let started = try TransferLoopOwner(connectionsPerHost: connectionsPerHost, maximumInFlight: maximumInFlight)
      owner = started
      return started
    }
  }
}
