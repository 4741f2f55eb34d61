import EventLoop
import NacosWire
import RegistryModel
import Synchronization

/// The loop's end of one stream: writes what a task brings, tells it to wait while the reader is slow, and lets the reader
/// hear something at least once every `StreamBounds.pulse`. Lives on one loop's thread.
final class StreamPipe {
  private unowned let loop: Loop
  private let writer: ChunkedWriter
  private let now: () -> WallTime
  private var waiting: StreamTurn?
  private var isFull = false
  private var isClosed = false
  private var pulse: Deadline?
  private var expiry: Deadline?
  private var onClose: (() -> Void)?

  init(_ loop: Loop, _ writer: ChunkedWriter, now: @escaping () -> WallTime) {
    self.loop = loop
    self.writer = writer
    self.now = now
    pulse = Deadline(loop) { [unowned self] in beat() }
    writer.onDrain(on: loop) { [weak self] in self?.drained() }
    writer.onClose(on: loop) { [weak self] in self?.close() }
  }

  /// Calls `body` once when the stream is over, at once if it is.
  func onClose(_ body: @escaping () -> Void) {
    if isClosed { body() } else { onClose = body }
  }

  /// `turn` is given as soon as there is room for more.
  func write(_ bytes: [UInt8], _ turn: StreamTurn) {
    guard !isClosed else { return turn.give(false) }
    switch writer.write(bytes, on: loop) {
    case .ready: turn.give(true)
    case .full:
      isFull = true
      waiting = turn
    case .closed:
      turn.give(false)
      return close()
    }
    pulse?.arm(after: .milliseconds(StreamBounds.pulse))
  }

  /// Ends the stream well, and says why.
  func end(_ why: String) {
    if isClosed { return }
    if let line = try? StreamLine.end(why).bytes { writer.write(line, on: loop) }
    writer.end(on: loop)
    close()
  }

  /// Ends the stream at a time. The clock may be set meanwhile: what counts is how long that is from now.
  func end(_ why: String, at time: WallTime) {
    let deadline = Deadline(loop) { [unowned self] in end(why) }
    let (left, overflows) = time.milliseconds.subtractingReportingOverflow(now().milliseconds)
    deadline.arm(after: .milliseconds(overflows ? .max : max(0, left)))
    expiry = deadline
  }

  private func drained() {
    isFull = false
    waiting?.give(true)
    waiting = nil
    pulse?.arm(after: .milliseconds(StreamBounds.pulse))
  }

  private func beat() {
    // A reader that is behind has enough to read.
    guard !isClosed, !isFull, let line = try? StreamLine.pulse(now()).bytes else { return }
    switch writer.write(line, on: loop) {
    case .ready: pulse?.arm(after: .milliseconds(StreamBounds.pulse))
    case .full: isFull = true
    case .closed: close()
    }
  }

  private func close() {
    guard !isClosed else { return }
    isClosed = true
    pulse = nil
    expiry = nil
    waiting?.give(false)
    waiting = nil
    onClose?()
    onClose = nil
  }
}

/// A task's wait for its turn to write. One that is forgotten, with its loop or its pipe, is over all the same.
final class StreamTurn: Sendable {
  private let continuation: Mutex<CheckedContinuation<Bool, Never>?>

  init(_ continuation: CheckedContinuation<Bool, Never>) { self.continuation = Mutex(continuation) }

  deinit { give(false) }

  func give(_ mayGoOn: Bool) {
    let waiting = continuation.withLock { continuation in
      defer { continuation = nil }
      return continuation
    }
    waiting?.resume(returning: mayGoOn)
  }
}
