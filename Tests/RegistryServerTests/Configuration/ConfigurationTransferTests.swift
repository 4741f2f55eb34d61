import HTTPTransport
import NacosWire
import Testing

@testable import RegistryServer

@Suite("Configurations out and in over the socket")
struct ConfigurationTransferTests {
  private let registry: TestRegistry

  init() async throws {
    registry = try TestRegistry()
    _ = try await registry.ask("POST", "/console/namespaces", ["customNamespaceId": "dev", "namespaceName": "Dev"])
    for (name, type) in [("a.yaml", "yaml"), ("b", "text")] {
      let configuration = ["dataId": name, "group": "G", "content": "of \(name)", "type": type, "desc": "about \(name)"]
      _ = try await registry.ask("POST", "/cs/configs", configuration)
    }
  }

  private func takeIn(_ file: [UInt8], policy: String? = nil, query: String) async throws -> String {
    var body = Array("--x\r\nContent-Disposition: form-data; name=\"policy\"\r\n\r\n\(policy ?? "ABORT")\r\n".utf8)
    body +=
      Array("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n".utf8) + file
      + Array("\r\n--x--\r\n".utf8)
    let type = HTTPHeader("Content-Type", "multipart/form-data; boundary=x")
    return try await registry.raw("POST", "/nacos/v1/cs/configs?import=true&\(query)", body: body, headers: [type]).text
  }

  private func copy(_ body: String, _ query: String) async throws -> String {
    let type = HTTPHeader("Content-Type", "application/json")
    let target = "/nacos/v1/cs/configs?clone=true&\(query)"
    return try await registry.raw("POST", target, body: Array(body.utf8), headers: [type]).text
  }

  private func detail(_ name: String, _ tenant: String) async throws -> String {
    try await registry.get("/cs/configs", ["dataId": name, "group": "G", "tenant": tenant, "show": "all"])
  }

  @Test func whatGoesOutComesIn() async throws {
    let file = try await registry.send("GET", "/cs/configs", ["exportV2": "true", "tenant": "", "ids": ""])
    #expect(file.status == 200 && file[header: "Content-Type"] == "application/octet-stream")
    let name = try #require(file[header: "Content-Disposition"])
    #expect(name.hasPrefix("attachment;filename=nacos_config_export_2") && name.hasSuffix(".zip"))
    let taken = #"{"code":200,"message":"导入成功","data":{"succCount":2,"skipCount":0}}"#
    #expect(try await takeIn(file.body, query: "namespace=dev") == taken)
    let detail = try await detail("a.yaml", "dev")
    #expect(
      detail.contains(#""content":"of a.yaml""#) && detail.contains(#""type":"yaml""#)
        && detail.contains(#""desc":"about a.yaml""#))
    let again = try await takeIn(file.body, query: "namespace=dev")
    #expect(
      again.contains(#""succCount":0,"skipCount":0,"failData":[{"dataId":"a.yaml","group":"G"}],"skipData":[{"dataId":"b""#))
    #expect(try await takeIn(file.body, policy: "SKIP", query: "namespace=dev").contains(#""succCount":0,"skipCount":2"#))
    #expect(try await takeIn(file.body, query: "namespace=dev&policy=OVERWRITE") == taken)
    #expect(try await takeIn(file.body, policy: "MAYBE", query: "namespace=dev").hasPrefix("caused: No enum constant "))
    #expect(try await takeIn(file.body, query: "namespace=nowhere").hasPrefix(#"{"code":100001,"#))
    #expect(
      try await takeIn(Array("garbage".utf8), query: "") == #"{"code":100005,"message":"导入的文件数据为空","data":{"succCount":0}}"#)
    #expect(try await registry.raw("POST", "/v1/cs/configs?import=true", body: []).text.hasSuffix(#""data":{}}"#))
  }

  @Test func theOlderKindAndAChoice() async throws {
    let all = try await registry.send("GET", "/cs/configs", ["export": "true", "dataId": "*.yaml"])
    let archive = try ZipArchive(all.body, limits: .init(entries: 9, bytes: 9_999))
    #expect(archive.entries.map(\.name) == ["G/a.yaml"])
    let more = ZipArchive(archive.entries + [.init(name: "G/c.json", bytes: [0x31]), .init(name: "odd", bytes: [])])
    let taken = try await takeIn(more.encoded() ?? [], query: "namespace=dev")
    #expect(taken.contains(#""succCount":2,"skipCount":0,"unrecognizedCount":1,"unrecognizedData":[{"itemName":"odd"}]"#))
    // The ending of its name says what it is.
    #expect(try await detail("c.json", "dev").contains(#""type":"json""#))
    let odd = ZipArchive([.init(name: "G/a b", bytes: [0x31])])
    #expect(try await takeIn(odd.encoded() ?? [], query: "") == "caused: invalid dataId : a b;")
    let illegal = ZipArchive([.init(name: "G/a", bytes: [0x31]), .init(name: ".meta.yml", bytes: [0x31])])
    #expect(try await takeIn(illegal.encoded() ?? [], query: "").hasPrefix(#"{"code":100002,"#))
  }

  @Test func copies() async throws {
    let page = try JSONDocument(Array(try await detail("a.yaml", "").dropFirst(4).utf8)).root
    let id = try #require(page["id"]?.string)
    let taken = #"{"code":200,"message":"Clone Completed Successfully","data":{"succCount":1,"skipCount":0}}"#
    #expect(try await copy("[{\"cfgId\":\"\(id)\"}]", "tenant=dev") == taken)
    #expect(try await copy("[{\"cfgId\":\(id),\"dataId\":\"z\"}]", "tenant=dev") == taken)
    #expect(try await detail("z", "dev").contains(#""content":"of a.yaml""#))
    #expect(try await copy("[{\"cfgId\":\(id)}]", "tenant=dev&policy=SKIP").contains(#""succCount":0,"skipCount":1"#))
    #expect(try await copy("[]", "tenant=dev").hasPrefix(#"{"code":100006,"#))
    #expect(try await copy("[{\"cfgId\":999}]", "tenant=dev").hasPrefix(#"{"code":100005,"#))
    #expect(try await copy("[{\"cfgId\":\(id)}]", "tenant=nowhere").hasPrefix(#"{"code":100001,"#))
    #expect(try await copy("x", "tenant=dev").hasPrefix("caused: the body is not JSON"))
  }

  @Test func whoReadsOneTenantTakesNothingOutOfOthers() async throws {
    let guarded = try GuardedRegistry()
    let token = try await guarded.login("ann", "secret")
    #expect(try await guarded.ask("GET", "/cs/configs", ["export": "true", "tenant": "dev"], token: token).hasPrefix("200"))
    for parameters in [["export": "true"], ["exportV2": "true", "tenant": "dev", "ids": "1"]] {
      #expect(try await guarded.ask("GET", "/cs/configs", parameters, token: token) == "403 authorization failed!")
    }
    for parameters in [["clone": "true", "tenant": "dev"], ["import": "true", "namespace": "dev"]] {
      #expect(try await guarded.ask("POST", "/cs/configs", parameters, token: token) == "403 authorization failed!")
    }
  }
}
