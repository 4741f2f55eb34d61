import Console
import ConsoleTerminal
import DemoFleet
import EventLoop
import Glibc
import HTTPTransport
import RegistryClient
import RegistryEngine
import RegistryModel
import RegistryServer

/// `muster`: the console, over a registry of its own, a demo's, or another's.
struct ConsoleCommand: Sendable {
  let options: ConsoleOptions

  func run() async -> ExitCode {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      Muster.complain("\(TerminalProblem.noTerminal); 'muster serve' runs the registry without one")
      return .failure
    }
    switch options.source {
    case .remote(let url): return await open(over: url)
    case .embedded(let registry, let demo?): return await runDemo(demo, registry)
    case .embedded(let registry, nil): return await runEmbedded(registry)
    }
  }

  private func runEmbedded(_ registry: RegistryOptions) async -> ExitCode {
    let local: LocalRegistry
    do {
      local = try LocalRegistry(registry, log: Self.log(registry.storage))
    } catch {
      guard let taken = AddressTaken(error, at: registry.listen) else {
        Muster.complain("\(error)")
        return .failure
      }
      return await offerToOpen(over: taken)
    }
    defer { local.stop(grace: Self.grace) }
    // It is found on the terminal again when the screen has gone.
    local.tellFirstPassword()
    return await show(local.session)
  }

  /// A demo does not mind where it listens, unless it was told.
  private func runDemo(_ demo: ConsoleOptions.Demo, _ registry: RegistryOptions) async -> ExitCode {
    let clock = FleetClock(SystemClock.now)
    let log = Self.log(.memory)
    do {
      let local: LocalRegistry
      do {
        local = try LocalRegistry(registry, isDemo: true, clock: { clock.now }, log: log)
      } catch let error as SocketError where error.isAddressInUse && registry.listen == .standard {
        local = try LocalRegistry(registry.listening(atPort: 0), isDemo: true, clock: { clock.now }, log: log)
      }
      defer { local.stop(grace: Self.grace) }
      let seed = demo.seed ?? UInt64.random(in: 1...9_999)
      let driver = try FleetDriver(seed: seed, world: FleetWorld(local), clock: clock)
      defer { driver.stop() }
      return await show(local.session)
    } catch {
      Muster.complain(AddressTaken(error, at: registry.listen)?.description ?? "\(error)")
      return .failure
    }
  }

  private func open(over url: ServerURL) async -> ExitCode {
    guard let address = RegistryAddress(String(describing: url)) else {
      Muster.complain("\(url) is not where a registry can be")
      return .failure
    }
    do throws(HTTPFailure) {
      try HTTPClient.loadLibrary()
    } catch {
      Muster.complain("\(error)")
      return .failure
    }
    switch await RegistryIdentity.identify(address) {
    case .nacos(let version): return await open(over: address, nacos: version)
    // Whatever is there, or not yet there, may become a Muster: the console waits for it.
    case .muster, .other, .nothing: return await open(overMuster: address)
    }
  }

  private func open(overMuster address: RegistryAddress) async -> ExitCode {
    await open { RemoteSession(address, credentials: try .fromEnvironment()) }
  }

  private func open(_ session: () throws -> any RegistrySession) async -> ExitCode {
    do {
      return await show(try session())
    } catch {
      Muster.complain("\(error)")
      return .failure
    }
  }

  private func open(over address: RegistryAddress, nacos version: String) async -> ExitCode {
    if let refusal = StockSession.refusal(ofVersion: version) {
      Muster.complain("\(address): \(refusal)")
      return .failure
    }
    return await open { StockSession(address, credentials: try .fromEnvironment()) }
  }

  /// A Muster or a Nacos that has the address can be opened over; anything else is only named.
  private func offerToOpen(over taken: AddressTaken) async -> ExitCode {
    guard let address = RegistryAddress("http://\(taken.address)") else {
      Muster.complain(taken.description)
      return .failure
    }
    switch await RegistryIdentity.identify(address) {
    case .muster(let version):
      return Self.isWanted(over: taken, "Muster \(version)") ? await open(overMuster: address) : .failure
    case .nacos(let version):
      if let refusal = StockSession.refusal(ofVersion: version) {
        Muster.complain(taken.description(of: refusal) + ": give another --listen HOST:PORT")
        return .failure
      }
      let name = version.isEmpty ? "a Nacos" : "Nacos \(version)"
      return Self.isWanted(over: taken, name) ? await open(over: address, nacos: version) : .failure
    case .other(let what): Muster.complain(taken.description(of: what) + ": give another --listen HOST:PORT, port 0 picks one")
    case .nothing: Muster.complain(taken.description)
    }
    return .failure
  }

  /// Asks whether the console is to open over what has the address.
  private static func isWanted(over taken: AddressTaken, _ name: String) -> Bool {
    Muster.write("\(taken.description(of: name)). Open the console over it? [Y/n] ", to: STDOUT_FILENO)
    let answer = readLine(strippingNewline: true)?.lowercased() ?? "n"
    return answer.isEmpty || "yes".hasPrefix(answer)
  }

  private func show(_ session: any RegistrySession) async -> ExitCode {
    let settings = SettingsFile.standard(environment)
    let themes = ThemeKeeper(folders: ThemeFolders.standard(environment))
    let (theme, problem) = themes.opening(Self.themeName(options.theme, settings: settings))
    let runner = ConsoleRunner(session: session, themes: themes, settings: settings)
    if let problem { runner.mailbox.post(.themeProblem(problem)) }
    do throws(TerminalProblem) {
      // A closed terminal is nobody's mistake; a signal is how the console was asked to end.
      _ = try await runner.run(theme: theme, options: .fromEnvironment(color: options.color.ofTerminal))
      return .success
    } catch {
      Muster.complain("\(error)")
      return .failure
    }
  }

  /// Whoever closes a console has seen it end; a client that leaves its connection half closed must not hold that up.
  private static let grace = Duration.milliseconds(50)

  private static func themeName(_ choice: ThemeChoice?, settings: SettingsFile) -> String {
    switch choice {
    case .named(let name), .file(let name): name
    case nil: environment("MUSTER_THEME") ?? settings.load().theme ?? "night"
    }
  }

  /// The console has the terminal: what the registry logs goes beside its data, or nowhere.
  private static func log(_ storage: Storage) -> Logger {
    let file = if case .folder(let path) = storage { "\(path)/muster.log" } else { "/dev/null" }
    let descriptor = Glibc.open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    return Logger(descriptor: descriptor >= 0 ? descriptor : Glibc.open("/dev/null", O_WRONLY | O_CLOEXEC))
  }
}

