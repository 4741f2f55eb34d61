import NacosWire
import RegistryEngine
import RegistryModel

/// `/v1/ns/catalog` (naming-server-v1 1.3).
extension NamingService {
  /// 1.3.1
  func catalogService(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.serviceArgument()
    let service = try service(key, orElse: .failed("service \(key.grouped) is not found!"))
    return .reply(.json(CatalogPages.service(service)))
  }

  /// 1.3.2
  func catalogInstances(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.serviceArgument()
    let cluster = try call.parameters.argument("clusterName")
    let number = try call.parameters.integerArgument("pageNo")
    let size = try call.parameters.integerArgument("pageSize")
    let service = try service(key, orElse: .failed("service \(key.grouped) is not found!"))
    guard service.cluster(cluster) != nil else { throw .failed("cluster \(cluster) is not found!") }
    let all = Self.inOrder(service.instances.filter { $0.address.cluster == cluster })
    let end = min(number.multipliedReportingOverflow(by: size).partialValue, all.count)
    let start = Page(number: number, size: size).range(of: all.count).lowerBound
    if end < start { throw .illegal("fromIndex(\(start)) > toIndex(\(end))") }
    let shown = Array(all[start..<end])
    let now = now()
    let ages = engine.beatAges(of: shown, in: key)
    let page = zip(shown, ages).map { instance, age in
      (instance: instance, lastBeat: age.map { WallTime(milliseconds: now.milliseconds - $0) } ?? instance.registeredAt)
    }
    return .reply(.json(CatalogPages.instances(page, of: key, total: all.count)))
  }

  /// Very many are left in the registry's order, which changes little between two pages: sorting them would hold up
  /// everybody else.
  private static func inOrder(_ instances: [Instance]) -> [Instance] {
    instances.count > 4_096 ? instances : instances.sorted { $0.address < $1.address }
  }

  /// 1.3.3
  func catalogServices(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let isDetailed = try call.parameters.booleanArgument("withInstances")
    let namespace = call.parameters.namespace
    let number = try call.parameters.primitiveArgument("pageNo")
    let size = try call.parameters.primitiveArgument("pageSize")
    let name = NamePattern(call.parameters.argument("serviceNameParam", default: ""))
    let group = NamePattern(call.parameters.argument("groupNameParam", default: ""))
    let place = isDetailed ? "" : call.parameters.argument("instance", default: "")
    let wantsInstances = try call.parameters.booleanArgument("hasIpCount") && !isDetailed
    let names = directory.names(in: namespace)
    let catalog = engine.catalog
    let isEverything = name.matchesEverything && group.matchesEverything && place.isEmpty && !wantsInstances
    let keys: [ServiceKey]
    if isEverything {
      // With instances pages count from 0.
      let range = Self.range(number: isDetailed ? number + 1 : number, size: size, of: names.count)
      keys = names.slice(range).map { ServiceKey(namespace: namespace, grouped: $0) }
      let services = keys.compactMap { catalog[$0] }
      return .reply(Self.catalogPage(services, total: names.count, isDetailed: isDetailed))
    }
    let matching = names.all.lazy.map { ServiceKey(namespace: namespace, grouped: $0) }.filter { key in
      guard name.matches(key.name), group.matches(key.group) else { return false }
      if wantsInstances, (catalog.services.read(key) { $0.counts.total } ?? 0) == 0 { return false }
      return place.isEmpty || catalog[key]?.instances.contains { Self.isAt(place, $0.address) } == true
    }
    keys = Array(matching)
    let range = Self.range(number: isDetailed ? number + 1 : number, size: size, of: keys.count)
    return .reply(
      Self.catalogPage(keys[range].compactMap { catalog[$0] }, total: keys.count, isDetailed: isDetailed))
  }

  /// All of it where a page would hold all of it, whatever its number.
  private static func range(number: Int, size: Int, of count: Int) -> Range<Int> {
    size >= count ? 0..<count : Page(number: number, size: size).range(of: count)
  }

  private static func catalogPage(_ services: [Service], total: Int, isDetailed: Bool) -> Reply {
    .json(isDetailed ? CatalogPages.servicesWithInstances(services) : CatalogPages.services(services, total: total))
  }

  private static func isAt(_ place: String, _ address: InstanceAddress) -> Bool {
    address.ip == place || address.hostAndPort == place
  }

  /// 1.3.4
  func roundTrips(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.requiredServiceOfAnyForm()
    let service = try service(key, orElse: .illegal("request service doesn't exist"))
    return .reply(.json(CatalogPages.roundTrips(of: service, probes.page(key).clusters)))
  }
}
