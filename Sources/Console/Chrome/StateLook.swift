import RegistryModel

// How states look: a glyph, a word and a colour, always all three.
extension ServiceState {
  var symbol: Symbol {
    switch self {
    case .broken: .down
    case .gone: .gone
    case .protected: .protect
    case .degraded: .degraded
    case .ok: .ok
    case .offline: .off
    case .empty: .empty
    }
  }

  var role: Role {
    switch self {
    case .broken: .stateDown
    case .gone: .stateGone
    case .protected: .stateProtect
    case .degraded: .stateDegraded
    case .ok: .stateOK
    case .offline: .stateOff
    case .empty: .stateEmpty
    }
  }

  /// At most seven columns.
  var word: String {
    switch self {
    case .broken: "BROKEN"
    case .gone: "GONE"
    case .protected: "PROTECT"
    case .degraded: "DEGRAD"
    case .ok: "ok"
    case .offline: "off"
    case .empty: "empty"
    }
  }

  var longWord: String { self == .degraded ? "DEGRADED" : word }

  var legend: String {
    switch self {
    case .broken: "broken"
    case .gone: "gone"
    case .protected: "protected"
    case .degraded: "degraded"
    case .ok: "ok"
    case .offline: "offline on purpose"
    case .empty: "empty"
    }
  }
}

/// How an instance stands, as its row says it.
enum InstanceLook {
  static func symbol(_ instance: Instance) -> (symbol: Symbol, role: Role) {
    if !instance.isEnabled { return (.off, .stateOff) }
    return instance.isHealthy ? (.ok, .stateOK) : (.down, .stateDown)
  }

  static func health(_ instance: Instance) -> CellText {
    instance.isHealthy ? CellText("UP", .stateOK) : CellText("DOWN", instance.isEnabled ? .stateDown : .stateOff)
  }
}
