import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel

/// Publishing and removing (naming-client-v1 3.2).
extension ConfigurationService {
  /// More configurations are not removed at once.
  static let mostIDs = 1_000
  /// Types that Nacos knows; any other counts as text.
  static let knownTypes: Set<String> = ["properties", "xml", "json", "text", "html", "yaml", "unset"]

  /// `POST /v1/cs/configs`
  func publish(
    _ call: borrowing Call, _ headers: ConfigurationHeaders, _ user: String
  ) throws(Refusal) -> Outcome {
    if call.parameters.value("import") == "true" { return try takeIn(call, headers, user) }
    if call.parameters.value("clone") == "true" { return try clone(call, user) }
    let publication = try publication(call, headers, user)
    return submitted(.publish(publication), .yes)
  }

  private func publication(
    _ call: borrowing Call, _ headers: ConfigurationHeaders, _ user: String
  ) throws(Refusal) -> Publication {
    let dataID = try call.parameters.argument("dataId")
    let group = try call.parameters.argument("group")
    let given = try call.parameters.argument("content")
    let tenant = try ConfigurationNames.tenant(call.parameters.argument("tenant", default: ""))
    let key = try ConfigurationNames.key(tenant: tenant, group: group, dataID: dataID)
    let content = try ConfigurationNames.content(given, mostUnits: limits.configurationUnits)
    let tag = try ConfigurationNames.tag(call.parameters.value("tag"))
    let beta = (headers.betaAddresses ?? "").split { $0 == "," || $0 == " " }.map(String.init)
    let text = ConfigurationText(content, md5: MD5.hexadecimal(Array(content.utf8)))
    guard beta.count <= 1_000 else { throw .illegal("more than 1000 betaIps") }
    let variant = beta.isEmpty ? tag.map(ConfigurationVariant.tag) ?? .main : .beta
    return Publication(
      ConfigurationPlace(key, variant), text, details: try details(call), app: try app(call), betaAddresses: beta,
      author: author(call, user))
  }

  private func details(_ call: borrowing Call) throws(Refusal) -> ConfigurationDetails {
    var details = ConfigurationDetails()
    details.tags = try ConfigurationNames.tags(call.parameters.value("config_tags"))
    details.about = try ConfigurationNames.text(call.parameters.value("desc"), "desc", most: 128)
    details.use = try ConfigurationNames.text(call.parameters.value("use"), "use", most: 32)
    details.effect = try ConfigurationNames.text(call.parameters.value("effect"), "effect", most: 32)
    details.schema = try ConfigurationNames.text(call.parameters.value("schema"), "schema", most: 32_768)
    let type = call.parameters.value("type") ?? ""
    details.type = Self.knownTypes.contains(type) ? type : "text"
    return details
  }

  private func app(_ call: borrowing Call) throws(Refusal) -> String? {
    guard let app = call.parameters.value("appName") else { return nil }
    guard app.utf8.count <= limits.appBytes else { throw .illegal("too long appName, over \(limits.appBytes)") }
    return app
  }

  /// Who is asked for it where authentication is on, else who the request says it is.
  func author(_ call: borrowing Call, _ user: String) -> ConfigurationAuthor {
    let said = call.parameters.optional("src_user").map { String($0.prefix(128)) }
    return ConfigurationAuthor(user: user.isEmpty ? said : user, address: call.sender.peer.host)
  }

  /// `DELETE /v1/cs/configs`
  func remove(_ call: borrowing Call, _ user: String) throws(Refusal) -> Outcome {
    let author = author(call, user)
    if call.parameters.value("beta") == "true" {
      let place = ConfigurationPlace(try key(call), .beta)
      return submitted(.remove([place], author), .json(ConfigurationPages.result(true, message: "stop beta ok")))
    }
    if call.parameters.value("delType") == "ids" {
      let places = book.configurations(try ids(try call.parameters.argument("ids"))).map(\.place)
      return submitted(.remove(places, author), .json(ConfigurationPages.result(true)))
    }
    let key = try key(call)
    let tag = try ConfigurationNames.tag(call.parameters.value("tag"))
    let place = ConfigurationPlace(key, tag.map(ConfigurationVariant.tag) ?? .main)
    return submitted(.remove([place], author), .yes)
  }

  func ids(_ text: String) throws(Refusal) -> Set<Int64> {
    let words = text.split(separator: ",")
    guard words.count <= Self.mostIDs else { throw .illegal("more than \(Self.mostIDs) ids") }
    var ids: Set<Int64> = []
    for word in words {
      guard let id = Int64(word) else { throw .illegal("For input string: \"\(word)\"") }
      ids.insert(id)
    }
    return ids
  }

  /// The key that a request names: tenants as they are given.
  func key(_ call: borrowing Call) throws(Refusal) -> ConfigurationKey {
    let dataID = try call.parameters.argument("dataId")
    let group = try call.parameters.argument("group")
    let tenant = try ConfigurationNames.tenant(call.parameters.argument("tenant", default: ""))
    return try ConfigurationNames.key(tenant: tenant, group: group, dataID: dataID)
  }

  private func submitted(_ wish: ConfigurationWish, _ reply: Reply) -> Outcome {
    .later { [unowned self] answer in
      submit(wish) { [unowned self] error in
        answer.send(error.map { Reply(Refusal($0)) } ?? reply, on: loop)
      }
    }
  }
}
