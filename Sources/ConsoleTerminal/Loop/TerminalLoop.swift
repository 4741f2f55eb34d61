import CNcurses
import Console
import Glibc
import RegistryModel

/// The life of a program on a terminal: waits for keys, messages, signals and the clock, hands them to the program, and
/// paints.
final class TerminalLoop<Program: TerminalProgram> {
  private var program: Program
  private let perform: (Program.Effect) -> TerminalCommand?
  private let mailbox: Mailbox<Program.Message>
  private let device: TerminalDevice
  private let screen: Screen
  private let signals: Signals
  private var output: OutputQueue
  private var keys: KeyReader
  private var schedule: PaintSchedule
  private var nextTick: Int64?
  private var size: Size
  private var end: TerminalExit?

  /// Milliseconds between ticks at least.
  static var shortestTick: Int64 { 10 }
  /// Shown where the kernel does not know the terminal's size.
  static var usualSize: Size { Size(rows: 24, columns: 80) }

  init(
    _ program: Program, mailbox: Mailbox<Program.Message>, options: TerminalOptions,
    perform: @escaping (Program.Effect) -> TerminalCommand?
  ) throws(TerminalProblem) {
    self.program = program
    self.mailbox = mailbox
    self.perform = perform
    device = try TerminalDevice(input: 0, output: 1)
    guard let type = options.type, !type.isEmpty else { throw .noType }
    size = device.size ?? Self.usualSize
    // Before ncurses, which leaves signals alone that somebody has taken.
    signals = try Signals()
    screen = try Screen(
      type: type, input: device.input, size: size, color: options.color, noColor: options.noColor, theme: program.theme)
    output = OutputQueue(descriptor: device.output)
    keys = KeyReader(bracketsPastes: screen.sequences.bracketsPastes)
    schedule = PaintSchedule(interval: options.paintInterval)
  }

  func run() -> TerminalExit {
    signals.takeBack()
    enterTerminal()
    let now = Moment.now()
    handle(.opened(size, screen.capabilities), at: now)
    schedule.paintNow(now.monotonic.milliseconds)
    while true {
      if let end {
        leaveTerminal()
        signals.unwatch(after: end)
        mailbox.end()
        return end
      }
      paintIfDue()
      wait()
    }
  }

  // MARK: Waiting

