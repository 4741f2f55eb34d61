public import RegistryModel

/// A snapshot as the lines of a stream, each made when it is asked for: a registry of any size costs one line at a time.
public struct SnapshotLines: Sequence, IteratorProtocol {
  private enum Part {
    case head, namespaces, waiting, services, recent, ready, done
  }

  private let snapshot: Snapshot
  private var part = Part.head
  private var namespaces: [Namespace].Iterator
  private var waiting: [WaitingSubscribers].Iterator
  private var services: SharedMap<Service>.Iterator
  private var instances: SharedMap<Instance>.Iterator?
  private var recent: [Commit].Iterator

  public init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    let catalog = snapshot.catalog
    namespaces = catalog.namespaces.values.sorted { $0.id < $1.id }.makeIterator()
    waiting = catalog.waitingSubscribers.map { WaitingSubscribers(service: $0, count: $1) }
      .sorted { $0.service < $1.service }.makeIterator()
    services = catalog.services.makeIterator()
    recent = snapshot.recent.makeIterator()
  }

  /// What cannot be written is left out: no value of the model is of that kind.
  public mutating func next() -> [UInt8]? {
    while true {
      switch part {
      case .head:
        part = .namespaces
        if let line = try? StreamLine.begin(StreamHead(snapshot)).bytes { return line }
      case .namespaces:
        if let line = Self.gather("namespaces", &namespaces) { return line }
        part = .waiting
      case .waiting:
        if let line = Self.gather("waiting", &waiting) { return line }
        part = .services
      case .services:
        if let line = nextOfServices() { return line }
        part = .recent
      case .recent:
        if let line = Self.gather("recent", &recent) { return line }
        part = .ready
      case .ready:
        part = .done
        return try? StreamLine.ready(snapshot.catalog.revision).bytes
      case .done: return nil
      }
    }
  }

  private mutating func nextOfServices() -> [UInt8]? {
    if instances != nil {
      if let line = Self.gather("instances", &instances) { return line }
      instances = nil
    }
    guard let service = services.next() else { return nil }
    instances = service.instances.isEmpty ? nil : service.instances.makeIterator()
    return try? StreamLine.service(service.withoutInstances).bytes
  }

  private static func gather<Source: IteratorProtocol>(
    _ name: StaticString, _ source: inout Source?
  ) -> [UInt8]? where Source.Element: Encodable {
    guard var iterator = source else { return nil }
    defer { source = iterator }
    return gather(name, &iterator)
  }

  private static func gather<Source: IteratorProtocol>(
    _ name: StaticString, _ source: inout Source
  ) -> [UInt8]? where Source.Element: Encodable {
    var group = StreamGroup(name)
    while !group.isFull, let element = source.next() {
      guard let json = try? JSONCoding.encode(element), json.count <= StreamBounds.commitBytes else { continue }
      group.append(json)
    }
    return group.take()
  }
}
