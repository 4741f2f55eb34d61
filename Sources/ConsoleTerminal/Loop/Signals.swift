import CNcurses
import Glibc

/// The signals that concern a terminal program, brought into its loop.
struct Signals {
  static let watched: [Int32] = [SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGTERM, SIGINT]

  /// Readable when one has come.
  let descriptor: Int32

  init() throws(TerminalProblem) {
    descriptor = csignals_watch(Self.watched, Int32(Self.watched.count))
    guard descriptor >= 0 else { throw .systemCall("sigaction", code: errno) }
  }

  /// Takes the signals again that ncurses has put handlers of its own to.
  func takeBack() {
    _ = csignals_watch(Self.watched, Int32(Self.watched.count))
  }

  func take() -> Set<Int32> {
    let bits = csignals_take()
    return Set(Self.watched.filter { bits >> UInt64($0) & 1 == 1 })
  }

  /// Stops the process group as the terminal's own Ctrl-Z would, and returns when it goes on, with the signals that came
  /// besides. A process that no shell looks after cannot be stopped; then it returns after a moment.
  func stop() -> Set<Int32> {
    // Another thread may be the one that the stop comes to, a little later. Whatever else came before, a change of size for
    // instance, must not be taken for the news that it goes on: the stop would find our handler again, and nothing stop.
    var others = take()
    signal(SIGTSTP, SIG_DFL)
    kill(0, SIGTSTP)
    var came: Set<Int32> = []
    while !came.contains(SIGCONT) {
      var news = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = poll(&news, 1, Self.patience)
      if count == 0 || (count < 0 && errno != EINTR) { break }
      came.formUnion(take())
    }
    takeBack()
    others.formUnion(came)
    return others.subtracting([SIGTSTP, SIGCONT])
  }

  /// Milliseconds within which a stop must have come.
  private static let patience: Int32 = 1_000

  /// Gives the signals back. A hangup that was noticed before its signal came must not kill what still has to be put in order.
  func unwatch(after exit: TerminalExit) {
    csignals_unwatch(exit == .hangup ? SIGHUP : 0)
  }
}
