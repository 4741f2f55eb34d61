import CEvent
import CHTTPParser

extension HTTPConnection {
  /// While a request is held, what its client sends on may gather up to this size; then nothing more is read.
  private static let heldInputBytes = 64 * 1024

  /// No answer is awaited, and none waits.
  private var canReadRequest: Bool {
    exchange == .none && output.isEmpty && !isClosing && !isClosed
  }

  /// - Parameter isOnlyAwakened: the socket has nothing new, yet something received earlier can go on now.
  func readable(isOnlyAwakened: Bool) {
    if owner.core.turnAnswers.areMany { owner.core.turnAnswers.send() }
    if isClosed { return }
    if lingeredBytes != nil { return passOver() }
    if transport.tls?.writeWaitsForRead == true, !output.isEmpty { writable() }
    if !input.isEmpty, canReadRequest { take(UnsafeRawBufferPointer(start: nil, count: 0)) }
    if isOnlyAwakened, transport.tls == nil { return settle() }
    repeat {
      guard isReading, output.isEmpty, lingeredBytes == nil else { return settle() }
      switch transport.read(into: owner.core.scratch) {
      case .bytes(let count): take(UnsafeRawBufferPointer(rebasing: owner.core.scratch[..<count]))
      case .wouldBlock:
        if transport.tls?.readWaitsForWrite == true { awaitWritable() }
        return settle()
      case .end: return endOfInput()
      case .failed: return close()
      }
      settle()
    } while transport.tls?.hasPending == true
  }

  /// Takes what was received: requests as far as they may be read now, the rest for later.
  private func take(_ bytes: UnsafeRawBufferPointer) {
    isTaking = true
    defer { isTaking = false }
    guard canReadRequest else {
      input.append(contentsOf: bytes)
      if input.count >= Self.heldInputBytes { pauseReading() }
      return
    }
    if input.isEmpty {
      let taken = readRequests(bytes)
      if taken < bytes.count, !isClosed { input = Array(bytes[taken...]) }
      return
    }
    var gathered = input
    input = []
    gathered.append(contentsOf: bytes)
    let taken = gathered.withUnsafeBytes { readRequests($0) }
    if !isClosed {
      gathered.removeFirst(taken)
      input = gathered
    }
  }

  /// Reads and hands over requests until one has to wait; returns how many bytes it has taken.
  private func readRequests(_ bytes: UnsafeRawBufferPointer) -> Int {
    var taken = 0
    while taken < bytes.count, canReadRequest, let start = bytes.baseAddress {
      guard let parser = parser ?? owner.takeParser() else {
        refuse(.serviceUnavailable)
        break
      }
      self.parser = parser
      var used = 0
      let outcome = chttp_parser_put(
        parser, start.advanced(by: taken).assumingMemoryBound(to: UInt8.self), bytes.count - taken, &used)
      taken += used
      switch outcome {
      case CHTTP_NEEDS_MORE:
        if chttp_parser_take_expectation(parser) { sendContinue() }
        return taken
      case CHTTP_COMPLETE:
        self.parser = nil
        phase = .idle
        hand(over: parser)
        owner.giveBack(parser)
      default:
        refuse(HTTPStatus(rawValue: UInt16(clamping: outcome)))
      }
    }
    return taken
  }

  /// What follows from where things stand: called when a turn's work on this connection is done, and again when what was
  /// left to the turn's end has been sent.
  func settle() {
    if isClosed || lingeredBytes != nil || !gathered.isEmpty { return }
    guard output.isEmpty else { return enter(.sending) }
    if isClosing { return endOutput() }
    switch exchange {
    case .open, .held: return enter(.held)
    case .streaming: return enter(.streaming)
    case .none: break
    }
    if let parser {
      if inputHasEnded { return close() }
      enter(chttp_parser_awaits_body(parser) ? .body : .head)
    } else if inputHasEnded, input.isEmpty {
      return close()
    } else {
      enter(.idle)
    }
  }

  /// The client will send no more. One that awaits an answer may have closed its sending half only: it still gets the answer.
  private func endOfInput() {
    inputHasEnded = true
    pauseReading()
    if exchange != .none { hangUp() }
    settle()
  }

  /// After an exchange, or when what waited has been sent: back to reading. What is there already is read at the end of this turn,
  /// not within a call of somebody else's.
  func continueReading() {
    if isClosed || !output.isEmpty { return }
    if !inputHasEnded { startReading() }
    awaken()
  }

  /// Drops what a client that was refused still sends.
  private func passOver() {
    switch transport.readSocket(into: owner.core.scratch) {
    case .bytes(let count):
      let total = (lingeredBytes ?? 0) + count
      lingeredBytes = total
      if total > owner.limits.lingerBytes { close() }
    case .wouldBlock: break
    case .end, .failed: close()
    }
  }
}
