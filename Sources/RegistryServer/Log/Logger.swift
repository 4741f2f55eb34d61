import Glibc
import Synchronization

/// Writes log lines to a descriptor. It never waits for whoever reads them: a line that there is no room for is dropped,
/// and the next one that goes through says how many were (reliability R64).
public final class Logger: Sendable {
  private struct State {
    var level: LogLevel
    var dropped = 0
  }

  private let descriptor: Int32
  private let isForJournal: Bool
  private let state: Mutex<State>

  /// Writes to standard error.
  public convenience init(level: LogLevel = .info) { self.init(descriptor: STDERR_FILENO, level: level) }

  /// Where the descriptor leads to journald, each line says its priority.
  public init(descriptor: Int32, level: LogLevel = .info) {
    self.descriptor = descriptor
    isForJournal = Self.leadsToJournal(descriptor, stream: getenv("JOURNAL_STREAM").map { String(cString: $0) })
    state = Mutex(State(level: level))
  }

  /// The least level that is written; may be changed while others write.
  public var level: LogLevel {
    get { state.withLock { $0.level } }
    set { state.withLock { $0.level = newValue } }
  }

  public func debug(_ message: String, _ fields: (name: StaticString, value: String)...) { write(.debug, message, fields) }
  public func info(_ message: String, _ fields: (name: StaticString, value: String)...) { write(.info, message, fields) }
  public func warning(_ message: String, _ fields: (name: StaticString, value: String)...) { write(.warning, message, fields) }
  public func error(_ message: String, _ fields: (name: StaticString, value: String)...) { write(.error, message, fields) }

  public func write(_ level: LogLevel, _ message: String, _ fields: [(name: StaticString, value: String)]) {
    state.withLock { state in
      guard level >= state.level else { return }
      let dropped = state.dropped > 0 ? [(name: StaticString("dropped"), value: String(state.dropped))] : []
      let isWritten = put(LogLine(level, message, fields + dropped, isForJournal: isForJournal))
      state.dropped = isWritten ? 0 : state.dropped + 1
    }
  }

  /// systemd.exec(5): the variable holds device and inode of the stream, which something else may have replaced since.
  static func leadsToJournal(_ descriptor: Int32, stream: String?) -> Bool {
    var status = stat()
    guard let stream, fstat(descriptor, &status) == 0 else { return false }
    return stream == "\(status.st_dev):\(status.st_ino)"
  }

  private func put(_ line: LogLine) -> Bool {
    var readiness = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&readiness, 1, 0) == 1, readiness.revents & Int16(POLLOUT) != 0 else { return false }
    return line.bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } == line.bytes.count
  }
}
