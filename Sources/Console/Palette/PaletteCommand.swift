import RegistryModel

/// A command of the palette that takes a word after its name.
enum PaletteCommand: String, CaseIterable, Sendable {
  case pulse, namespaces, services, instances, find, subscribers, push, events, switches, explain, timeline, skin, settings
  case help, quit

  /// What it is called, the name of the documentation first.
  var names: [String] {
    switch self {
    case .pulse: ["pulse", "pu"]
    case .namespaces: ["ns", "namespaces"]
    case .services: ["svc", "services", "s"]
    case .instances: ["inst", "instances", "i"]
    case .find: ["find"]
    case .subscribers: ["sub", "subscribers"]
    case .push: ["push"]
    case .events: ["ev", "events"]
    case .switches: ["switch", "switches"]
    case .explain: ["explain", "why"]
    case .timeline: ["timeline"]
    case .skin: ["skin", "theme"]
    case .settings: ["settings", "info"]
    case .help: ["help"]
    case .quit: ["q", "quit"]
    }
  }

  var about: String {
    switch self {
    case .pulse: "what is broken, what changed"
    case .namespaces: "namespaces"
    case .services: "services [of a namespace]"
    case .instances: "instances of a service"
    case .find: "instances anywhere: ip, ip:port, CIDR, k=v"
    case .subscribers: "subscribers [of a service]"
    case .push: "push: who was told"
    case .events: "events"
    case .switches: "switches"
    case .explain: "why a service is as it is"
    case .timeline: "what happened to a service"
    case .skin: "theme, with preview"
    case .settings: "settings and about"
    case .help: "keys"
    case .quit: "leave"
    }
  }

  /// What its word names.
  enum Argument { case none, namespace, service, theme, text }

  var argument: Argument {
    switch self {
    case .services: .namespace
    case .instances, .subscribers, .explain, .timeline: .service
    case .skin: .theme
    case .find: .text
    default: .none
    }
  }

  static func named(_ name: String) -> PaletteCommand? { allCases.first { $0.names.contains(name) } }
}

/// What running a line of the palette does.
enum PaletteRun: Hashable, Sendable {
  case go(Place)
  case use(namespace: String?)
  case action(ActionID)
  case theme(String)
}

/// One line of the palette.
struct PaletteCandidate: Sendable {
  /// What Tab puts into the field.
  var completion: String
  var title: String
  var detail: String
  /// Why it cannot be run now.
  var refusal: String?
  var run: PaletteRun?
  var score: Int
}
