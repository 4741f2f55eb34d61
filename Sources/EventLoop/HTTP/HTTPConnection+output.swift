import CEvent
import Glibc

extension HTTPConnection {
  /// Sends what the socket takes now, all three as one; the rest waits for it, and `body` waits without being copied.
  func send(_ head: UnsafeRawBufferPointer, _ body: ArraySlice<UInt8> = [], _ end: StaticString = "") {
    sendGathered()
    guard !isClosed else { return }
    let tail = UnsafeRawBufferPointer(start: end.utf8Start, count: end.utf8CodeUnitCount)
    var sent = 0
    if output.isEmpty {
      let total = head.count + body.count + tail.count
      guard let count = body.withUnsafeBytes({ transport.write(head, $0, tail) }) else { return close() }
      if count == total { return }
      if count == 0, transport.waitsAsOne(total) {
        body.withUnsafeBytes { output.append(joining: head, $0, tail) }
        return awaitDrain()
      }
      sent = count
    }
    enqueue(head, body, tail, sent: sent)
    awaitDrain()
  }

  /// Sends what was left to the end of the turn.
  func sendGathered() {
    if gathered.isEmpty { return }
    let bytes = owner.core.turnAnswers.bytes(gathered)
    gathered = 0..<0
    guard let sent = transport.write(bytes) else { return close() }
    if sent < bytes.count {
      output.append(copying: UnsafeRawBufferPointer(rebasing: bytes.dropFirst(sent)))
      awaitDrain()
    }
  }

  /// - Parameter sent: how much of the three together has gone.
  private func enqueue(
    _ head: UnsafeRawBufferPointer, _ body: ArraySlice<UInt8>, _ tail: UnsafeRawBufferPointer, sent: Int
  ) {
    let bodySent = max(0, sent - head.count)
    let tailSent = max(0, bodySent - body.count)
    output.append(copying: UnsafeRawBufferPointer(rebasing: head.dropFirst(sent)))
    output.append(body.dropFirst(bodySent))
    output.append(copying: UnsafeRawBufferPointer(rebasing: tail.dropFirst(tailSent)))
  }

  func sendContinue() {
    let text: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"
    send(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Back-pressure: no reading while something waits, unless TLS has to read in order to write.
  private func awaitDrain() {
    if transport.tls?.writeWaitsForRead == true {
      startReading()
    } else {
      pauseReading()
      awaitWritable()
    }
    enter(.sending)
  }

  func writable() {
    if isClosed { return }
    if transport.tls?.readWaitsForWrite == true, output.isEmpty { return readable(isOnlyAwakened: true) }
    while !output.isEmpty {
      guard let sent = output.front.withUnsafeBytes({ transport.write($0) }) else { return close() }
      if sent > 0 {
        output.removeFirst(sent)
        extendDeadline()
      }
      if sent == 0 { return awaitDrain() }
    }
    drained()
  }

  private func drained() {
    if isClosing { return endOutput() }
    settle()
    if wantsDrainCall {
      wantsDrainCall = false
      onDrain?()
    }
    continueReading()
  }

  /// All has been sent, and the connection is to end.
  func endOutput() {
    guard shouldLinger, !inputHasEnded, !isClosed else { return close() }
    // Whoever is still sending would be reset, and might lose what says why: RFC 9112, 9.6.
    transport.tls?.sayClosed()
    shutdown(transport.descriptor, Int32(SHUT_WR))
    lingeredBytes = 0
    input = []
    enter(.lingering)
    startReading()
  }
}
