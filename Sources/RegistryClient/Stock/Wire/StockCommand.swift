import NacosWire
import RegistryModel

/// What a command is on the v1 API of a stock Nacos.
struct StockCommand: Sendable {
  var call: StockCall
  /// Sent instead where the server does not know the method of `call`.
  var alternative: StockCall?
  /// The page that shows what came of it.
  var shownBy: StockRequest
  /// Whose next change is the consequence.
  var target: InstanceKey?

  private init(_ call: StockCall, shownBy: StockRequest, target: InstanceKey? = nil, alternative: StockCall? = nil) {
    self.call = call
    self.shownBy = shownBy
    self.target = target
    self.alternative = alternative
  }

  /// - Parameter instance: the one that the action is for, as it is known.
  /// - Throws: `.notSupported` for what the API has no call for.
  init(_ action: Action, instance: Instance?) throws(RegistryError) {
    switch action {
    case .operate(let key, let change): self = try Self.operate(key, change, instance)
    case .deregister(let key):
      self.init(StockCall("DELETE", "/v1/ns/instance").of(key), shownBy: .service(key.service), target: key)
    case .register(let registration): self.init("POST", registration)
    case .update(let registration, _): self.init("PUT", registration)
    case .setHealth(let service, let cluster, let ip, let port, let isHealthy):
      let call = StockCall("PUT", "/v1/ns/health/instance").of(service)
        .with(["clusterName": cluster, "ip": ip, "port": "\(port)", "healthy": "\(isHealthy)"])
      self.init(call, shownBy: .service(service))
    case .createService(let key, let settings): self.init("POST", key, settings)
    case .updateService(let key, let settings): self.init("PUT", key, settings)
    case .removeService(let key): self.init(StockCall("DELETE", "/v1/ns/service").of(key), shownBy: .service(key))
    case .createNamespace, .updateNamespace, .removeNamespace: self = try Self.namespace(action)
    case .setSwitch(let entry, let value):
      let call = StockCall("PUT", "/v1/ns/operator/switches", ["entry": entry, "value": value, "debug": "false"])
      self.init(call, shownBy: .switches)
    case .mark: throw .notSupported(StockRefusal.mark)
    case .patch, .patchMetadata, .probed, .setCluster, .replaceSwitches:
      throw .notSupported("this is not done over the API of a Nacos")
    }
  }

  private init(_ method: String, _ registration: Registration) {
    let call = StockCall(method, "/v1/ns/instance").of(registration.key).with([
      "weight": "\(registration.weight)", "enabled": "\(registration.isEnabled)", "healthy": "\(registration.isHealthy)",
      "metadata": Self.text(registration.metadata),
    ])
    self.init(call, shownBy: .service(registration.key.service), target: registration.key)
  }

  private init(_ method: String, _ key: ServiceKey, _ settings: ServiceSettings) {
    var call = StockCall(method, "/v1/ns/service").of(key).with([
      "protectThreshold": "\(settings.protectThreshold)", "metadata": Self.text(settings.metadata),
    ])
    if case .label(let expression, _) = settings.selector {
      call = call.with(["selector": Self.text(["type": "label", "expression": expression])])
    }
    self.init(call, shownBy: .service(key))
  }

  /// Only what is to change is sent: whatever else a client said since is left alone, and an instance that has gone in the
  /// meantime does not come back, as it would by a PUT (naming-server-v1 1.1.3, 1.1.4).
  private static func operate(
    _ key: InstanceKey, _ change: OverlayChange, _ instance: Instance?
  ) throws(RegistryError) -> StockCommand {
    guard var changed = instance else { throw .instanceNotFound(key.service, key.address) }
    var call = StockCall("PATCH", "/v1/ns/instance").of(key)
    switch change {
    case .setWeight(let weight):
      call = call.with(["weight": "\(weight)"])
      changed.registeredWeight = weight
    case .setEnabled(let isEnabled):
      call = call.with(["enabled": "\(isEnabled)"])
      changed.registeredEnabled = isEnabled
    case .setMetadata(let patch):
      changed.registeredMetadata = changed.registeredMetadata.applying(patch)
      call = call.with(["metadata": text(changed.registeredMetadata)])
    case .clear: throw .notSupported("a Nacos does not remember what the client said before an edit")
    }
    let whole = Registration(
      key: key, weight: changed.registeredWeight, isEnabled: changed.registeredEnabled, isHealthy: changed.isHealthy,
      metadata: changed.registeredMetadata, app: changed.app)
    return StockCommand(
      call, shownBy: .service(key.service), target: key, alternative: StockCommand("PUT", whole).call)
  }

  private static func namespace(_ action: Action) throws(RegistryError) -> StockCommand {
    let path = "/v1/console/namespaces"
    switch action {
    case .createNamespace(let id, let name, let about):
      let call = StockCall("POST", path, ["customNamespaceId": id, "namespaceName": name, "namespaceDesc": about])
      return StockCommand(call, shownBy: .namespaces)
    case .updateNamespace(let id, let name, let about):
      let call = StockCall("PUT", path, ["namespace": id, "namespaceShowName": name, "namespaceDesc": about])
      return StockCommand(call, shownBy: .namespaces)
    case .removeNamespace(let id):
      return StockCommand(StockCall("DELETE", path, ["namespaceId": id]), shownBy: .namespaces)
    default: throw .notSupported("this is no command about namespaces")
    }
  }

  private static func text(_ metadata: Metadata) -> String {
    (try? JSONCoding.encode(metadata)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension StockCall {
  fileprivate func of(_ key: InstanceKey) -> StockCall {
    let address = key.address
    return of(key.service).with([
      "clusterName": address.cluster, "ip": address.ip, "port": "\(address.port)", "ephemeral": "\(address.isEphemeral)",
    ])
  }
}

/// What a stock Nacos cannot do, as the console says it.
enum StockRefusal {
  static let mark = "a Nacos keeps no notes"
  static let pushState = "a Nacos does not tell which subscriber acknowledged what"
  static let healthOfTwo = "Nacos 2 refuses health by hand over its v1 API"

  static func all(version: String) -> [Capabilities.Kind: String] {
    var refusals: [Capabilities.Kind: String] = [.mark: mark, .pushState: pushState]
    if StockVersion.major(of: version) >= 2 { refusals[.setHealth] = healthOfTwo }
    return refusals
  }
}

enum StockVersion {
  /// The first number of `1.4.8`; 1 where nothing is told.
  static func major(of version: String) -> Int {
    version.split(separator: ".").first.flatMap { Int($0.drop { !$0.isNumber }) } ?? 1
  }
}
