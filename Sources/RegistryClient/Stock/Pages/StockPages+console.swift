import NacosWire
import RegistryModel

extension Namespace {
  /// All but `public`, which always exists (naming-server-v1 1.10).
  static func stockList(_ root: JSONValue, at now: WallTime) throws(StockFailure) -> [Namespace] {
    guard let list = root["data"], list.kind == .array else { throw StockFailure.unreadable("no list of namespaces") }
    return list.elements.compactMap { row in
      guard let id = row["namespace"]?.string, !id.isEmpty, id != ServiceKey.defaultNamespace else { return nil }
      return Namespace(
        id: id, name: row["namespaceShowName"]?.string ?? id, about: row["namespaceDesc"]?.string ?? "", createdAt: now)
    }
  }
}

extension SubscriberPage {
  /// The list is of all services whose names hold the one asked for (naming-server-v1 1.2.7); only its own are taken.
  init(_ root: JSONValue, of service: ServiceKey, at now: WallTime) throws(StockFailure) {
    guard let list = root["subscribers"], list.kind == .array else { throw StockFailure.unreadable("no list of subscribers") }
    let rows = list.elements.map { $0 }
    let found = rows.compactMap { row -> SubscriberState? in
      guard row["serviceName"]?.string == service.grouped, let address = row["addrStr"]?.string else { return nil }
      let (host, port) = Self.split(address)
      let subscriber = Subscriber(
        service: service, clusters: row["cluster"]?.string ?? "", ip: row["ip"]?.string ?? host, port: port,
        agent: row["agent"]?.string ?? "", app: row["app"]?.string ?? "")
      return SubscriberState(subscriber: subscriber, subscribedAt: now)
    }
    let foreign = rows.count - found.count
    self.init(
      subscribers: found.sorted { $0.subscriber < $1.subscriber },
      total: max(found.count, Int(clamping: root["count"]?.integer ?? 0) - foreign))
  }

  /// Nacos 2 tells no port of clients that hold a connection.
  private static func split(_ address: String) -> (host: String, port: UInt16) {
    guard let colon = address.lastIndex(of: ":"), let port = UInt16(address[address.index(after: colon)...]) else {
      return (address, 0)
    }
    return (String(address[..<colon]), port)
  }
}

extension Switches {
  /// The members that differ, as texts.
  func differences(to other: Switches) -> [(entry: String, before: String, after: String)] {
    guard self != other, let mine = try? JSONDocument(SwitchesPage.text(of: self)).root,
      let theirs = try? JSONDocument(SwitchesPage.text(of: other)).root
    else { return [] }
    return mine.members.compactMap { name, value in
      let (before, after) = (Self.text(value), theirs.member(name).map(Self.text) ?? "")
      return before == after ? nil : (name, before, after)
    }
  }

  private static func text(_ value: JSONValue) -> String {
    switch value.kind {
    case .null: "null"
    case .bool: value.bool == true ? "true" : "false"
    case .integer: value.integer.map(String.init) ?? ""
    case .real: value.number.map { "\($0)" } ?? ""
    case .string: value.string ?? ""
    case .array: value.elements.map(text).joined(separator: ",")
    case .object: value.members.map { "\($0.name)=\(text($0.value))" }.joined(separator: ",")
    }
  }
}
