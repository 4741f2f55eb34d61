public import RegistryModel

/// The `beat` member of a heartbeat (`healthcheck/RsInfo`, naming-server-v1 1.1.7). Members that it does not have are
/// ignored.
public struct BeatBody: Hashable, Sendable {
  public var ip: String
  public var port: Int
  /// Nil when it is absent or blank.
  public var cluster: String?
  /// Nil when it is absent: Nacos then says 0.
  public var weight: Double?
  public var isEphemeral: Bool
  public var metadata: Metadata

  /// Nil for the text `null`, which says nothing.
  public init?(_ json: UnsafeRawBufferPointer) throws(Refusal) {
    let root: JSONValue
    do {
      root = try JSONDocument(json).root
    } catch {
      throw .illegal("beat is not JSON: \(error.reason)")
    }
    if root.isNull { return nil }
    guard root.kind == .object else { throw .illegal("beat is not a JSON object") }
    ip = ""
    port = 0
    isEphemeral = true
    metadata = Metadata()
    for (name, value) in root.members where !value.isNull { try take(name, value) }
  }

  private mutating func take(_ name: String, _ value: JSONValue) throws(Refusal) {
    switch name {
    case "ip": ip = try Self.wanted(value.asText, name)
    case "port": port = try Self.wanted(value.asInteger, name)
    case "cluster":
      let text = try Self.wanted(value.asText, name)
      cluster = text.isBlank ? nil : text
    case "weight": weight = try Self.wanted(value.asNumber, name)
    case "ephemeral": isEphemeral = try Self.wanted(value.asBool, name)
    case "metadata": metadata = try Self.wanted(MetadataText.read(value), name)
    default: break
    }
  }

  private static func wanted<Value>(_ value: Value?, _ name: String) throws(Refusal) -> Value {
    guard let value else { throw .illegal("beat has a wrong \(name)") }
    return value
  }
}

extension Parameters {
  /// The beat of a full heartbeat; nil for a light one.
  public func beat() throws(Refusal) -> BeatBody? {
    guard let bytes = bytes(of: "beat"), !bytes.isEmpty else { return nil }
    let read: Result<BeatBody?, Refusal> = FormDecoding.withDecoded(bytes) { bytes in
      if bytes.allSatisfy({ $0 <= 0x20 }) { return .success(nil) }
      return Result { () throws(Refusal) in try BeatBody(bytes) }
    }
    return try read.get()
  }
}
