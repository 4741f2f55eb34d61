import RegistryModel
import Testing

@testable import Console

@Suite struct CommonCauseTests {
  static func member(_ ip: String, zone: String = "a", version: String = "1", service: String = "s") -> FailureCensus.Member {
    let instance = Instance(
      address: InstanceAddress(ip: ip, port: 1), metadata: ["zone": zone, "version": version], registeredAt: Incident.now)
    return FailureCensus.Member(service: ServiceKey(group: "g", name: service), instance: instance, since: Incident.now)
  }

  @Test func theNightsCauseIsTheNetwork() {
    let cause = CommonCause(FailureCensus(RegistryMirrorTests.mirror()))
    #expect(cause?.rule == .network)
    #expect(
      cause?.sentence(utcOffset: 0)
        == "Suspect 10.8.3.0/24: 25 of 31 failures are there, none healthy there, since 02:14:19-02:14:22")
  }

  @Test func fewFailuresHaveNothingInCommon() {
    #expect(CommonCause(FailureCensus(failed: (1...4).map { Self.member("10.0.0.\($0)") }, healthy: [])) == nil)
    #expect(CommonCause(FailureCensus(failed: [], healthy: [])) == nil)
  }

  @Test func moreThanFourInFiveMustShareIt() {
    let scattered = (1...5).map { Self.member("10.0.\($0).1", zone: "z\($0)", version: "\($0)", service: "s\($0)") }
    let together = (1...20).map { Self.member("10.9.9.\($0)", zone: "y\($0)", version: "v\($0)", service: "t\($0)") }
    #expect(CommonCause(FailureCensus(failed: together + scattered, healthy: [])) == nil)
    #expect(CommonCause(FailureCensus(failed: together + scattered.dropLast(), healthy: []))?.value == "10.9.9.0/24")
  }

  @Test func whatTheHealthyShareAsWellExplainsLittle() {
    let failed = (1...10).map { Self.member("10.0.0.\($0)", zone: "z\($0)", version: "2", service: "s\($0)") }
    let healthy = (100...200).map { Self.member("10.0.0.\($0)", version: "1") }
    let cause = CommonCause(FailureCensus(failed: failed, healthy: healthy))
    #expect(cause?.rule == .version)
    #expect(cause?.value == "2")
    #expect(cause?.healthy == 0)
  }

  @Test func namesThatAreNoAddressesAreInNoNetwork() {
    #expect(Subnet(of: "host-a") == nil)
    #expect(Subnet(of: "1.2.3") == nil)
    #expect(Subnet(of: "1.2.3.256") == nil)
    #expect(Subnet(of: "1..3.4") == nil)
    #expect(Subnet(of: "fd00::1") == nil)
    #expect(Subnet(of: "10.8.3.14")?.description == "10.8.3.0/24")
  }
}
