import NacosWire
import RegistryModel

/// What clients and consoles probe a server by (naming-server-v1 1.8, 1.11, 1.13).
extension NamingService {
  func index(_ call: borrowing Call) throws(Refusal) -> Outcome {
    .reply(.text("Muster, a service registry. It speaks the Nacos 1.x naming protocol below /nacos/v1/ns.\n"))
  }

  func alive(_ call: borrowing Call) throws(Refusal) -> Outcome { .reply(.text("OK")) }

  func serverState(_ call: borrowing Call) throws(Refusal) -> Outcome {
    .reply(.json(ServerPages.state(version: member.version)))
  }

  /// 1.8: the protocol of before 1.4, which no server speaks any more.
  func formerRaft(_ call: borrowing Call) throws(Refusal) -> Outcome { throw .failed("old raft protocol already stop") }

  func clusterSelf(_ call: borrowing Call) throws(Refusal) -> Outcome { .reply(.json(ServerPages.node(freshMember()))) }

  func clusterNodes(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let keyword = call.parameters.argument("keyword", default: "")
    let nodes = member.address.hasPrefix(keyword) ? [freshMember()] : []
    return .reply(.json(ServerPages.nodes(nodes)))
  }

  func clusterAddresses(_ call: borrowing Call) throws(Refusal) -> Outcome { .reply(.json(ServerPages.addresses([member]))) }

  func clusterHealth(_ call: borrowing Call) throws(Refusal) -> Outcome { .reply(.json(ServerPages.health("UP"))) }
}

/// `/v1/ns/api`, for clients of before 0.8 (1.9): they name the bare service `dom`, always of the default group.
extension NamingService {
  func listByDomain(_ call: borrowing Call) throws(Refusal) -> Outcome { try list(of: try domain(call), call) }

  func beatByDomain(_ call: borrowing Call) throws(Refusal) -> Outcome {
    try beat(of: try domain(call), call)
  }

  private func domain(_ call: borrowing Call) throws(Refusal) -> ServiceKey {
    let name = try call.parameters.required("dom")
    let grouped = name.contains(ServiceKey.separator) ? name : ServiceKey.defaultGroup + ServiceKey.separator + name
    return ServiceKey(namespace: call.parameters.namespace, grouped: grouped)
  }
}
