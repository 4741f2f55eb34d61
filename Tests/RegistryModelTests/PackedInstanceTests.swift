import Testing

@testable import RegistryModel

@Suite struct PackedInstanceTests {
  private func instance(_ ip: String) -> Instance {
    Instance(address: InstanceAddress(ip: ip, port: 8080), registeredAt: WallTime(milliseconds: 0))
  }

  @Test(
    "An address comes back byte for byte, whether it is packed or not",
    arguments: [
      "10.0.0.1", "0.0.0.0", "255.255.255.255", "1.2.3.4", "100.20.3.0", "010.0.0.1", "10.0.0.256", "10.0.0", "10.0.0.1.",
      "10.0.0.1 ", ".10.0.0.1", "10..0.1", "1.2.3.4.5", "host-1.example", "::1", "caf\u{e9}", "cafe\u{301}", "", "1.2.3.",
    ])
  func addresses(ip: String) {
    let packed = instance(ip)
    #expect(Array(packed.ip.utf8) == Array(ip.utf8))
    #expect(packed.address == InstanceAddress(ip: ip, port: 8080))
    var map = SharedMap<Instance>()
    map.insert(packed)
    #expect(map[packed.address] == packed)
    #expect(map[InstanceAddress(ip: ip + "0", port: 8080)] == nil)
  }

  @Test("An instance takes 48 bytes")
  func size() { #expect(MemoryLayout<Instance>.stride == 48) }

  @Test("Times are exact for thousands of years", arguments: [Int64(0), -1, 1_764_137_763_123, -62_135_596_800_000, 1 << 46])
  func times(milliseconds: Int64) {
    var packed = instance("10.0.0.1")
    packed.healthChangedAt = WallTime(milliseconds: milliseconds)
    #expect(packed.healthChangedAt.milliseconds == milliseconds)
    packed.healthChangedAt = WallTime(milliseconds: .max)
    #expect(packed.healthChangedAt.milliseconds == (1 << 47) - 1)
  }

  @Test("Texts of any length come back from metadata", arguments: [0, 1, 254, 255, 256, 70_000])
  func metadata(length: Int) {
    let text = String(repeating: "x", count: length)
    let metadata = Metadata([("k" + text, "v" + text), ("a", text), ("z", "")].map { (key: $0.0, value: $0.1) })
    #expect(metadata.pairs.map(\.key) == ["a", "k" + text, "z"])
    #expect(metadata.pairs.map(\.value) == [text, "v" + text, ""])
    #expect(metadata["k" + text] == "v" + text && metadata["b"] == nil)
    #expect(metadata == Metadata(["z": "", "a": text, "k" + text: "v" + text]))
    #expect(metadata != Metadata(["z": "", "a": text, "k" + text: "w" + text]))
  }
}
