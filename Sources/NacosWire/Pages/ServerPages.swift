public import RegistryModel

/// What operators and probing clients read about the server itself (naming-server-v1 1.6, 1.11, 1.13).
public enum ServerPages {
  /// How loaded the machine is.
  public struct Load: Hashable, Sendable {
    /// Share of all cores that is busy, 0 to 1; -1 while unknown.
    public var cpu: Double
    /// One-minute load average.
    public var average: Double
    /// Share of memory in use, 0 to 1.
    public var memory: Double

    public init(cpu: Double, average: Double, memory: Double) {
      self.cpu = cpu
      self.average = average
      self.memory = memory
    }
  }

  /// This node, as others would know it.
  public struct Member: Hashable, Sendable {
    public var ip: String
    public var port: Int
    public var version: String
    public var refreshedAt: WallTime

    public init(ip: String, port: Int, version: String, refreshedAt: WallTime) {
      self.ip = ip
      self.port = port
      self.version = version
      self.refreshedAt = refreshedAt
    }

    public var address: String { ip.contains(":") ? "[\(ip)]:\(port)" : "\(ip):\(port)" }
  }

  /// 1.6.4
  public static func metrics(status: String, totals: Catalog.Totals, load: Load) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("status", status)
    writer.member("serviceCount", totals.services)
    writer.member("instanceCount", totals.instances.total)
    writer.member("raftNotifyTaskCount", 0)
    writer.member("responsibleServiceCount", totals.services)
    writer.member("responsibleInstanceCount", totals.instances.total)
    writer.member("cpu", load.cpu)
    writer.member("load", load.average)
    writer.member("mem", load.memory)
    writer.endObject()
    return writer.bytes
  }

  /// 1.6.1: pushes sent, and those of them that failed. `waiting` are the texts of pushes that are not acknowledged,
  /// written when they are asked for.
  public static func pushState(total: UInt64, failed: UInt64, waiting: [String]?, isReset: Bool) -> [UInt8] {
    let succeeded = total - min(total, failed)
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("succeed", succeeded)
    writer.member("total", total)
    writer.key("ratio")
    if total == 0 { writer.integer(0) } else { writer.float(Float(succeeded) / Float(total)) }
    if let waiting {
      writer.key("data")
      writer.strings(waiting)
    }
    writer.member("reset", isReset)
    writer.endObject()
    return writer.bytes
  }

  /// 1.6.7: `key` is `servers`, or `status` for 1.6.6.
  public static func members(_ members: [Member], key: StaticString) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key(key)
    writer.members(members)
    writer.endObject()
    return writer.bytes
  }

  /// 1.6.5
  public static func responsible(_ member: Member) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("responsibleServer", member.address)
    writer.endObject()
    return writer.bytes
  }

  /// 1.6.10: what the protocol of before 1.4 says of a lone node once it has stopped, which is nothing yet.
  public static func standaloneState(_ member: Member) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("ip", member.address)
    writer.member("term", -1)
    writer.member("leaderDueMs", 0)
    writer.member("heartbeatDueMs", 0)
    writer.member("state", constant: "FOLLOWER")
    writer.endObject()
    return writer.bytes
  }

  /// 1.13, `cluster/nodes`
  public static func nodes(_ members: [Member]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginResult()
    writer.members(members)
    writer.endObject()
    return writer.bytes
  }

  /// 1.13, `cluster/self`
  public static func node(_ member: Member) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginResult()
    writer.member(member)
    writer.endObject()
    return writer.bytes
  }

  /// 1.13, `cluster/simple/nodes`
  public static func addresses(_ members: [Member]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginResult()
    writer.strings(members.map(\.address))
    writer.endObject()
    return writer.bytes
  }

  /// 1.13, `cluster/health`
  public static func health(_ state: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginResult()
    writer.string(state)
    writer.endObject()
    return writer.bytes
  }

  /// 1.11
  public static func state(version: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("version", version)
    writer.member("standalone_mode", constant: "standalone")
    writer.member("function_mode", orNull: nil)
    writer.endObject()
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func members(_ members: [ServerPages.Member]) {
    beginArray()
    for member in members { self.member(member) }
    endArray()
  }

  fileprivate mutating func member(_ member: ServerPages.Member) {
    beginObject()
    self.member("ip", member.ip)
    self.member("port", member.port)
    self.member("state", constant: "UP")
    key("extendInfo")
    beginObject()
    self.member("lastRefreshTime", member.refreshedAt.milliseconds)
    self.member("raftPort", String(member.port - 1_000))
    self.member("version", member.version)
    endObject()
    self.member("address", member.address)
    self.member("failAccessCnt", 0)
    endObject()
  }
}
