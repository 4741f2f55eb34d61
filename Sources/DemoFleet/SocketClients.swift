import HTTPTransport
import RegistryModel

/// The instances of one service as a real client has them: registered, kept alive and read over HTTP.
final class SocketClients: Sendable {
  private let server: String
  private let members: [FleetPlan.Member]
  private let service: ServiceKey
  private let client = HTTPClient()

  /// - Parameter server: the registry's address, such as `http://127.0.0.1:8848`.
  init(server: String, service: ServiceKey, members: [FleetPlan.Member]) {
    self.server = server
    self.service = service
    self.members = members
  }

  /// Registers, and then beats and polls until the task is cancelled. A registry that does not answer is tried again at
  /// the next beat, as clients do.
  func live() async {
    for member in members {
      await send("POST", "instance", member, "weight=1.0&enable=true&healthy=true&ephemeral=true&app=DEFAULT")
    }
    while !Task.isCancelled {
      for member in members {
        await send("PUT", "instance/beat", member, "")
        await send("GET", "instance/list", member, "healthyOnly=false")
      }
      try? await Task.sleep(for: .milliseconds(InstanceTiming.defaultBeatInterval))
    }
  }

  private func send(_ method: String, _ path: String, _ member: FleetPlan.Member, _ more: String) async {
    let name = "namespaceId=\(service.namespace)&serviceName=\(service.group)%40%40\(service.name)"
    let place = "clusterName=\(member.address.cluster)&ip=\(member.address.ip)&port=\(member.address.port)"
    let metadata = member.metadata.pairs.map { "%22\($0.key)%22%3A%22\($0.value)%22" }.joined(separator: "%2C")
    let url = "\(server)/nacos/v1/ns/\(path)?\(name)&\(place)&\(more)&metadata=%7B\(metadata)%7D"
    _ = try? await client.send(HTTPRequest(method, url, headers: [HTTPHeader("User-Agent", "Nacos-Java-Client:v1.4.8")]))
  }
}
