public import RegistryModel

/// One line of a stream: an object of one member, whose name says what the value is.
///
/// A stream is `hello`; then, unless it goes on from a revision, a snapshot in pieces: `begin`, `namespaces`, `waiting`,
/// `service` with `instances` of it behind, `recent`, `ready`; then `commits` and `push` as they come. `pulse` comes where
/// nothing else does, at least once a second; `end` says why it is over. A second `begin` starts a new snapshot.
public enum StreamLine: Sendable {
  case hello(StreamHello)
  case begin(StreamHead)
  case namespaces([Namespace])
  case waiting([WaitingSubscribers])
  /// With none of its instances.
  case service(Service)
  /// Of the service before.
  case instances([Instance])
  /// Oldest first; several lines follow one another.
  case recent([Commit])
  /// The snapshot is whole and stands at this revision.
  case ready(Revision)
  case commits([Commit])
  case push(PushDigest)
  /// The server's wall clock.
  case pulse(WallTime)
  case end(String)
}

/// What a snapshot begins with.
public struct StreamHead: Hashable, Sendable, Codable {
  public var at: WallTime
  public var switches: Switches
  public var timeline: Timeline
  public var push: PushDigest
  /// How many services will come.
  public var services: Int

  public init(_ snapshot: Snapshot) {
    at = snapshot.at
    switches = snapshot.switches
    timeline = snapshot.timeline
    push = snapshot.push
    services = snapshot.catalog.services.count
  }
}

/// How many subscribe to a service that is not there.
public struct WaitingSubscribers: Hashable, Sendable, Codable {
  public var service: ServiceKey
  public var count: Int

  public init(service: ServiceKey, count: Int) {
    self.service = service
    self.count = count
  }
}

extension StreamLine {
  /// The bytes of the line, with its line break.
  public var bytes: [UInt8] {
    get throws(JSONError) {
      switch self {
      case .hello(let hello): try Self.line("hello", hello)
      case .begin(let head): try Self.line("begin", head)
      case .namespaces(let namespaces): try Self.line("namespaces", namespaces)
      case .waiting(let waiting): try Self.line("waiting", waiting)
      case .service(let service): try Self.line("service", service)
      case .instances(let instances): try Self.line("instances", instances)
      case .recent(let commits): try Self.line("recent", commits)
      case .ready(let revision): try Self.line("ready", revision)
      case .commits(let commits): try Self.line("commits", commits)
      case .push(let digest): try Self.line("push", digest)
      case .pulse(let time): try Self.line("pulse", time)
      case .end(let why): try Self.line("end", why)
      }
    }
  }

  private static func line(_ name: StaticString, _ value: some Encodable) throws(JSONError) -> [UInt8] {
    line(name, json: try JSONCoding.encode(value))
  }

  static func line(_ name: StaticString, json: [UInt8]) -> [UInt8] {
    var writer = JSONWriter(capacity: json.count + 32)
    writer.beginObject()
    writer.key(name)
    writer.raw(json)
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Reads a line, without its line break. Nil for one of a kind that is not known: a newer server may have more to say.
  public init?(_ bytes: [UInt8]) throws(JSONError) {
    guard let (name, value) = try JSONDocument(bytes).root.members.first(where: { _ in true }) else {
      throw JSONError(reason: "a line that is no object")
    }
    switch name {
    case "hello": self = .hello(try JSONCoding.decode(StreamHello.self, from: value))
    case "begin": self = .begin(try JSONCoding.decode(StreamHead.self, from: value))
    case "namespaces": self = .namespaces(try JSONCoding.decode([Namespace].self, from: value))
    case "waiting": self = .waiting(try JSONCoding.decode([WaitingSubscribers].self, from: value))
    case "service": self = .service(try JSONCoding.decode(Service.self, from: value))
    case "instances": self = .instances(try JSONCoding.decode([Instance].self, from: value))
    case "recent": self = .recent(try JSONCoding.decode([Commit].self, from: value))
    case "ready": self = .ready(try JSONCoding.decode(Revision.self, from: value))
    case "commits": self = .commits(try JSONCoding.decode([Commit].self, from: value))
    case "push": self = .push(try JSONCoding.decode(PushDigest.self, from: value))
    case "pulse": self = .pulse(try JSONCoding.decode(WallTime.self, from: value))
    case "end": self = .end(try JSONCoding.decode(String.self, from: value))
    default: return nil
    }
  }
}
