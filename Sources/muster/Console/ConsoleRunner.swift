import Console
import ConsoleTerminal
import RegistryModel
import RegistryServer

/// Runs the console over a session on this terminal, and carries out what it wants done.
struct ConsoleRunner: Sendable {
  let session: any RegistrySession
  let themes: ThemeKeeper
  let settings: SettingsFile
  let mailbox: Mailbox<ConsoleInput>

  init(session: any RegistrySession, themes: ThemeKeeper, settings: SettingsFile) {
    self.session = session
    self.themes = themes
    self.settings = settings
    mailbox = Mailbox()
  }

  func run(theme: Theme, options: TerminalOptions) async throws(TerminalProblem) -> TerminalExit {
    let environment = ConsoleEnvironment(
      operatorName: Operator.name, utcOffset: LocalTime.utcOffset, version: Grammar.muster.version)
    // The terminal says how large it is when it opens.
    var state = ConsoleState(environment: environment, settings: settings.load(), size: Size(rows: 24, columns: 80))
    _ = state.update(.theme(theme), at: SystemClock.now())
    let feed = Task { await follow() }
    let watch = Task { await themes.watch(tell) }
    defer {
      feed.cancel()
      watch.cancel()
    }
    return try await Terminal.run(ConsoleProgram(state), mailbox: mailbox, options: options) { effect in
      TerminalCommand(effect) ?? perform(effect)
    }
  }

  /// Hands everything the session says to the console. A console that cannot keep up makes this wait, and the session
  /// then gives a snapshot instead of what was missed.
  private func follow() async {
    await mailbox.send(.themes(themes.names))
    let capabilities = Task { await mailbox.send(.connected(await session.capabilities)) }
    defer { capabilities.cancel() }
    for await event in session.watch(.everything) { await mailbox.send(.feed(event)) }
  }

  /// On the terminal's thread: nothing here waits.
  private func perform(_ effect: ConsoleEffect) -> TerminalCommand? {
    switch effect {
    case .submit(let id, let command):
      later { .receipt(id, await result { () async throws(RegistryError) in try await session.submit(command) }) }
    case .ask(let query):
      later { .answer(query, await result { () async throws(RegistryError) in try await session.ask(query) }) }
    case .previewTheme(let name): Task { await tell(themes.use(name, isPreview: true)) }
    case .applyTheme(let name): Task { await tell(themes.use(name, isPreview: false)) }
    case .saveSettings(let settings):
      if let problem = self.settings.save(settings) { later { .notice(problem) } }
    // A session that lost its registry tries again twice a second: there is no sooner.
    case .reconnect: break
    // The terminal's, or the program's own.
    case .quit, .suspend, .redraw, .copy, .wake: break
    }
    return nil
  }

  private func later(_ input: @escaping @Sendable () async -> ConsoleInput) {
    Task { await mailbox.send(await input()) }
  }

  private func result<Success: Sendable>(
    _ body: @Sendable () async throws(RegistryError) -> Success
  ) async -> Result<Success, RegistryError> {
    do throws(RegistryError) {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }

  private func tell(_ messages: [ConsoleInput]) async {
    for message in messages { await mailbox.send(message) }
  }
}
