import CPseudoTerminal
public import Glibc
import Synchronization

/// A program of ours on a terminal that the test holds the other end of.
///
/// What the program writes is read all the time, as a terminal does, so that it is never held up unless the test says so.
/// Screens are not made from it: tests look at the bytes.
public final class PseudoTerminal: Sendable {
  public struct Failure: Error, CustomStringConvertible {
    public var description: String
  }

  private struct State {
    var received: [UInt8] = []
    var isReading = true
    var isClosed = false
    /// Everything has been read that will ever come.
    var isAtEnd = false
    var status: Int32?
  }

  public let process: Int32
  private let master: Int32
  private let state = Mutex(State())

  /// Starts a program, the leader of a session that has this terminal. The environment is this one and nothing else.
  public init(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = ["TERM": "xterm-256color", "LANG": "C.UTF-8"],
    rows: Int = 30, columns: Int = 100
  ) throws(Failure) {
    var process: Int32 = 0
    var master: Int32 = -1
    let failure = CStrings.with([path] + arguments) { argv in
      CStrings.with(environment.map { "\($0.key)=\($0.value)" }) { envp in
        cpty_spawn(path, argv, envp, UInt16(clamping: rows), UInt16(clamping: columns), &process, &master)
      }
    }
    guard failure == 0 else { throw Failure(description: "cannot start \(path): \(failure)") }
    (self.process, self.master) = (process, master)
    Reader.start { [weak self] in self?.read() ?? false }
  }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    close(master)
  }

  // MARK: What the user does

  /// Strikes keys, given as the bytes that a terminal sends for them.
  public func type(_ keys: String) {
    var rest = Array(keys.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  public func resize(rows: Int, columns: Int) {
    cpty_resize(master, UInt16(clamping: rows), UInt16(clamping: columns))
  }

  public func send(_ signal: Int32) {
    kill(process, signal)
  }

  /// Takes the terminal away, as a lost connection does.
  public func hangUp() {
    state.withLock { state in
      guard !state.isClosed else { return }
      state.isClosed = true
      // The number is kept for `deinit`, but leads nowhere any more.
      let nowhere = open("/dev/null", O_RDWR | O_CLOEXEC)
      dup2(nowhere, master)
      close(nowhere)
    }
  }

  /// While false the terminal takes nothing, as behind a line that hangs.
  public func setReading(_ isReading: Bool) {
    state.withLock { $0.isReading = isReading }
  }

  // MARK: What the program did

  /// Everything it has written, or since the last `forget`.
  public var received: [UInt8] { state.withLock { $0.received } }

  /// The same as text, bytes that are none replaced.
  public var text: String { String(decoding: received, as: UTF8.self) }

  /// Leaves out of `received` what has come so far.
  public func forget() {
    state.withLock { $0.received = [] }
  }

  /// The modes of the terminal as they are set now.
  public var modes: termios {
    var modes = termios()
    tcgetattr(master, &modes)
    return modes
  }

  /// Waits until the program has written a text.
  public func wait(for text: String) async throws {
    let wanted = Array(text.utf8)
    try await TestSupport.wait(for: "\(text.debugDescription) in \(self.text.suffix(400).debugDescription)") {
      self.received.contains(wanted)
    }
  }

  /// Waits until the program has ended; gives its status as `waitpid` does.
  @discardableResult
  public func waitForEnd() async throws -> Int32 {
    try await TestSupport.wait(for: "the end of process \(process)") { self.status != nil }
    // What it wrote last may still be on its way through the kernel.
    try await TestSupport.wait(for: "the end of its output") { self.state.withLock { $0.isAtEnd } }
    return status ?? -1
  }

  private var status: Int32? {
    state.withLock { state in
      var status: Int32 = 0
      if state.status == nil, waitpid(process, &status, WNOHANG) == process { state.status = status }
      return state.status
    }
  }

  /// Reads what is there. False when nothing will come any more.
  private func read() -> Bool {
    guard state.withLock({ $0.isReading }) else {
      usleep(2_000)
      return true
    }
    var file = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&file, 1, 20) > 0 else { return true }
    return state.withLock { state in
      var buffer = [UInt8](repeating: 0, count: 64 << 10)
      let count = state.isClosed ? 0 : Glibc.read(master, &buffer, buffer.count)
      if count < 0, errno == EINTR { return true }
      state.isAtEnd = count <= 0
      state.received += buffer[..<max(0, count)]
      return count > 0
    }
  }
}

/// Threads that read: one of the test runner's own would be missing elsewhere while it waits.
private enum Reader {
  private final class Body {
    let step: @Sendable () -> Bool

    init(_ step: @escaping @Sendable () -> Bool) {
      self.step = step
    }
  }

  /// Calls `step` until it is false.
  static func start(_ step: @escaping @Sendable () -> Bool) {
    var thread = pthread_t()
    let body = Unmanaged.passRetained(Body(step)).toOpaque()
    pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
        while body.step() {}
        return nil
      }, body)
    pthread_detach(thread)
  }
}

/// Texts as C wants lists of them.
enum CStrings {
  static func with<Result>(_ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { body(UnsafePointer($0)) } ?? body([nil])
    }
  }
}
