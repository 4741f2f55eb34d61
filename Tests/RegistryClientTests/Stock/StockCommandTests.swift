import RegistryModel
import Testing

@testable import RegistryClient

@Suite("Commands on the v1 API")
struct StockCommandTests {
  private static let key = InstanceKey(
    service: ServiceKey(namespace: "staging", group: "g", name: "orders"),
    address: InstanceAddress(cluster: "hz", ip: "10.0.0.1", port: 80, isEphemeral: false))
  private static let instance = Instance(
    address: key.address, weight: 2, metadata: ["a": "1"], registeredAt: WallTime(milliseconds: 0))
  private static let place =
    "namespaceId=staging&serviceName=orders&groupName=g&clusterName=hz&ip=10.0.0.1&port=80&ephemeral=false"

  @Test("an edit sends what it changes alone; a server without PATCH gets all the rest as it was")
  func edits() throws {
    let weight = try StockCommand(.operate(Self.key, .setWeight(0.25)), instance: Self.instance)
    #expect(weight.call.method == "PATCH" && weight.call.target == "/v1/ns/instance?\(Self.place)&weight=0.25")
    #expect(weight.target == Self.key && weight.shownBy == .service(Self.key.service))
    let whole = "\(Self.place)&weight=0.25&enabled=true&healthy=true&metadata=%7B%22a%22%3A%221%22%7D"
    #expect(weight.alternative?.method == "PUT" && weight.alternative?.target == "/v1/ns/instance?\(whole)")
    let metadata = try StockCommand(.operate(Self.key, .setMetadata(["b": "x&y", "a": nil])), instance: Self.instance)
    #expect(metadata.call.target == "/v1/ns/instance?\(Self.place)&metadata=%7B%22b%22%3A%22x%26y%22%7D")
    let off = try StockCommand(.operate(Self.key, .setEnabled(false)), instance: Self.instance)
    #expect(off.call.target.hasSuffix("&enabled=false"))
    let gone = try StockCommand(.deregister(Self.key), instance: nil)
    #expect(gone.call.method == "DELETE" && gone.call.target == "/v1/ns/instance?\(Self.place)")
  }

  @Test("what the API has no call for is refused with a reason")
  func refusals() {
    let actions: [Action] = [
      .mark(Self.key, text: "x"), .mark(Self.key, text: nil), .operate(Self.key, .clear), .probed(Self.key, isHealthy: true),
      .replaceSwitches(Switches()),
    ]
    for action in actions {
      #expect {
        try StockCommand(action, instance: Self.instance)
      } throws: { error in
        if case RegistryError.notSupported(let why) = error { !why.isEmpty } else { false }
      }
    }
    #expect(throws: RegistryError.instanceNotFound(Self.key.service, Self.key.address)) {
      try StockCommand(.operate(Self.key, .setWeight(1)), instance: nil)
    }
  }

  @Test("names are put in the query so that nothing in them can end it")
  func encoding() {
    #expect(StockForm.encoded("a-Z.0_~") == "a-Z.0_~")
    #expect(StockForm.encoded("a b&c=d#\u{e9}\r\n") == "a%20b%26c%3Dd%23%C3%A9%0D%0A")
    let odd = ServiceKey(namespace: "public", grouped: "g@@a@@b")
    let call = StockRequest.service(odd).call(countsFromOne: false)
    #expect(call.target == "/v1/ns/catalog/service?namespaceId=&serviceName=g%40%40a%40%40b&groupName=g")
  }

  @Test("pages with instances count from 0 in Nacos 1 and from 1 in Nacos 2")
  func pages() {
    let request = StockRequest.bulk(namespace: "public", page: 3, size: 10)
    #expect(request.call(countsFromOne: false).target.contains("pageNo=3&"))
    #expect(request.call(countsFromOne: true).target.contains("pageNo=4&"))
    #expect([("1.4.8", 1), ("2.5.1", 2), ("v3.0", 3), ("", 1), ("x", 1)].allSatisfy { StockVersion.major(of: $0.0) == $0.1 })
  }
}
