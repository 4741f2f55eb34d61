import NacosWire
import RegistryEngine
import RegistryModel

/// Why many configurations are not taken over, in Nacos' numbers and words.
enum AdoptionFailure: Error {
  case unknownNamespace
  case illegalMetadata
  case nothing
  case noneChosen

  private var answer: (code: Int, message: String) {
    switch self {
    case .unknownNamespace: (100_001, "目标 namespace 不存在")
    case .illegalMetadata: (100_002, "导入的元数据非法")
    case .nothing: (100_005, "导入的文件数据为空")
    case .noneChosen: (100_006, "没有选择任何配置")
    }
  }

  /// That none was taken is said, but where there was nothing to take from.
  func page(hasCount: Bool = true) -> [UInt8] {
    ConfigurationPages.adoptionFailure(code: answer.code, answer.message, hasCount: hasCount)
  }
}

/// Copies, and what they have in common with imports (naming-client-v1 3.2).
extension ConfigurationService {
  /// `POST /v1/cs/configs?clone=true`: copies into a tenant, under other names where they are given.
  func clone(_ call: borrowing Call, _ user: String) throws(Refusal) -> Outcome {
    let tenant = try ConfigurationNames.tenantRead(try call.parameters.argument("tenant"))
    let policy = try Self.policy(call.parameters.value("policy"))
    let wishes = try CopyWish.read(call.body, most: Self.mostIDs)
    if wishes.isEmpty { return .reply(.json(AdoptionFailure.noneChosen.page())) }
    guard isKnown(tenant) else { return .reply(.json(AdoptionFailure.unknownNamespace.page())) }
    // Of an id that comes twice the first counts.
    let byID = Dictionary(wishes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let found = book.configurations(Set(byID.keys))
    if found.isEmpty { return .reply(.json(AdoptionFailure.nothing.page())) }
    let author = author(call, user)
    var publications: [Publication] = []
    for configuration in found {
      let wish = byID[configuration.id]
      var details = ConfigurationDetails()
      details.type = configuration.details.type
      details.about = configuration.details.about
      let key = configuration.place.key
      publications.append(
        try publication(
          tenant: tenant, group: wish?.group ?? key.group, dataID: wish?.dataID ?? key.dataID, configuration.content.text,
          details, app: configuration.app, by: author))
    }
    let adoption = ConfigurationAdoption(publications, policy: policy)
    return .later { [unowned self] answer in adopt(adoption, "Clone Completed Successfully", answer) }
  }

  /// Whether configurations may be put there: only namespaces that somebody made.
  func isKnown(_ tenant: String) -> Bool { tenant.isEmpty || hasNamespace(tenant) }

  static func policy(_ text: String?) throws(Refusal) -> ConfigurationAdoption.Policy {
    guard let text, !text.isEmpty else { return .abort }
    guard let policy = ConfigurationAdoption.Policy(rawValue: text) else {
      throw .illegal("No enum constant com.alibaba.nacos.config.server.model.SameConfigPolicy.\(text)")
    }
    return policy
  }

  func publication(
    tenant: String, group: String, dataID: String, _ content: String, _ details: ConfigurationDetails, app: String?,
    by author: ConfigurationAuthor
  ) throws(Refusal) -> Publication {
    let key = try ConfigurationNames.key(tenant: tenant, group: group, dataID: dataID)
    let content = try ConfigurationNames.content(content, mostUnits: limits.configurationUnits)
    if let app, app.utf8.count > limits.appBytes { throw .illegal("too long appName, over \(limits.appBytes)") }
    let text = ConfigurationText(content, md5: MD5.hexadecimal(Array(content.utf8)))
    return Publication(ConfigurationPlace(key), text, details: details, app: app, author: author)
  }

  /// Takes over what is wanted, and answers what became of it.
  func adopt(
    _ adoption: ConfigurationAdoption, _ message: String, unrecognized: [String] = [], _ answer: HeldAnswer
  ) {
    var report = ConfigurationAdoptionReport()
    submit(.adopt(adoption), whenPlanned: { report = $0.report(of: adoption) }) { [unowned self] error in
      let page = ConfigurationPages.adoption(report, message, unrecognized: unrecognized)
      answer.send(error.map { Reply(Refusal($0)) } ?? .json(page), on: loop)
    }
  }
}
