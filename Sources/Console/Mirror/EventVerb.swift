/// What a commit did to one object, as the events view names it.
enum EventVerb: UInt8, Hashable, Sendable, CaseIterable {
  // Instances, by clients and the registry.
  case register, reregister, update, deregister, expired, healthDown, healthUp
  // Instances, by operators.
  case offline, online, weight, metadata, restored, marked, unmarked
  // Services, as their state turned.
  case broken, gone, protectOn, protectOff, recovered
  // Configuration.
  case serviceCreated, serviceChanged, serviceRemoved, clusterChanged
  case namespaceCreated, namespaceChanged, namespaceRemoved, switchChanged
  // Who may do what.
  case userChanged, roleChanged, permissionChanged, lockedOut
  // Subscriptions.
  case subscribe, unsubscribe
}

/// How much an event matters, worst first.
enum Severity: UInt8, Hashable, Sendable, Comparable, CaseIterable {
  case error, warning, operated, info

  static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

  var word: String {
    switch self {
    case .error: "ERR"
    case .warning: "WARN"
    case .operated: "op"
    case .info: "-"
    }
  }

  var role: Role {
    switch self {
    case .error: .severityError
    case .warning: .severityWarning
    case .operated: .severityOperator
    case .info: .severityInfo
    }
  }
}

extension EventVerb {
  var severity: Severity {
    switch self {
    case .expired, .healthDown, .broken, .gone: .error
    case .protectOn, .serviceRemoved, .lockedOut: .warning
    case .offline, .online, .weight, .metadata, .restored, .marked, .unmarked, .switchChanged: .operated
    case .serviceChanged, .clusterChanged, .namespaceCreated, .namespaceChanged, .namespaceRemoved: .operated
    case .userChanged, .roleChanged, .permissionChanged: .operated
    case .register, .reregister, .update, .deregister, .healthUp, .protectOff, .recovered, .serviceCreated: .info
    case .subscribe, .unsubscribe: .info
    }
  }

  /// As the events view writes it.
  var title: String {
    switch self {
    case .register: "REGISTER"
    case .reregister: "REREGISTER"
    case .update: "UPDATE"
    case .deregister: "DEREGISTER"
    case .expired: "EXPIRED"
    case .healthDown: "HEALTH DOWN"
    case .healthUp: "HEALTH UP"
    case .offline: "OFFLINE"
    case .online: "ONLINE"
    case .weight: "WEIGHT"
    case .metadata: "METADATA"
    case .restored: "RESTORED"
    case .marked: "MARK"
    case .unmarked: "UNMARK"
    case .broken: "BROKEN"
    case .gone: "GONE"
    case .protectOn: "PROTECT ON"
    case .protectOff: "PROTECT OFF"
    case .recovered: "RECOVERED"
    case .serviceCreated: "SERVICE NEW"
    case .serviceChanged: "SERVICE"
    case .serviceRemoved: "SERVICE GONE"
    case .clusterChanged: "CLUSTER"
    case .namespaceCreated: "NAMESPACE NEW"
    case .namespaceChanged: "NAMESPACE"
    case .namespaceRemoved: "NAMESPACE GONE"
    case .switchChanged: "SWITCH"
    case .userChanged: "USER"
    case .roleChanged: "ROLE"
    case .permissionChanged: "PERMISSION"
    case .lockedOut: "LOCKED OUT"
    case .subscribe: "SUBSCRIBE"
    case .unsubscribe: "UNSUBSCRIBE"
    }
  }

  /// As a narrow column writes it.
  var short: String {
    switch self {
    case .offline: "off"
    case .online: "on"
    case .healthDown: "down"
    case .healthUp: "up"
    case .restored: "restored"
    case .protectOn: "protect on"
    case .protectOff: "protect off"
    case .marked: "mark"
    default: title.lowercased()
    }
  }

  /// Whether bursts gather over all services: what takes a network, a machine or an operator's selection strikes many at once.
  var gathersAcrossServices: Bool {
    switch self {
    case .expired, .healthDown, .healthUp, .offline, .online, .restored, .marked, .unmarked: true
    case .broken, .gone, .protectOn, .protectOff, .recovered: true
    default: false
    }
  }
}
