import Glibc
import RegistryServer

/// `muster serve`: a registry without a screen, until a signal ends it.
struct Serve {
  private let options: ServeOptions

  init(_ options: ServeOptions) { self.options = options }

  func run() -> ExitCode {
    // Before any thread is there, so that every one has them blocked and they wait for us.
    let signals = TerminationSignals()
    let log = Logger(options.logLevel)
    do {
      let registry = try LocalRegistry(options.registry, log: log)
      guard Muster.write("muster ready \(registry.url)\n", to: STDOUT_FILENO) else {
        registry.stop()
        return .failure
      }
      let signal = signals.wait()
      log.info("ends", ("signal", String(signal)))
      registry.stop()
      return .success
    } catch {
      Muster.complain(AddressTaken(error, at: options.registry.listen)?.description ?? "\(error)")
      return .failure
    }
  }
}

/// SIGTERM and SIGINT, kept from ending the process before it has ended what it does.
private struct TerminationSignals {
  private var set = sigset_t()

  init() {
    sigemptyset(&set)
    sigaddset(&set, SIGTERM)
    sigaddset(&set, SIGINT)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// The first of them that comes. The next one ends the process at once (reliability R10).
  func wait() -> Int32 {
    var set = set
    var signal: Int32 = 0
    while sigwait(&set, &signal) != 0 {}
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    return signal
  }
}

extension Logger {
  /// To standard error.
  fileprivate convenience init(_ level: LogLevel) {
    switch level {
    case .error: self.init(level: .error)
    case .warn: self.init(level: .warning)
    case .info: self.init(level: .info)
    case .debug: self.init(level: .debug)
    }
  }
}
