import RegistryModel

/// A request of the v1 API: a path under the server's context, and what stands in the query.
struct StockCall: Hashable, Sendable {
  struct Field: Hashable, Sendable {
    var name: String
    var value: String
  }

  var method: String
  var path: String
  var fields: [Field]

  init(_ method: String, _ path: String, _ fields: KeyValuePairs<String, String> = [:]) {
    self.method = method
    self.path = path
    self.fields = fields.map { Field(name: $0.key, value: $0.value) }
  }

  /// With more fields.
  func with(_ more: KeyValuePairs<String, String>) -> StockCall {
    var call = self
    call.fields += more.map { Field(name: $0.key, value: $0.value) }
    return call
  }

  /// With the fields that name a service (naming-server-v1 0.2).
  func of(_ key: ServiceKey) -> StockCall { with(["namespaceId": key.namespace]).named(key) }

  /// The same for pages of the catalogue, which know `public` by no name.
  func ofCatalog(_ key: ServiceKey) -> StockCall { within(key.namespace).named(key) }

  func within(_ namespace: String) -> StockCall {
    with(["namespaceId": namespace == ServiceKey.defaultNamespace ? "" : namespace])
  }

  private func named(_ key: ServiceKey) -> StockCall {
    let (group, name) = (key.group, key.name)
    let isPlain = ServiceKey(namespace: key.namespace, group: group, name: name) == key
    return with(["serviceName": isPlain ? name : key.grouped, "groupName": group])
  }

  /// The path with the query.
  var target: String { fields.isEmpty ? path : path + "?" + StockForm.text(fields) }
}

/// `application/x-www-form-urlencoded` (WHATWG URL, 5.2).
enum StockForm {
  static func text(_ fields: [StockCall.Field]) -> String {
    fields.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  static func encoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension StockRequest {
  /// What is sent for it; of a service, its settings.
  /// - Parameter countsFromOne: whether pages with instances do, as those of Nacos 2; Nacos 1 counts them from 0.
  func call(countsFromOne: Bool) -> StockCall {
    switch self {
    case .word: StockCall("GET", "/v1/console/server/state")
    case .namespaces: StockCall("GET", "/v1/console/namespaces")
    case .switches: StockCall("GET", "/v1/ns/operator/switches")
    case .summaries(let namespace, let page, let size):
      StockCall("GET", "/v1/ns/catalog/services").within(namespace).with(["pageNo": "\(page + 1)", "pageSize": "\(size)"])
    case .bulk(let namespace, let page, let size):
      StockCall("GET", "/v1/ns/catalog/services").within(namespace)
        .with(["pageNo": "\(countsFromOne ? page + 1 : page)", "pageSize": "\(size)", "withInstances": "true"])
    case .service(let key): StockCall("GET", "/v1/ns/catalog/service").ofCatalog(key)
    }
  }

  static func hosts(of key: ServiceKey, cluster: String, page: Int, size: Int) -> StockCall {
    StockCall("GET", "/v1/ns/catalog/instances").ofCatalog(key)
      .with(["clusterName": cluster, "pageNo": "\(page + 1)", "pageSize": "\(size)"])
  }
}
