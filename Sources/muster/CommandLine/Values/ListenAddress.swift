import Glibc

/// `HOST:PORT` to take requests at: a host name, an IPv4 address, or an IPv6 address in brackets.
struct ListenAddress: Hashable, Sendable {
  /// Without brackets.
  let host: String
  /// 0 stands for one that the system picks.
  let port: UInt16

  static let standard = ListenAddress(host: "127.0.0.1", port: 8848)

  init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  init(_ text: String) throws(UsageError) {
    guard let (host, port) = HostAndPort.split(text) else {
      throw UsageError("'\(text)' is not an address to listen at: HOST:PORT, as in \(Self.standard) or [::1]:8848")
    }
    guard let port else { throw UsageError("'\(text)' lacks a port, as in \(text):\(Self.standard.port)") }
    self.init(host: host, port: port)
  }

  /// Whether only programs of this machine reach it. Of names only `localhost` is known to be so.
  var isLoopback: Bool {
    if host.lowercased() == "localhost" { return true }
    var four = in_addr()
    if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
    var six = in6_addr()
    guard inet_pton(AF_INET6, host, &six) == 1 else { return false }
    let bytes = withUnsafeBytes(of: &six, Array.init)
    let mappedLoopback: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF, 127]
    return bytes == Array(repeating: 0, count: 15) + [1] || bytes.starts(with: mappedLoopback)
  }
}

extension ListenAddress: CustomStringConvertible {
  var description: String { HostAndPort.join(host, port) }
}
