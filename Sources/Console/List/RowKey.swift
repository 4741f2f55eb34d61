import RegistryModel

/// What a row of a list stands for. Cursors and selections hold these, never row numbers, so that whatever else comes, goes
/// or moves, they stay with their object.
enum RowKey: Hashable, Sendable, Comparable {
  case namespace(String)
  case service(ServiceKey)
  case instance(InstanceKey)
  case subscriber(Subscriber)
  case event(EventID)
  case switchEntry(String)
}

extension RowKey {
  var instance: InstanceKey? {
    if case .instance(let key) = self { key } else { nil }
  }

  var service: ServiceKey? {
    switch self {
    case .service(let key): key
    case .instance(let key): key.service
    case .subscriber(let subscriber): subscriber.service
    case .namespace, .event, .switchEntry: nil
    }
  }

  /// The object's name as an operator would write it; what `c` copies.
  var name: String {
    switch self {
    case .namespace(let id): id
    case .service(let key): key.name
    case .instance(let key): key.address.hostAndPort
    case .subscriber(let subscriber): subscriber.hostAndPort
    case .event(let id): String(id.revision)
    case .switchEntry(let entry): entry
    }
  }
}
