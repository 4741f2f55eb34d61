import Glibc

/// A range of addresses such as 10.8.3.0/24 or fd00::/8; a single address is the smallest.
struct AddressRange: Hashable, Sendable {
  private let address: Address
  private let prefix: Int

  /// Nil for what is no address, or a prefix longer than one.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = Address(String(parts[0])) else { return nil }
    var prefix = address.bitCount
    if parts.count == 2 {
      guard let length = Int(parts[1]), (0...address.bitCount).contains(length) else { return nil }
      prefix = length
    }
    self.address = address
    self.prefix = prefix
  }

  /// Whether the text is an address within the range. Host names are in none.
  func contains(_ text: String) -> Bool {
    guard let other = Address(text), other.bitCount == address.bitCount else { return false }
    let shift = UInt128(128 - prefix)
    return prefix == 0 || (other.bits ^ address.bits) >> shift == 0
  }
}

/// An address of either family; IPv4 in IPv6 is IPv4.
private struct Address: Hashable, Sendable {
  /// The address in its highest bits.
  let bits: UInt128
  let bitCount: Int

  init?(_ text: String) {
    var version4 = in_addr()
    if inet_pton(AF_INET, text, &version4) == 1 {
      bits = UInt128(UInt32(bigEndian: version4.s_addr)) << 96
      bitCount = 32
      return
    }
    var version6 = in6_addr()
    guard inet_pton(AF_INET6, text, &version6) == 1 else { return nil }
    let whole = withUnsafeBytes(of: &version6) { $0.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }
    let isMapped = whole >> 32 == 0xffff
    bits = isMapped ? whole << 96 : whole
    bitCount = isMapped ? 32 : 128
  }
}
