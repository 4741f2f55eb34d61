import NacosWire
import RegistryEngine
import RegistryModel

/// Configurations as the console reads them (naming-client-v1 3.2): ids are texts, nulls are written.
enum ConfigurationPages {
  /// `RestResult` of a boolean.
  static func result(_ value: Bool, message: String? = nil) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginResult(message: message)
    writer.bool(value)
    writer.endObject()
    return writer.bytes
  }

  static func detail(_ configuration: Configuration) -> [UInt8] {
    var writer = JSONWriter(capacity: configuration.content.text.utf8.count + 512)
    writer.beginObject()
    writer.basics(configuration)
    writer.advance(configuration)
    writer.endObject()
    return writer.bytes
  }

  static func catalog(_ configuration: Configuration?) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginResult()
    if let configuration {
      writer.beginObject()
      writer.advance(configuration)
      writer.member("type", configuration.details.type)
      writer.endObject()
    } else {
      writer.null()
    }
    writer.endObject()
    return writer.bytes
  }

  static func beta(_ configuration: Configuration?) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginResult(message: "stop beta ok")
    if let configuration {
      writer.beginObject()
      writer.basics(configuration)
      writer.member("betaIps", configuration.betaAddresses.joined(separator: ","))
      writer.endObject()
    } else {
      writer.null()
    }
    writer.endObject()
    return writer.bytes
  }

  /// What was found. As in Nacos, no page of it has digests, and only one of an exact search has types.
  static func list(_ page: ConfigurationPage<Configuration>, hasTypes: Bool) -> [UInt8] {
    var writer = JSONWriter(capacity: page.items.reduce(256) { $0 + $1.content.text.utf8.count + 256 })
    writer.page(page) { writer, configuration in
      writer.beginObject()
      writer.basics(configuration, hasDigest: false, hasType: hasTypes)
      writer.endObject()
    }
    return writer.bytes
  }

  static func history(_ page: ConfigurationPage<ConfigurationEvent>) -> [UInt8] {
    var writer = JSONWriter()
    writer.page(page) { writer, event in writer.event(event, md5: nil, content: nil) }
    return writer.bytes
  }

  static func history(_ event: ConfigurationEvent, content: String?) -> [UInt8] {
    var writer = JSONWriter(capacity: event.bytes + 512)
    writer.event(event, md5: event.md5, content: content)
    return writer.bytes
  }

  /// What became of many that were to be taken over, and entries of their archive that were none.
  static func adoption(_ report: ConfigurationAdoptionReport, _ message: String, unrecognized: [String]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginResult(message: message)
    writer.beginObject()
    writer.member("succCount", report.taken)
    writer.member("skipCount", report.skipCount)
    writer.places("failData", report.failed.map { [$0] } ?? [])
    writer.places("skipData", report.skipped)
    if !unrecognized.isEmpty {
      writer.member("unrecognizedCount", unrecognized.count)
      writer.key("unrecognizedData")
      writer.beginArray()
      for name in unrecognized {
        writer.beginObject()
        writer.member("itemName", name)
        writer.endObject()
      }
      writer.endArray()
    }
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }

  static func adoptionFailure(code: Int, _ message: String, hasCount: Bool) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("code", code)
    writer.member("message", message)
    writer.key("data")
    writer.beginObject()
    if hasCount { writer.member("succCount", 0) }
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }

  /// Digests by address, or by key.
  static func listeners(_ digests: [(name: String, md5: String)]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("collectStatus", 200)
    writer.key("lisentersGroupkeyStatus")
    writer.beginObject()
    for (name, md5) in Dictionary(digests.map { ($0.name, $0.md5) }, uniquingKeysWith: { $1 }) { writer.member(name, md5) }
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func basics(_ configuration: Configuration, hasDigest: Bool = true, hasType: Bool = true) {
    let key = configuration.place.key
    member("id", String(configuration.id))
    member("dataId", key.dataID)
    member("group", key.group)
    member("content", configuration.content.text)
    member("md5", orNull: hasDigest ? configuration.content.md5 : nil)
    member("tenant", key.tenant)
    member("appName", configuration.app)
    member("type", orNull: hasType ? configuration.details.type : nil)
  }

  fileprivate mutating func advance(_ configuration: Configuration) {
    let details = configuration.details
    member("createTime", configuration.createdAt.milliseconds)
    member("modifyTime", configuration.modifiedAt.milliseconds)
    member("createUser", orNull: configuration.user)
    member("createIp", configuration.address)
    member("desc", orNull: details.about)
    member("use", orNull: details.use)
    member("effect", orNull: details.effect)
    member("schema", orNull: details.schema)
    member("configTags", orNull: details.tags.isEmpty ? nil : details.tags.joined(separator: ","))
  }

  /// Left out where there are none.
  fileprivate mutating func places(_ name: StaticString, _ places: [ConfigurationPlace]) {
    if places.isEmpty { return }
    key(name)
    beginArray()
    for place in places {
      beginObject()
      member("dataId", place.key.dataID)
      member("group", place.key.group)
      endObject()
    }
    endArray()
  }

  /// The operation is a text of ten, filled up with blanks.
  fileprivate mutating func event(_ event: ConfigurationEvent, md5: String?, content: String?) {
    beginObject()
    member("id", String(event.id))
    member("lastId", -1)
    member("dataId", event.key.dataID)
    member("group", event.key.group)
    member("tenant", event.key.tenant)
    member("appName", event.app)
    member("md5", orNull: md5)
    member("content", orNull: content)
    member("srcIp", event.address)
    member("srcUser", orNull: event.user)
    member("opType", event.operation.rawValue + String(repeating: " ", count: 9))
    member("createdTime", ErrorDocument.timestamp(event.at))
    member("lastModifiedTime", ErrorDocument.timestamp(event.at))
    endObject()
  }

  fileprivate mutating func page<Item>(_ page: ConfigurationPage<Item>, _ write: (inout JSONWriter, Item) -> Void) {
    beginObject()
    member("totalCount", page.total)
    member("pageNumber", page.number)
    member("pagesAvailable", page.pages)
    key("pageItems")
    beginArray()
    for item in page.items { write(&self, item) }
    endArray()
    endObject()
  }
}
