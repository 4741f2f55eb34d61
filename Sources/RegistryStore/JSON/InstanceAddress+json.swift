import NacosWire
import RegistryModel

// An address has no object of its own: its members stand in that of what it is the address of.
extension InstanceAddress {
  func writeMembers(to writer: inout JSONWriter) {
    writer.member("cluster", cluster)
    writer.member("ip", ip)
    writer.member("port", port)
    writer.member("ephemeral", isEphemeral)
  }

  init?(members json: JSONValue) {
    guard let cluster = json["cluster"]?.string, let ip = json["ip"]?.string,
      let port = json["port"]?.integer.flatMap(Int32.init(exactly:)), let isEphemeral = json["ephemeral"]?.bool
    else { return nil }
    self.init(cluster: cluster, ip: ip, port: Int(port), isEphemeral: isEphemeral)
  }
}
