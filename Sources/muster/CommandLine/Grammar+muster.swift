extension Grammar {
  /// All that `muster` understands.
  static let muster = Grammar(
    program: "muster",
    version: "0.1.0",
    about: "a service registry for Nacos 1.x clients, with its console",
    commands: [
      CommandRule(
        name: "console",
        about: "Without a command, opens the console over a registry of its own.",
        options: [.listen, .data, .memory, .probeRanges, .demo, .seed, .server, .theme, .color] + OptionRule.access),
      CommandRule(
        name: "serve",
        about: "run the registry without a screen",
        options: [.listen, .data, .memory, .probeRanges, .nacosMetrics] + OptionRule.access + [.logLevel]),
    ])
}

extension OptionRule {
  static let listen = OptionRule(
    name: "listen", argument: "HOST:PORT",
    about: "where the registry takes requests; port 0 picks one (default \(ListenAddress.standard))")

  static let data = OptionRule(
    name: "data", argument: "DIR",
    about: "where the registry keeps its data (default $XDG_STATE_HOME/muster or ~/.local/state/muster)",
    excludes: ["memory"])

  static let memory = OptionRule(name: "memory", about: "keep nothing on disk", excludes: ["data"])

  static let probeRanges = OptionRule(
    name: "probe-ranges", argument: "CIDR,...",
    about: "check the health of persistent instances only at these addresses (default: wherever they are)")

  static let nacosMetrics = OptionRule(
    name: "nacos-metrics", about: "answer /nacos/actuator/prometheus as well as /actuator/prometheus")

  static let demo = OptionRule(
    name: "demo", about: "run a simulated fleet in a registry that keeps nothing", excludes: ["data", "server", "probe-ranges"])

  static let seed = OptionRule(
    name: "seed", argument: "N", about: "the same fleet again (with --demo)", excludes: ["server"], needs: "demo")

  static let server = OptionRule(
    name: "server", argument: "URL", about: "open over a registry that runs elsewhere",
    excludes: ["listen", "data", "memory", "probe-ranges", "demo", "seed"] + access.map(\.name))

  static let theme = OptionRule(name: "theme", argument: "NAME|PATH", about: "colours, by name or from a file")

  static let color = OptionRule(
    name: "color", argument: "WHEN", about: "\(ColorChoice.names) (default auto)")

  static let logLevel = OptionRule(
    name: "log-level", argument: "LEVEL", about: "\(LogLevel.names) (default info)")
}
