import RegistryModel

/// What a list must look at again, gathered between two frames.
struct MirrorChanges: Sendable {
  /// All of it: a snapshot came, or so much changed that counting it out costs more than looking at everything.
  var isEverything = false
  var services: Set<ServiceKey> = []
  var instances: Set<InstanceKey> = []
  var events: Set<EventID> = []
  var hasPush = false
  var hasSwitches = false
  var hasNamespaces = false

  static let limit = 20_000

  var isEmpty: Bool {
    !isEverything && services.isEmpty && instances.isEmpty && events.isEmpty && !hasPush && !hasSwitches && !hasNamespaces
  }

  mutating func note(_ change: Change) {
    switch change {
    case .instance(let service, let before, let after, _):
      services.insert(service)
      if let address = (after ?? before)?.address { instances.insert(InstanceKey(service: service, address: address)) }
    case .service(let key, _, _), .cluster(let key, _, _, _): services.insert(key)
    case .subscriber(let subscriber, _): services.insert(subscriber.service)
    case .namespace: hasNamespaces = true
    case .switches: hasSwitches = true
    case .note, .access: break
    }
    if services.count + instances.count + events.count > Self.limit { isEverything = true }
  }
}
