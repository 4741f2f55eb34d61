import Testing

@testable import NacosWire

@Suite("Configurations in archives")
struct ConfigurationArchiveTests {
  private typealias Item = ConfigurationArchive.Item

  private static let items = [
    Item(group: "G", dataID: "a.b.yaml", content: "x: 1", app: "shop", type: "yaml", about: "it's \"this\": # that,\nand more"),
    Item(group: "G", dataID: "b", content: "é", app: "", type: "text"),
  ]

  private func archive(_ files: [(String, String)]) -> ZipArchive {
    ZipArchive(files.map { ZipArchive.Entry(name: $0.0, bytes: Array($0.1.utf8)) })
  }

  private func read(_ files: (String, String)...) throws -> ConfigurationArchive { try ConfigurationArchive(archive(files)) }

  @Test("with the newer metadata nothing is lost")
  func current() throws {
    let bytes = try #require(ConfigurationArchive(Self.items).encoded(as: .current))
    let zip = try ZipArchive(bytes, limits: .init(entries: 10, bytes: 10_000))
    #expect(zip.entries.map(\.name) == ["G/a.b.yaml", "G/b", ".metadata.yml"])
    #expect(try ConfigurationArchive(zip) == ConfigurationArchive(Self.items))
  }

  @Test("with the older metadata apps are kept")
  func former() throws {
    let bytes = try #require(ConfigurationArchive(Self.items).encoded(as: .former))
    let zip = try ZipArchive(bytes, limits: .init(entries: 10, bytes: 10_000))
    #expect(zip.entries.last?.bytes == Array("G.a.b~yaml.app=shop\r\n".utf8))
    let read = try ConfigurationArchive(zip)
    #expect(read.items.map(\.app) == ["shop", nil] && read.items.allSatisfy { $0.type == nil })
    let none = try #require(ConfigurationArchive([Self.items[1]]).encoded(as: .former))
    #expect(try ZipArchive(none, limits: .init(entries: 10, bytes: 10_000)).entries.map(\.name) == ["G/b"])
  }

  @Test("metadata as a Nacos writes it: wrapped, quoted in either way")
  func ofANacos() throws {
    let metadata = """
      metadata:
      - appName: ''
        dataId: one
        desc: words that go on and on until the line
          is full
        group: g
        type: yaml
      - appName: 'it''s'
        dataId: "two"
        desc: "caf\\u00e9 \\
          \\ more"
        group: g # by hand
        type: text

      """
    let archive = try read(("g/one", "1"), ("g/two", "2"), (".metadata.yml", metadata))
    #expect(archive.unrecognized.isEmpty)
    #expect(archive.items.map(\.about) == ["words that go on and on until the line is full", "café  more"])
    #expect(archive.items.map(\.app) == ["", "it's"] && archive.items.map(\.type) == ["yaml", "text"])
  }

  @Test("what is in one and not in the other is told")
  func unrecognized() throws {
    let metadata = "metadata:\n- {group: g}\n"
    #expect(throws: ConfigurationArchive.Problem.illegalMetadata) { try self.read(("g/one", "1"), (".metadata.yml", metadata)) }
    let archive = try read(
      ("g/one", "1"), ("g/two", "2"), ("odd", "3"),
      (".metadata.yml", "metadata:\n- dataId: one\n  group: g\n  type: json\n- dataId: gone\n  group: g\n  type: text"))
    #expect(archive.items == [Item(group: "g", dataID: "one", content: "1", type: "json")])
    #expect(archive.unrecognized == ["未在元数据中找到: g/two", "odd", "未在文件中找到: g/gone"])
  }

  @Test(
    "metadata that says nothing or nonsense",
    arguments: [
      (".metadata.yml", ""), (".metadata.yml", "metadata: []"), (".metadata.yml", "metadata:\n- dataId: a\n  group: g"),
      (".metadata.yml", "other:\n- dataId: a"), (".metadata.yml", "metadata:\n  dataId: a"),
      (".metadata.yml", "metadata:\n- dataId: \"a"),
      (".metadata.yml", "metadata:\n- 'x"), (".meta.yml", ""), (".meta.yml", "nonsense"), (".meta.yml", "a=b=c"),
    ])
  func refused(name: String, text: String) {
    #expect(throws: ConfigurationArchive.Problem.illegalMetadata) { try self.read(("g/a", "1"), (name, text)) }
  }

  @Test("what is to be copied")
  func copies() throws {
    func read(_ text: String) throws -> [CopyWish] {
      try Array(text.utf8).withUnsafeBytes { bytes in Result { () throws(Refusal) in try CopyWish.read(bytes, most: 2) } }.get()
    }
    #expect(try read(#"[{"cfgId":"7"},null,{"cfgId":8,"group":" ","dataId":"d"}]"#) == [.init(id: 7), .init(id: 8, dataID: "d")])
    for text in ["", "{}", "[1]", "[{}]", #"[{"cfgId":"x"}]"#, #"[{"cfgId":1},{"cfgId":2},{"cfgId":3}]"#] {
      #expect(throws: Refusal.self) { try read(text) }
    }
  }
}