  private func wait() {
    var files = [
      pollfd(fd: device.input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: output.isEmpty ? -1 : device.output, events: Int16(POLLOUT), revents: 0),
    ]
    guard end == nil, poll(&files, nfds_t(files.count), timeout()) >= 0 else { return }
    let now = Moment.now()
    if files[2].revents != 0 { takeSignals(signals.take(), at: now) }
    if files[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { end = end ?? .hangup }
    if files[0].revents & Int16(POLLIN) != 0 || keys.wait != nil { takeKeys(isReadable: files[0].revents != 0, at: now) }
    if files[1].revents != 0 { takeMessages(at: now) }
    takeTick(at: now)
    if files[3].revents != 0, !output.flush() { end = end ?? .hangup }
  }

  /// Milliseconds until something is to be done without anybody asking; -1 for never.
  private func timeout() -> Int32 {
    let now = Moment.now().monotonic.milliseconds
    // While a terminal takes nothing there is no painting, so nothing is due.
    let times = [nextTick, output.isEmpty ? schedule.due : nil, keys.wait.map { now + $0 }]
    guard let next = times.compactMap({ $0 }).min() else { return -1 }
    return Int32(clamping: max(0, next - now))
  }

  // MARK: Inputs

  private func handle(_ input: TerminalInput<Program.Message>, at now: Moment) {
    for effect in program.handle(input, at: now) {
      guard let command = perform(effect) else { continue }
      obey(command)
    }
    // A tick that is due already is not put off by what came before it.
    nextTick = [nextTick, program.nextTick(after: now)?.milliseconds].compactMap { $0 }.min()
  }

  private func takeTick(at now: Moment) {
    guard let due = nextTick, due <= now.monotonic.milliseconds else { return }
    nextTick = nil
    handle(.tick, at: now)
    // A program that wants the past has its wish in a moment.
    nextTick = nextTick.map { max($0, now.monotonic.milliseconds + Self.shortestTick) }
    schedule.paintSoon(now.monotonic.milliseconds)
  }

  private func takeKeys(isReadable: Bool, at now: Moment) {
    let events = keys.read(from: screen, isReadable: isReadable, at: now.monotonic.milliseconds)
    if keys.isAtEnd, csystem_readable(device.input) == 0 { end = end ?? .hangup }
    for event in events where end == nil {
      handle(.event(event), at: now)
      schedule.paintNow(now.monotonic.milliseconds)
    }
  }

  private func takeMessages(at now: Moment) {
    for message in mailbox.take() where end == nil { handle(.message(message), at: now) }
    schedule.paintSoon(now.monotonic.milliseconds)
  }

  private func takeSignals(_ came: Set<Int32>, at now: Moment) {
    for signal in [SIGTERM, SIGINT] where came.contains(signal) { end = end ?? .signal(signal) }
    if came.contains(SIGHUP) { end = end ?? .hangup }
    if came.contains(SIGTSTP) { suspend() }
    if came.contains(SIGCONT) { comeBack() }
    if came.contains(SIGWINCH) { resize(at: now) }
  }

  private func resize(at now: Moment) {
    let newSize = device.size ?? size
    // Also when it is as before: it may have been another in between, and the terminal has cut off what did not fit.
    screen.resize(to: newSize)
    if newSize != size {
      size = newSize
      handle(.event(.resize(size)), at: now)
    }
    schedule.paintNow(now.monotonic.milliseconds)
  }

  // MARK: Painting

  private func paintIfDue() {
    let now = Moment.now().monotonic.milliseconds
    // What the last frame left unwritten goes first; frames in between are never made.
    if end == nil, !output.isEmpty, !output.flush() { end = .hangup }
    guard end == nil, output.isEmpty, schedule.isDue(now) else { return }
    output.append(screen.bytes(for: program.view(size), theme: program.theme))
    schedule.painted(now)
    if !output.flush() { end = .hangup }
  }

  // MARK: The terminal itself

  private func obey(_ command: TerminalCommand) {
    switch command {
    case .quit: end = end ?? .quit
    case .suspend: suspend()
    case .redraw: screen.redraw()
    case .bell: if output.isEmpty { output.append([0x07]) }
    case .copy(let text):
      if screen.sequences.hasClipboard, output.isEmpty, let sequence = Clipboard.sequence(for: text) { output.append(sequence) }
    }
  }

  private func enterTerminal() {
    if isatty(STDERR_FILENO) == 1 { _ = ccrash_keep_errors() }
    device.enterRawMode()
    var modes = device.modes
    let leave = screen.sequences.leave
    leave.withUnsafeBytes { bytes in
      ccrash_arm(device.output, &modes, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
  }

  private func leaveTerminal() {
    // Nobody reads the rest of the frame any more, and what half of it left behind is ended by what follows.
    output.drop()
    output.append(screen.sequences.leave)
    output.flush(within: 50)
    output.drop()
    device.restoreModes()
    ccrash_disarm()
    ccrash_release_errors()
  }

  private func suspend() {
    guard end == nil else { return }
    leaveTerminal()
    let others = signals.stop()
    comeBack()
    // That it was stopped and goes on is no news any more.
    takeSignals(others.union(signals.take()).subtracting([SIGTSTP, SIGCONT]), at: Moment.now())
  }

  /// After a stop the terminal is whatever the shell and others have made of it.
  private func comeBack() {
    guard end == nil else { return }
    enterTerminal()
    output.drop()
    screen.resume()
    let now = Moment.now()
    resize(at: now)
    schedule.paintNow(now.monotonic.milliseconds)
  }
}
