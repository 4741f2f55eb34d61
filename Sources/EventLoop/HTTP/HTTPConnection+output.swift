import CEvent
import Glibc

extension HTTPConnection {
  /// Sends what the socket takes now; the rest waits for it, and `second` waits without being copied.
  func send(_ first: UnsafeRawBufferPointer, _ second: ArraySlice<UInt8> = []) {
    guard !isClosed else { return }
    var sent = 0
    let total = first.count + second.count
    if output.isEmpty {
      guard let count = second.withUnsafeBytes({ transport.write(first, $0) }) else { return close() }
      if count == total { return }
      sent = count
    }
    if sent < first.count {
      output.append(copying: UnsafeRawBufferPointer(rebasing: first[sent...]))
      sent = 0
    } else {
      sent -= first.count
    }
    output.append(second.dropFirst(sent))
    awaitDrain()
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
