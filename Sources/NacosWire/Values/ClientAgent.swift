/// What kind of client asks, from its `User-Agent` or, where that is empty, its `Client-Version` (naming-server-v1 4.2).
public struct ClientAgent: Hashable, Sendable {
  public enum Kind: Hashable, Sendable { case java, dns, c, javaSDK, server, nginx, go, cSharp, unknown }

  public struct Version: Hashable, Sendable, Comparable {
    public var major: Int
    public var minor: Int
    public var patch: Int

    public init(_ major: Int, _ minor: Int, _ patch: Int) {
      self.major = major
      self.minor = minor
      self.patch = patch
    }

    public static func < (left: Version, right: Version) -> Bool {
      (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
  }

  public var kind: Kind
  public var version: Version

  public init(kind: Kind, version: Version) {
    self.kind = kind
    self.version = version
  }

  private static let prefixes: [(text: StaticString, kind: Kind)] = [
    ("Nacos-Java-Client", .java), ("Nacos-DNS", .dns), ("Nacos-C-Client", .c), ("Nacos-SDK-Java", .javaSDK),
    ("Nacos-Server", .server), ("unit-nginx", .nginx), ("vip-client4cpp", .c), ("Nacos-Go-Client", .go),
    ("Nacos-CSharp-Client", .cSharp),
  ]

  public init(_ header: UnsafeRawBufferPointer) {
    kind = .unknown
    version = Version(0, 0, 0)
    for prefix in Self.prefixes
    where header.starts(with: UnsafeBufferPointer(start: prefix.text.utf8Start, count: prefix.text.utf8CodeUnitCount)) {
      kind = prefix.kind
      version = Version(leniently: Self.versionPart(of: header))
      return
    }
  }

  public init(_ header: String) {
    var header = header
    self = header.withUTF8 { ClientAgent(UnsafeRawBufferPointer($0)) }
  }

  /// What follows the first `:v`; without one, all but the first character.
  private static func versionPart(of header: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
    let at = header.indices.dropLast().first { header[$0] == UInt8(ascii: ":") && header[$0 + 1] == UInt8(ascii: "v") }
    return at.map { header[($0 + 2)...] } ?? header.dropFirst()
  }

  /// Java clients from 1.0.0 on see grouped names in lists, and their updates are strict (1.1.3, 1.1.6).
  public var usesFullNames: Bool { kind == .java && version >= Version(1, 0, 0) }
}

extension ClientAgent.Version {
  /// Three numbers between any of `-_./;:`; what is missing or no number counts as 0.
  init(leniently text: some Collection<UInt8>) {
    var numbers: [Int] = []
    for part in text.split(maxSplits: 3, omittingEmptySubsequences: false, whereSeparator: { "-_./;:".utf8.contains($0) })
      .prefix(3)
    {
      let digits = part.prefix(9).prefix { $0.isDecimalDigit }
      numbers.append(digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
    }
    self.init(numbers.first ?? 0, numbers.dropFirst().first ?? 0, numbers.dropFirst(2).first ?? 0)
  }

  /// As a switch names it, `1.0.12`.
  public init(_ text: String) { self.init(leniently: text.utf8) }
}
