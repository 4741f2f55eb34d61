import RegistryModel
import Testing

@testable import Console

@Suite struct EffectPreviewTests {
  static func preview(_ kind: ChangePlan.Kind, _ service: ServiceKey, count: Int, in incident: Incident = .night())
    -> EffectPreview
  {
    let addresses = incident.catalog[service]?.instances.map(\.address).sorted() ?? []
    let targets = addresses.prefix(count).map { InstanceKey(service: service, address: $0) }
    return EffectPreview(
      ChangePlan(kind: kind, targets: targets), incident.catalog, by: "x", at: Incident.now)
  }

  @Test func theCatalogueItselfStaysAsItIs() {
    let incident = Incident.night()
    let totals = incident.catalog.totals
    _ = Self.preview(.deregister, Incident.cart, count: 4, in: incident)
    #expect(incident.catalog.totals == totals)
  }

  @Test func protectionThatTurnsOnIsNamed() {
    // 13 of 22 healthy at 0.80: protected already. One more service, at its edge.
    var incident = Incident()
    incident.declare(Incident.cart, protect: 0.5, secondsAgo: 10)
    incident.register(Incident.cart, network: "10.0.0", first: 1, count: 5, secondsAgo: 9)
    incident.fail(Incident.cart, count: 2, by: .probe, secondsAgo: 8)
    let addresses = incident.catalog[Incident.cart]?.instances.filter(\.isHealthy).map(\.address).sorted() ?? []
    let plan = ChangePlan(
      kind: .deregister, targets: addresses.prefix(1).map { InstanceKey(service: Incident.cart, address: $0) })
    let preview = EffectPreview(plan, incident.catalog, by: "x", at: Incident.now)
    #expect(preview.services.first?.warnings == ["protection turns ON (2/4 <= 0.50): clients are told of unhealthy ones too"])
    #expect(preview.services.first?.summary == "up 3/5 -> 2/4   SEEN 3 -> 4*   0 subscribers are told")
    #expect(preview.isSevere)
  }

  @Test func theLastHealthyOnesAreNamed() {
    let preview = Self.preview(.setEnabled(false), Incident.cart, count: 4)
    #expect(preview.services.first?.warnings == ["clients will be told of NO instance"])
    #expect(!Self.preview(.setEnabled(false), Incident.cart, count: 3).isSevere)
  }

  @Test func targetsThatAreGoneHaveNoEffect() {
    let key = InstanceKey(service: Incident.cart, address: InstanceAddress(ip: "1.1.1.1", port: 1))
    let plan = ChangePlan(kind: .deregister, targets: [key])
    #expect(EffectPreview(plan, Incident.night().catalog, by: "x", at: Incident.now).services.isEmpty)
    #expect(plan.requests(Incident.night().catalog, by: "x", reason: nil).isEmpty)
  }

  @Test func whatUndoesAnOverrideIsTheOverride() {
    let incident = Incident.night()
    let key = InstanceKey(service: Incident.price, address: InstanceAddress(ip: "10.8.6.3", port: 8080, isEphemeral: false))
    let requests = ChangePlan(kind: .clearOverlay, targets: [key]).requests(incident.catalog, by: "x", reason: nil)
    #expect(requests.map(\.inverse) == [[.operate(key, .setWeight(0.2))]])
    let ephemeral = InstanceKey(service: Incident.cart, address: InstanceAddress(ip: "10.8.1.30", port: 8080))
    let gone = ChangePlan(kind: .deregister, targets: [ephemeral]).requests(incident.catalog, by: "x", reason: nil)
    #expect(gone.map(\.inverse) == [[]])
  }
}
