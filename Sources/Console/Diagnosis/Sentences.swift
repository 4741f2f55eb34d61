import RegistryModel

/// What a service's numbers mean, in a sentence.
enum Sentences {
  static func verdict(on service: Service) -> String {
    let name = service.key.name
    let counts = service.counts
    let subscribers = service.subscribers == 1 ? "1 subscriber" : "\(Readable.count(service.subscribers)) subscribers"
    let threshold = Figures.threshold(service.settings.protectThreshold)
    switch service.state {
    case .ok: return "\(name): all \(counts.enabled) enabled are healthy"
    case .empty: return "\(name): no instance is registered; \(subscribers)"
    case .offline: return "\(name): all \(counts.total) are taken out on purpose"
    case .gone:
      return "\(name): its \(service.lostInstances) instances fell silent and were removed; \(subscribers) are told of none"
    case .broken, .protected, .degraded:
      let up = "\(counts.serving == 0 ? "none" : "\(counts.serving)") of \(counts.enabled) enabled healthy"
      guard service.isProtected, service.seen > counts.serving else {
        return "\(name): \(up); \(subscribers) are told of \(service.seen)"
      }
      return "\(name): \(up), yet \(subscribers) are told of \(service.seen) "
        + "(\(counts.healthy)/\(counts.total) <= PROT \(threshold))"
    }
  }
}
