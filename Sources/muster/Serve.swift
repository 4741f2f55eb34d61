import Glibc
import RegistryServer

/// `muster serve`: a registry without a screen, until a signal ends it.
struct Serve {
  /// After this long all threads have started, and wait for something to do.
  private static let settlingSeconds = 1

  private let options: ServeOptions

  init(_ options: ServeOptions) { self.options = options }

  func run() -> ExitCode {
    // Before any thread is there, so that every one has them blocked and they wait for us.
    let signals = TerminationSignals(alsoHangUp: options.registry.access.tls != nil)
    let log = Logger(options.logLevel)
    do {
      let registry = try LocalRegistry(options.registry, log: log)
      registry.tellFirstPassword()
      if options.registry.tellsSecretsInPlainText {
        log.warning("passwords and tokens come in plain text", ("try", "--tls-cert"))
      }
      guard Muster.write("muster ready \(registry.url)\n", to: STDOUT_FILENO) else {
        registry.stop()
        return .failure
      }
      let early = signals.wait(seconds: Self.settlingSeconds)
      if early == nil { StartingCode.release() }
      var signal = early ?? signals.wait()
      while signal == SIGHUP {
        reloadCertificate(of: registry, log)
        signal = signals.wait()
      }
      signals.release()
      log.info("ends", ("signal", String(signal)))
      registry.stop()
      return .success
    } catch {
      Muster.complain(AddressTaken(error, at: options.registry.listen)?.description ?? "\(error)")
      return .failure
    }
  }
}

extension Serve {
  private func reloadCertificate(of registry: LocalRegistry, _ log: Logger) {
    do {
      try registry.reloadCertificate()
      log.info("has read its certificate again")
    } catch {
      log.error("goes on with the certificate it has", ("why", "\(error)"))
    }
  }
}

extension LocalRegistry {
  /// On standard error, never in a log.
  func tellFirstPassword() {
    guard let firstPassword else { return }
    Muster.complain(
      "the administrator '\(AccessOptions.administrator)' has the password \(firstPassword) (shown this once; "
        + "--\(OptionRule.adminPasswordFile.name) FILE sets another)")
  }
}

/// SIGTERM and SIGINT, kept from ending the process before it has ended what it does.
private struct TerminationSignals {
  private var set = sigset_t()

  /// A hang-up has the certificate read again, where there is one.
  init(alsoHangUp: Bool) {
    sigemptyset(&set)
    if alsoHangUp { sigaddset(&set, SIGHUP) }
    sigaddset(&set, SIGTERM)
    sigaddset(&set, SIGINT)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// The first of them that comes.
  func wait() -> Int32 {
    var set = set
    var signal: Int32 = 0
    while sigwait(&set, &signal) != 0 {}
    return signal
  }

  /// The same, or nil when none comes in that time.
  func wait(seconds: Int) -> Int32? {
    var set = set
    var time = timespec(tv_sec: seconds, tv_nsec: 0)
    let signal = sigtimedwait(&set, nil, &time)
    return signal > 0 ? signal : nil
  }

  /// The next one ends the process at once (reliability R10).
  func release() {
    var set = set
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
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
