import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel

/// Reading and searching (naming-client-v1 3.2).
extension ConfigurationService {
  /// What the contents of one page may come to, unless it is of one configuration.
  private static let mostPageBytes = 32 << 20
  private static let longestPage = 500

  /// `GET /v1/cs/configs`
  func read(_ call: borrowing Call, _ headers: ConfigurationHeaders) throws(Refusal) -> Outcome {
    if call.parameters.value("show") == "all" { return .reply(Self.page(book[ConfigurationPlace(try key(call))])) }
    switch call.parameters.value("search") {
    case "accurate": return try search(call, isBlurred: false)
    case "blur": return try search(call, isBlurred: true)
    default: break
    }
    if call.parameters.value("beta") == "true" {
      let beta = book[ConfigurationPlace(try key(call), .beta)]
      return .reply(.json(ConfigurationPages.beta(beta)))
    }
    if call.parameters.value("export") == "true" { return try export(call, as: .former) }
    if call.parameters.value("exportV2") == "true" { return try export(call, as: .current) }
    return .reply(try content(call, headers))
  }

  private static func page(_ configuration: Configuration?) -> Reply {
    guard let configuration else { return .text("") }
    return .json(ConfigurationPages.detail(configuration))
  }

  private func content(_ call: borrowing Call, _ headers: ConfigurationHeaders) throws(Refusal) -> Reply {
    let dataID = try call.parameters.argument("dataId")
    let group = try call.parameters.argument("group")
    let tenant = try ConfigurationNames.tenantRead(call.parameters.argument("tenant", default: ""))
    let key = try ConfigurationNames.key(tenant: tenant, group: group, dataID: dataID)
    let tag = try ConfigurationNames.tag(call.parameters.value("tag"))
    let reader = ConfigurationReader(address: call.sender.peer.host, tag: tag ?? headers.tag)
    let found = book.configuration(key, for: reader)
    // Who asks for a tag gets it or nothing; a tag of the client's own is a wish.
    guard let found, tag == nil || found.place.variant != .main else {
      return .text("config data not exist\n", status: .notFound)
    }
    return Self.content(found)
  }

  private static func content(_ configuration: Configuration) -> Reply {
    let type = configuration.details.type
    var lines = [
      ("Config-Type", type), ("Content-MD5", configuration.content.md5),
      ("Last-Modified", HTTPTime.text(configuration.modifiedAt)),
    ]
    switch configuration.place.variant {
    case .main: break
    case .beta: lines.append(("isBeta", "true"))
    case .tag(let tag): lines.append(("Vipserver-Tag", ListeningText.encoded(tag)))
    }
    var reply = Reply(contentType: contentType(type), body: Array(configuration.content.text.utf8))
    reply.headers = uncached.adding(HeaderLines(lines) ?? .none)
    return reply
  }

  private static func contentType(_ type: String) -> StaticString {
    switch type {
    case "json": "application/json;charset=UTF-8"
    case "xml": "application/xml;charset=UTF-8"
    case "html": "text/html;charset=UTF-8"
    default: "text/plain;charset=UTF-8"
    }
  }

  /// `GET /v1/cs/configs/catalog`
  func catalog(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let dataID = try call.parameters.argument("dataId")
    let group = try call.parameters.argument("group")
    let tenant = call.parameters.argument("tenant", default: "")
    let key = ConfigurationKey(tenant: tenant, group: group, dataID: dataID)
    return .reply(.json(ConfigurationPages.catalog(book[ConfigurationPlace(key)])))
  }

  private func search(_ call: borrowing Call, isBlurred: Bool) throws(Refusal) -> Outcome {
    let dataID = try call.parameters.argument("dataId")
    let group = try call.parameters.argument("group")
    let number = try call.parameters.integerArgument("pageNo")
    let size = try call.parameters.integerArgument("pageSize")
    guard number > 0, size > 0 else {
      let sentence = "serialize page error, dataId=\(dataID), group=\(group)"
      throw Refusal(status: 500, causes: [sentence, "pageNo and pageSize must be greater than zero"])
    }
    func pattern(_ text: String) -> ConfigurationPattern? {
      if text.utf8.allSatisfy({ $0 <= 0x20 }) { return nil }
      return isBlurred ? .stars(StarPattern(text)) : .exactly(text)
    }
    let tags = call.parameters.optional("config_tags")?.split(separator: ",").map(String.init) ?? []
    let search = ConfigurationSearch(
      tenant: call.parameters.optional("tenant", default: ""), group: pattern(group), dataID: pattern(dataID),
      app: call.parameters.optional("appName"), tags: tags)
    let page = book.page(search, number: number, size: min(size, Self.longestPage))
    let bytes = page.items.reduce(0) { $0 + $1.content.text.utf8.count }
    guard page.items.count <= 1 || bytes <= Self.mostPageBytes else {
      throw .illegal("the page would be of more than \(Self.mostPageBytes) bytes: ask for a smaller one")
    }
    return .reply(.json(ConfigurationPages.list(page, hasTypes: !isBlurred && tags.isEmpty)))
  }
}
