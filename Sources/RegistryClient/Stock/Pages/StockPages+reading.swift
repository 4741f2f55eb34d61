import NacosWire
import RegistryModel

extension StockSummaries {
  init(_ root: JSONValue, namespace: String) throws(StockFailure) {
    guard let list = root["serviceList"], list.kind == .array else { throw StockFailure.unreadable("no list of services") }
    services = list.elements.compactMap { row in
      guard let key = ServiceKey(row, name: "name", namespace: namespace) else { return nil }
      return StockSummary(
        key: key, instances: Int(clamping: row["ipCount"]?.integer ?? 0),
        healthy: Int(clamping: row["healthyInstanceCount"]?.integer ?? 0))
    }
    total = max(services.count, Int(clamping: root["count"]?.integer ?? 0))
  }
}

extension StockBulk {
  static func list(_ root: JSONValue, namespace: String) throws(StockFailure) -> [StockBulk] {
    // A namespace that nobody uses is answered with the other page, which is empty.
    if root["serviceList"]?.kind == .array { return [] }
    guard root.kind == .array else { throw StockFailure.unreadable("no list of services with instances") }
    return root.elements.compactMap { row in
      guard let key = ServiceKey(row, name: "serviceName", namespace: namespace), let clusters = row["clusterMap"] else {
        return nil
      }
      let hosts = clusters.members.flatMap { name, cluster in
        cluster["hosts"]?.elements.compactMap { StockHost($0, cluster: name) } ?? []
      }
      return StockBulk(key: key, hosts: hosts)
    }
  }
}

extension ServiceKey {
  fileprivate init?(_ row: JSONValue, name: StaticString, namespace: String) {
    guard let name = row[name]?.string, !name.isEmpty else { return nil }
    // Some versions give the grouped name here.
    if name.contains(Self.separator) {
      self.init(namespace: namespace, grouped: name)
    } else {
      self.init(namespace: namespace, group: row["groupName"]?.string ?? Self.defaultGroup, name: name)
    }
  }
}

extension StockService {
  init(_ root: JSONValue) throws(StockFailure) {
    guard let service = root["service"], service.kind == .object else { throw StockFailure.unreadable("no service") }
    let threshold = service["protectThreshold"]?.number ?? 0
    settings = ServiceSettings(
      protectThreshold: Float(threshold), metadata: Metadata(stock: service["metadata"]), selector: Selector(service["selector"]))
    clusters = root["clusters"]?.elements.compactMap { Cluster($0) } ?? []
  }
}

extension StockService.Cluster {
  fileprivate init?(_ value: JSONValue) {
    guard let name = value["name"]?.string else { return nil }
    self.name = name
    let port = value["defCkport"]?.integer ?? value["defaultCheckPort"]?.integer ?? 80
    settings = ClusterSettings(
      checker: HealthChecker(value["healthChecker"]), checkPort: Int32(clamping: port),
      usesInstancePort: value["useIPPort4Check"]?.bool ?? true, metadata: Metadata(stock: value["metadata"]))
  }
}

extension Selector {
  fileprivate init(_ value: JSONValue?) {
    guard value?["type"]?.string == "label", let expression = value?["expression"]?.string else {
      self = .none
      return
    }
    let labels = value?["labels"]?.elements.compactMap(\.string) ?? []
    self = .label(expression: expression, labels: labels.sorted())
  }
}

extension HealthChecker {
  fileprivate init(_ value: JSONValue?) {
    switch value?["type"]?.string?.uppercased() {
    case "NONE": self = .none
    case "HTTP":
      self = .http(
        path: value?["path"]?.string ?? "", headers: value?["headers"]?.string ?? "",
        expectedCode: Int(clamping: value?["expectedResponseCode"]?.integer ?? 200))
    case "MYSQL":
      self = .mysql(user: value?["user"]?.string, password: value?["pwd"]?.string, command: value?["cmd"]?.string)
    default: self = .tcp
    }
  }
}

extension StockHosts {
  init(_ root: JSONValue, cluster: String) throws(StockFailure) {
    guard let list = root["list"], list.kind == .array else { throw StockFailure.unreadable("no list of instances") }
    hosts = list.elements.compactMap { StockHost($0, cluster: cluster) }
    total = max(hosts.count, Int(clamping: root["count"]?.integer ?? 0))
  }
}

extension StockHost {
  /// Nil for what is no instance.
  fileprivate init?(_ value: JSONValue, cluster: String) {
    guard let ip = value["ip"]?.string, let port = value["port"]?.integer, (0...65_535).contains(port) else { return nil }
    self.cluster = cluster
    self.ip = ip
    self.port = Int(port)
    weight = value["weight"]?.number ?? 1
    isEnabled = value["enabled"]?.bool ?? true
    isHealthy = (value["healthy"] ?? value["valid"])?.bool ?? true
    metadata = Metadata(stock: value["metadata"])
    isEphemeral = value["ephemeral"]?.bool
    app = value["app"]?.string
    lastBeat = value["lastBeat"]?.integer.map(WallTime.init(milliseconds:))
  }
}

extension Metadata {
  /// Values that are no text are left out: Nacos has none.
  fileprivate init(stock value: JSONValue?) {
    guard let value, value.kind == .object else {
      self.init()
      return
    }
    self.init(value.members.compactMap { name, value in value.string.map { (name, $0) } })
  }
}