extension FleetWorld {
  /// The doors of a registry of this process.
  fileprivate init(_ registry: LocalRegistry) {
    let engine = registry.engine
    let push = registry.server.push
    self.init(
      server: registry.url, submit: { command in engine.submit(command) { _ in } },
      beat: { key in
        let address = key.address
        let beat = Beat(service: key.service, cluster: address.cluster, ip: address.ip, port: Int(address.port))
        _ = try? engine.beat(beat, by: .client(address: address.ip, agent: "Nacos-Java-Client:v1.4.8"))
      },
      beatAll: { service in
        engine.beatAll(of: service, by: .client(address: "127.0.0.1", agent: "Nacos-Java-Client:v1.4.8"))
      },
      subscribe: { subscriber in
        guard let peer = SocketAddress(host: subscriber.ip, port: subscriber.port) else { return }
        _ = push.subscribe(
          service: subscriber.service, clusters: subscriber.clusters, ip: subscriber.ip, port: Int(subscriber.port),
          agent: subscriber.agent, app: subscriber.app, peer: peer)
      },
      advance: { engine.advance() })
  }
}

extension ColorChoice {
  fileprivate var ofTerminal: ConsoleTerminal.ColorChoice { ConsoleTerminal.ColorChoice(rawValue: rawValue) ?? .auto }
}
