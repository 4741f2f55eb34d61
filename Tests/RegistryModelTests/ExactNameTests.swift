import RegistryModel
import Testing

/// Names are the same when their bytes are: a letter with an accent and the letter followed by one are two names, in keys
/// as in the maps that find them.
@Suite struct ExactNameTests {
  private let composed = "h\u{f4}te"
  private let decomposed = "ho\u{302}te"

  @Test func keysAreTheSameByteForByte() {
    #expect(composed == decomposed)
    #expect(InstanceAddress(ip: composed, port: 80) != InstanceAddress(ip: decomposed, port: 80))
    #expect(InstanceAddress(ip: composed, port: 80) == InstanceAddress(ip: composed, port: 80))
    #expect(ServiceKey(namespace: composed, grouped: "g@@s") != ServiceKey(namespace: decomposed, grouped: "g@@s"))
    // Canonically equal texts of the same length, too.
    #expect(ServiceKey(grouped: "a\u{301}\u{323}") != ServiceKey(grouped: "a\u{323}\u{301}"))
  }

  @Test func aServiceHoldsBoth() {
    var catalog = Catalog()
    let key = ServiceKey(group: "g", name: "s")
    var changes: [Change] = [.service(key, before: nil, after: ServiceSettings())]
    for (port, ip) in (1...50).flatMap({ port in [(port, composed), (port, decomposed)] }) {
      let instance = Instance(address: InstanceAddress(ip: ip, port: port), registeredAt: WallTime(milliseconds: 1))
      changes.append(.instance(key, before: nil, after: instance, cause: .registered))
    }
    catalog.apply(Commit(revision: 1, at: WallTime(milliseconds: 1), origin: .system, changes: changes))
    #expect(catalog.totals.instances.total == 100)
    for port in 1...50 {
      #expect(catalog[InstanceKey(service: key, address: InstanceAddress(ip: composed, port: port))] != nil)
      #expect(catalog[InstanceKey(service: key, address: InstanceAddress(ip: decomposed, port: port))] != nil)
    }
  }
}
