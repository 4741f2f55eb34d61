/// What the process tells its parent.
enum ExitCode: Int32 {
  case success = 0
  case failure = 1
  /// The command line was not understood.
  case usage = 2
}
