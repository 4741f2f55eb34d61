import RegistryModel

extension [UInt8] {
  /// As `InstanceText.line`, for whoever writes many.
  mutating func appendLine(_ address: InstanceAddress, weight: Double, isHealthy: Bool) {
    append(contentsOf: address.ip.utf8)
    if address.port > 0 {
      append(UInt8(ascii: ":"))
      appendDecimal(address.port)
    }
    append(contentsOf: ":unknown:".utf8)
    append(contentsOf: address.cluster.utf8)
    appendState(weight: weight, isHealthy: isHealthy)
    append(contentsOf: "false_".utf8)
    append(contentsOf: address.cluster.utf8)
  }

  /// `_weight_healthy_`
  mutating func appendState(weight: Double, isHealthy: Bool) {
    append(UInt8(ascii: "_"))
    appendJava(weight)
    append(contentsOf: (isHealthy ? "_true_" : "_false_").utf8)
  }
}
