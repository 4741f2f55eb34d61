import CNcurses

/// The one thread that touches the terminal.
enum TerminalThread {
  private static let stackSize = 4 << 20
  private static let crashStackSize = 64 << 10

  private final class Body {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }

  /// Runs `body` on a thread of its own, with a stack on which a crash can still be handled.
  static func start(_ body: @escaping @Sendable () -> Void) {
    let argument = Unmanaged.passRetained(Body(body)).toOpaque()
    let failure = csystem_start_thread(stackSize, { TerminalThread.run($0) }, argument)
    // Without a thread to spare the caller's has to do.
    if failure != 0 { run(argument) }
  }

  private static func run(_ argument: UnsafeMutableRawPointer?) {
    guard let argument else { return }
    let crashStack = UnsafeMutableRawPointer.allocate(byteCount: crashStackSize, alignment: 16)
    ccrash_use_stack(crashStack, crashStackSize)
    Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
    ccrash_use_stack(nil, 0)
    crashStack.deallocate()
  }
}
