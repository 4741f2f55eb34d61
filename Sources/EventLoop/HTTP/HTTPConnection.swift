import CEvent
import CHTTPParser
import Glibc

/// One connection of a server, from accept to close.
///
/// It reads a request, has it answered, and only then goes on to the next; while an answer waits for a slow reader,
/// nothing is read. So a client costs no more than one request and one answer, whatever it sends.
/// The files beside this one hold its facets: input, exchange, output and deadlines.
final class HTTPConnection {
  /// How far the request that was read last is.
  enum Exchange {
    /// There is none: the next one may be read.
    case none
    /// The handler has it, or has kept its response.
    case open
    /// The answer was put off.
    case held
    /// The answer is under way.
    case streaming
  }

  let owner: HTTPConnections
  let transport: Transport
  let peer: SocketAddress
  let peerText: String
  private var readEvent: OpaquePointer?
  /// Made when it is first needed: most connections never wait to write.
  private var writeEvent: OpaquePointer?
  private(set) var isReading = false

  // Input
  /// Holds what has been read of a request that is not complete.
  var parser: OpaquePointer?
  /// Bytes that were received and not yet taken.
  ///
  /// This and `output` are looked at a dozen times a request, and nothing that is called while one is changed comes back
  /// here: what checks that would cost a twentieth of a beat.
  @exclusivity(unchecked) var input: [UInt8] = []
  /// The client will send no more.
  var inputHasEnded = false
  /// A request is being read or handed over just now.
  var isTaking = false

  // Exchange
  var exchange = Exchange.none
  var token: UInt64 = 0
  /// What the client's version and wishes are, for the request that is being answered.
  var keepsAlive = true
  var isHTTP10 = false
  var isHead = false
  var onDrain: (() -> Void)?
  var onClose: (() -> Void)?
  var wantsDrainCall = false

  // Output
  @exclusivity(unchecked) var output = OutputQueue()
  /// Where the answers are that are sent at the end of this turn; empty while `output` is not.
  var gathered = 0..<0
  /// Closes when what waits has been sent.
  var isClosing = false
  /// Closes only after the client had time to stop sending.
  var shouldLinger = false
  /// Bytes passed over since the last answer; nil before that.
  var lingeredBytes: Int?
  private(set) var isClosed = false

  // Deadlines
  var phase = Phase.idle
  var deadline = Int64.max
  var timerEvent: OpaquePointer?
  var timerWakesAt = Int64.max

  /// Takes the socket over. Nil when there is no memory: then the socket is still the caller's.
  init?(_ owner: HTTPConnections, _ transport: Transport, peer: SocketAddress) {
    self.owner = owner
    self.transport = transport
    self.peer = peer
    peerText = peer.description
    let context = Unmanaged.passUnretained(self).toOpaque()
    readEvent = event_new(
      owner.core.base, transport.descriptor, Int16(EV_READ | EV_PERSIST),
      { _, what, context in HTTPConnection.from(context)?.readable(isOnlyAwakened: Int32(what) & EV_READ == 0) }, context)
    timerEvent = event_new(
      owner.core.base, -1, 0, { _, _, context in HTTPConnection.from(context)?.timerFired() }, context)
    guard readEvent != nil, timerEvent != nil else { return nil }
    owner.insert(self, descriptor: transport.descriptor)
    enter(transport.tls == nil ? .idle : .head)
    startReading()
  }

  deinit {
    freeEvents()
    if let parser { chttp_parser_destroy(parser) }
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> HTTPConnection? {
    context.map { Unmanaged<HTTPConnection>.fromOpaque($0).takeUnretainedValue() }
  }

  private func freeEvents() {
    for event in [readEvent, writeEvent, timerEvent] {
      if let event { event_free(event) }
    }
    (readEvent, writeEvent, timerEvent) = (nil, nil, nil)
  }

  /// Closes now, whatever waits; tells whoever still has an answer to give.
  func close() {
    sendGathered()
    guard !isClosed else { return }
    isClosed = true
    isReading = false
    let connection = self
    connection.freeEvents()
    if let parser = connection.parser {
      connection.parser = nil
      connection.owner.giveBack(parser)
    }
    connection.transport.tls?.sayClosed()
    Glibc.close(connection.transport.descriptor)
    connection.owner.remove(descriptor: connection.transport.descriptor)
    connection.owner.core.exchanges[connection.token] = nil
    connection.output = OutputQueue()
    connection.input = []
    connection.onDrain = nil
    connection.hangUp()
    connection.exchange = .none
  }

  /// Closes with a reset: what the kernel still holds for a client that does not take it is dropped too.
  func breakOff() {
    guard !isClosed else { return }
    var immediately = linger(l_onoff: 1, l_linger: 0)
    setsockopt(transport.descriptor, SOL_SOCKET, SO_LINGER, &immediately, socklen_t(MemoryLayout<linger>.size))
    close()
  }

  /// Closes a connection on which nothing is under way.
  func closeIfIdle() {
    if exchange == .none, output.isEmpty, parser == nil { close() }
  }

  func startReading() {
    guard !isReading, !isClosed else { return }
    isReading = true
    event_add(readEvent, nil)
  }

  func pauseReading() {
    guard isReading, !isClosed else { return }
    isReading = false
    event_del(readEvent)
  }

  /// Calls ``readable(isOnlyAwakened:)`` at the end of this turn.
  func awaken() {
    if !isClosed { event_active(readEvent, EV_TIMEOUT, 0) }
  }

  func awaitWritable() {
    if isClosed { return }
    if writeEvent == nil {
      writeEvent = event_new(
        owner.core.base, transport.descriptor, Int16(EV_WRITE),
        { _, _, context in HTTPConnection.from(context)?.writable() }, Unmanaged.passUnretained(self).toOpaque())
    }
    guard let writeEvent else { return close() }
    event_add(writeEvent, nil)
  }
}
