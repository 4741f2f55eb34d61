import RegistryServer

/// What a command line asks for, with every value understood.
enum Invocation: Hashable, Sendable {
  case console(ConsoleOptions)
  case serve(ServeOptions)
  case print(String)

  /// - Parameters:
  ///   - arguments: the words after the program's name.
  ///   - environment: the value of an environment variable.
  init(
    arguments: some Sequence<String>, environment: (String) -> String?
  ) throws(UsageError) {
    switch try Grammar.muster.parse(arguments) {
    case .print(let text): self = .print(text)
    case .run(let words) where words.command == "serve": self = .serve(try ServeOptions(words, environment: environment))
    case .run(let words): self = .console(try ConsoleOptions(words, environment: environment))
    }
  }
}

/// `muster`: the console, over a registry of its own or another's.
struct ConsoleOptions: Hashable, Sendable {
  enum Source: Hashable, Sendable {
    case embedded(RegistryOptions, Demo?)
    case remote(ServerURL)
  }

  struct Demo: Hashable, Sendable {
    /// nil for a fleet that is another one every time.
    let seed: UInt64?
  }

  let source: Source
  /// nil where the environment or the settings decide.
  let theme: ThemeChoice?
  let color: ColorChoice

  init(_ words: Words, environment: (String) -> String?) throws(UsageError) {
    if let url = words[OptionRule.server.name] {
      source = .remote(try ServerURL(url))
    } else {
      let demo = words.has(OptionRule.demo.name) ? Demo(seed: try Self.seed(words)) : nil
      source = .embedded(try RegistryOptions(words, environment: environment), demo)
    }
    theme = if let text = words[OptionRule.theme.name] { try ThemeChoice(text) } else { nil }
    color = if let text = words[OptionRule.color.name] { try ColorChoice(text, of: .color) } else { .auto }
  }

  private static func seed(_ words: Words) throws(UsageError) -> UInt64? {
    guard let text = words[OptionRule.seed.name] else { return nil }
    guard let seed = UInt64(text) else { throw UsageError("'--\(OptionRule.seed.name)' is a whole number, not '\(text)'") }
    return seed
  }
}

/// `muster serve`: the registry without a screen.
struct ServeOptions: Hashable, Sendable {
  let registry: RegistryOptions
  let logLevel: LogLevel

  init(_ words: Words, environment: (String) -> String?) throws(UsageError) {
    registry = try RegistryOptions(words, environment: environment)
    logLevel = if let text = words[OptionRule.logLevel.name] { try LogLevel(text, of: .logLevel) } else { .info }
  }
}

/// A registry that runs in this process.
struct RegistryOptions: Hashable, Sendable {
  private(set) var listen: ListenAddress
  let storage: Storage
  /// Where persistent instances may be probed; nil for everywhere.
  let probeRanges: [AddressRange]?
  /// Whether metrics are found where a Nacos that exposes them has them.
  let hasMetricsBelowContext: Bool
  let access: AccessChoice

  /// The same at another port of the same host; 0 stands for one that the system picks.
  func listening(atPort port: UInt16) -> RegistryOptions {
    var other = self
    other.listen = ListenAddress(host: listen.host, port: port)
    return other
  }

  init(_ words: Words, environment: (String) -> String?) throws(UsageError) {
    listen = if let text = words[OptionRule.listen.name] { try ListenAddress(text) } else { .standard }
    hasMetricsBelowContext = words.has(OptionRule.nacosMetrics.name)
    storage = try Storage(words, environment: environment)
    probeRanges = try words[OptionRule.probeRanges.name].map(Self.ranges)
    access = try AccessChoice(words)
    guard listen.isLoopback || access.asks || words.has(OptionRule.insecureNoAuth.name) else {
      throw UsageError(
        "\(listen) can be reached from other machines and nobody is asked for a password: give '--\(OptionRule.auth.name)', "
          + "listen at a loopback address, or give '--\(OptionRule.insecureNoAuth.name)'")
    }
  }

  private static func ranges(_ text: String) throws(UsageError) -> [AddressRange] {
    var ranges: [AddressRange] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let range = AddressRange(String(part)) else {
        throw UsageError("'--\(OptionRule.probeRanges.name)' is a list of addresses or ranges like 10.0.0.0/8, not '\(part)'")
      }
      ranges.append(range)
    }
    return ranges
  }
}
