import EventLoop
import Glibc
import RegistryEngine
import RegistryServer

/// `muster serve`: a registry without a screen, until a signal ends it.
struct Serve {
  private let options: ServeOptions

  init(_ options: ServeOptions) { self.options = options }

  func run() -> ExitCode {
    // Before any thread is there, so that every one has them blocked and they wait for us.
    let signals = TerminationSignals()
    let log = Logger(level: options.logLevel.ofLogger)
    do {
      let listen = options.registry.listen
      var server = MusterServer.Options()
      server.listen = try SocketAddress.resolve(host: listen.host, port: listen.port)
      if case .folder(let path) = options.registry.storage {
        log.warning("keeps nothing: this build has no store", ("data", path))
      }
      let engine = Engine(clock: SystemClock.now)
      let running = try MusterServer(server, engine: engine, log: log)
      guard Muster.write("muster ready http://\(running.address)\n", to: STDOUT_FILENO) else {
        running.stop()
        return .failure
      }
      let signal = signals.wait()
      log.info("ends", ("signal", String(signal)))
      engine.endFeeds()
      running.stop()
      return .success
    } catch {
      Muster.write("\(Grammar.muster.program): \(error)\n", to: STDERR_FILENO)
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

extension LogLevel {
  fileprivate var ofLogger: RegistryServer.LogLevel {
    switch self {
    case .error: .error
    case .warn: .warning
    case .info: .info
    case .debug: .debug
    }
  }
}
