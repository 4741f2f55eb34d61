import RegistryModel

/// What a view shows: enough to open it anew.
enum Place: Hashable, Sendable {
  case pulse
  case namespaces
  /// Of one namespace, or of all.
  case services(namespace: String?)
  case instances(ServiceKey)
  /// Instances of all services, by a filter text.
  case find(FindQuery)
  /// Of one service, or of all.
  case subscribers(ServiceKey?)
  /// Of one service, or of all.
  case push(ServiceKey?)
  case events
  case switches
  case describe(RowKey)
  case explain(RowKey)
  case timeline(RowKey)
}

/// Which kind of view a place is: what actions, columns and settings belong to.
public enum PlaceKind: String, Hashable, Sendable, CaseIterable {
  case pulse, namespaces, services, instances, find, subscribers, push, events, switches, describe, explain, timeline
}

extension Place {
  var kind: PlaceKind {
    switch self {
    case .pulse: .pulse
    case .namespaces: .namespaces
    case .services: .services
    case .instances: .instances
    case .find: .find
    case .subscribers: .subscribers
    case .push: .push
    case .events: .events
    case .switches: .switches
    case .describe: .describe
    case .explain: .explain
    case .timeline: .timeline
    }
  }

  /// The service that the place is inside of.
  var service: ServiceKey? {
    switch self {
    case .instances(let key): key
    case .subscribers(let key), .push(let key): key
    case .describe(let row), .explain(let row), .timeline(let row): row.service
    default: nil
    }
  }

  /// What it is about, for the line that says where one is.
  var crumb: String {
    switch self {
    case .pulse: "Pulse"
    case .namespaces: "Namespaces"
    case .services(let namespace): namespace.map { "\($0) > Services" } ?? "Services"
    case .instances(let key): key.name
    case .find(let query): "Find \(query.text)"
    case .subscribers(let key): key.map { "Subscribers of \($0.name)" } ?? "Subscribers"
    case .push(let key): key.map { "Push of \($0.name)" } ?? "Push"
    case .events: "Events"
    case .switches: "Switches"
    case .describe(let key): "\(key.name)"
    case .explain(let key): "why \(key.name)"
    case .timeline(let key): "\(key.name): what happened"
    }
  }
}

/// A place as one operator is there: its list, its window.
struct Visit: Sendable {
  var place: Place
  var list = ListState()
  /// The first line shown, where the view is text.
  var line = 0
  /// The text, where the view is text, and for what it was written.
  var page = TextPage()
  var pageStamp: PageStamp?

  init(_ place: Place) { self.place = place }
}
