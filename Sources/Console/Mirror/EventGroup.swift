import RegistryModel

/// Names a burst for as long as it is remembered.
struct EventID: Hashable, Sendable, Comparable {
  /// The revision of its first commit.
  var revision: Revision
  /// Which of the bursts that this commit began.
  var part: UInt16 = 0

  static func < (left: EventID, right: EventID) -> Bool {
    left.revision != right.revision ? left.revision < right.revision : left.part < right.part
  }
}

/// Like things that happened in one go: `HEALTH DOWN, 37 instances in 3 s, all in 10.8.3.0/24`.
struct EventGroup: Sendable {
  /// How many objects are remembered by name; beyond that they are only counted.
  static let objectLimit = 64
  /// Milliseconds without a like event after which a burst is over.
  static let pause: Int64 = 10_000

  let id: EventID
  let verb: EventVerb
  let origin: Origin
  let firstAt: WallTime
  private(set) var lastAt: WallTime
  private(set) var lastRevision: Revision
  private(set) var count = 0
  /// In the order in which they came, each once, at most `objectLimit`.
  private(set) var services: [ServiceKey] = []
  private(set) var addresses: [InstanceAddress] = []
  private(set) var subject: String?
  private(set) var detail: String
  private(set) var reason: String?
  /// The network that all of its instances share, while they do.
  private(set) var network: Subnet?

  init(id: EventID, verb: EventVerb, origin: Origin, at time: WallTime, reason: String?) {
    self.id = id
    self.verb = verb
    self.origin = origin
    firstAt = time
    lastAt = time
    lastRevision = id.revision
    detail = ""
    self.reason = reason
  }

  var severity: Severity {
    verb == .deregister && origin.isOperator ? .operated : verb.severity
  }

  mutating func add(_ fact: EventFact, at time: WallTime, revision: Revision) {
    let network = fact.address.flatMap { Subnet(of: $0.ip) }
    self.network = count == 0 || self.network == network ? network : nil
    count += 1
    lastAt = max(lastAt, time)
    lastRevision = revision
    subject = fact.subject
    detail = count == 1 || detail == fact.detail ? fact.detail : ""
    if let service = fact.service, services.last != service, services.count < Self.objectLimit, !services.contains(service) {
      services.append(service)
    }
    if let address = fact.address, addresses.count < Self.objectLimit { addresses.append(address) }
  }

  func concerns(_ service: ServiceKey) -> Bool { services.contains(service) }
}

/// The first three numbers of an IPv4 address: what usually fails together.
struct Subnet: Hashable, Sendable {
  var prefix: String

  /// Nil for what is no dotted IPv4 address.
  init?(of ip: String) {
    let parts = ip.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4, parts.allSatisfy(Self.isByte) else { return nil }
    let length = parts[0].count + parts[1].count + parts[2].count + 2
    prefix = String(decoding: ip.utf8.prefix(length), as: UTF8.self)
  }

  private static func isByte(_ digits: Substring.UTF8View) -> Bool {
    (1...3).contains(digits.count) && digits.allSatisfy { (0x30...0x39).contains($0) }
      && digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
  }

  var description: String { "\(prefix).0/24" }
}
