import RegistryModel
import Testing

@testable import NacosWire

@Suite struct RefusalTests {
  let service = ServiceKey(grouped: "DEFAULT_GROUP@@svc")

  private func text(_ error: RegistryError, _ action: Action) -> String {
    let refusal = Refusal(error, of: action)
    return "\(refusal.status) \(refusal.body)"
  }

  @Test func saysTheSameReasonInTheWordsOfEachEndpoint() {
    let address = InstanceAddress(ip: "10.0.0.13", port: 80)
    let registration = Registration(key: InstanceKey(service: service, address: address), weight: 20)
    #expect(
      text(.serviceNotFound(service), .update(registration, isStrict: true))
        == "500 caused: service not found, namespace: public, service: DEFAULT_GROUP@@svc;")
    #expect(
      text(.instanceNotFound(service, address), .update(registration, isStrict: true))
        == "500 caused: instance not exist: 10.0.0.13:80:unknown:DEFAULT_20.0_true_false_DEFAULT;")
    #expect(
      text(.serviceNotFound(service), .updateService(service, ServiceSettings()))
        == "500 caused: service DEFAULT_GROUP@@svc not found!;")
    #expect(
      text(.serviceNotFound(service), .removeService(service))
        == "400 caused: specified service not exist, serviceName : DEFAULT_GROUP@@svc;")
    #expect(
      text(.serviceNotFound(service), .setCluster(service, name: "c", ClusterSettings()))
        == "500 caused: service not found:DEFAULT_GROUP@@svc;")
    let patch = Action.patch(service, cluster: "DEFAULT", ip: "1", port: 1, InstancePatch())
    #expect(text(.serviceNotFound(service), patch) == "400 caused: instance not found;")
    #expect(text(.instanceNotFound(service, address), patch) == "400 caused: instance not found;")
  }

  @Test func commonWords() {
    let action = Action.removeNamespace(id: "x")
    #expect(
      text(.serviceExists(service), action)
        == "400 caused: specified service already exists, serviceName : DEFAULT_GROUP@@svc;")
    #expect(
      text(.illegalServiceName("a/b"), action)
        == "400 caused: dom name can only have these characters: 0-9a-zA-Z-._:, current: a/b;")
    #expect(
      text(.illegalClusterName("c_1"), action)
        == "400 caused: cluster name can only have these characters: 0-9a-zA-Z-, current: c_1;")
    #expect(
      text(.illegalWeight(-1), action) == "500 caused: instance format invalid: The weights range from 0.0 to 10000.0;")
    #expect(text(.illegalPort(70_000), action).hasPrefix("400 caused: "))
    #expect(text(.limit(what: "services", most: 3), action) == "400 caused: at most 3 services;")
    #expect(text(.storeFailed("disk full"), action).hasPrefix("500 "))
    #expect(text(.unavailable("stopping"), action) == "503 caused: stopping;")
  }

  @Test func namesInstances() {
    #expect(InstanceText.datumKey(InstanceAddress(ip: "1.1.1.1", port: 0)) == "1.1.1.1:unknown:DEFAULT")
    let address = InstanceAddress(cluster: "D", ip: "1.1.1.1", port: 1)
    #expect(InstanceText.line(address, weight: 0.00001, isHealthy: true) == "1.1.1.1:1:unknown:D_1.0E-5_true_false_D")
    #expect(InstanceText.line(address, weight: 10_000, isHealthy: false) == "1.1.1.1:1:unknown:D_10000.0_false_false_D")
  }
}
