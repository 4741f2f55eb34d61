import CNcurses
import Console
import Glibc

/// The terminal as the kernel knows it: two descriptors that never wait, modes, a size.
final class TerminalDevice {
  let input: Int32
  let output: Int32
  private(set) var modes = termios()
  /// Flags that descriptors shared with our parent had before, where the terminal could not be opened anew.
  private var sharedFlags: [(descriptor: Int32, flags: Int32)] = []

  init(input standardInput: Int32, output standardOutput: Int32) throws(TerminalProblem) {
    guard isatty(standardInput) == 1, isatty(standardOutput) == 1 else { throw .noTerminal }
    (input, output) = (Self.reopened(standardInput), Self.reopened(standardOutput))
    for (own, standard) in [(input, standardInput), (output, standardOutput)] where own == standard {
      let flags = fcntl(own, F_GETFL)
      sharedFlags.append((own, flags))
      _ = fcntl(own, F_SETFL, flags | O_NONBLOCK)
    }
    guard tcgetattr(input, &modes) == 0 else { throw .systemCall("tcgetattr", code: errno) }
  }

  deinit {
    for (descriptor, flags) in sharedFlags { _ = fcntl(descriptor, F_SETFL, flags) }
    for descriptor in [input, output] where !sharedFlags.contains(where: { $0.descriptor == descriptor }) { close(descriptor) }
  }

  /// The same terminal by a descriptor of our own, because the shell that shares the given one must not find it
  /// non-blocking. The given one where that is not allowed, as after `su`.
  private static func reopened(_ descriptor: Int32) -> Int32 {
    let own = open("/proc/self/fd/\(descriptor)", O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    return own >= 0 ? own : descriptor
  }

  /// Every key reaches us as it is struck, Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-\ too, and nothing is added to what we write.
  /// Remembers the modes that were set until now.
  func enterRawMode() {
    tcgetattr(input, &modes)
    var raw = modes
    raw.c_iflag &= ~tcflag_t(IGNBRK | BRKINT | PARMRK | INPCK | ISTRIP | INLCR | IGNCR | ICRNL | IXON)
    raw.c_oflag &= ~tcflag_t(OPOST)
    raw.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG | IEXTEN)
    raw.c_cflag = raw.c_cflag & ~tcflag_t(CSIZE) | tcflag_t(CS8)
    // Not after what is still to be written has been: a terminal that takes nothing would hold us up.
    tcsetattr(input, TCSANOW, &raw)
  }

  func restoreModes() {
    tcsetattr(input, TCSANOW, &modes)
  }

  /// Nil where the kernel does not know, as on a serial line.
  var size: Size? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard csystem_terminal_size(output, &rows, &columns) else { return nil }
    return Size(rows: Int(rows), columns: Int(columns))
  }
}
