import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel

/// Many configurations at once: out into an archive, and in from one (naming-client-v1 3.2). Packing and unpacking take
/// their time, so they are done in tasks of their own.
extension ConfigurationService {
  /// What the contents of one archive may come to, and how many it may hold.
  private static let mostArchived = ZipArchive.Limits(entries: 10_000, bytes: 64 << 20)

  /// `GET /v1/cs/configs?export=true`, or `exportV2=true` with the newer metadata.
  func export(_ call: borrowing Call, as form: ConfigurationArchive.Form) throws(Refusal) -> Outcome {
    let found = try exported(call)
    let bytes = found.reduce(0) { $0 + $1.content.text.utf8.count }
    guard found.count <= Self.mostArchived.entries, bytes <= Self.mostArchived.bytes else {
      throw .illegal("the archive would be of more than \(Self.mostArchived.bytes) bytes: choose fewer")
    }
    let archive = ConfigurationArchive(found.map(ConfigurationArchive.Item.init))
    let service = LoopBound(self, on: loop)
    let digits = ErrorDocument.timestamp(now()).filter(\.isNumber).prefix(14)
    return .later { answer in
      Task(priority: .utility) {
        let packed = archive.encoded(as: form)
        service.post { answer.send(Self.file(packed, "nacos_config_export_\(digits).zip"), on: $0.loop) }
      }
    }
  }

  private static func file(_ bytes: [UInt8]?, _ name: String) -> Reply {
    guard let bytes else { return Reply(.failed("the archive cannot be made")) }
    var reply = Reply(contentType: "application/octet-stream", body: bytes)
    reply.headers = HeaderLines(("Content-Disposition", "attachment;filename=\(name)")) ?? .none
    return reply
  }

  /// Those of the ids that are given, or else what a search finds.
  private func exported(_ call: borrowing Call) throws(Refusal) -> [Configuration] {
    let ids = try ids(call.parameters.optional("ids", default: ""))
    if !ids.isEmpty { return book.configurations(ids) }
    let search = ConfigurationSearch(
      tenant: try ConfigurationNames.tenantRead(call.parameters.argument("tenant", default: "")),
      group: call.parameters.optional("group").map(ConfigurationPattern.exactly),
      dataID: call.parameters.optional("dataId").map { .stars(StarPattern($0)) }, app: call.parameters.optional("appName"))
    return book.page(search, number: 1, size: .max).items
  }

  /// `POST /v1/cs/configs?import=true`. Where to is told by the query alone, as whoever sends it was let in by that.
  func takeIn(_ call: borrowing Call, _ headers: ConfigurationHeaders, _ user: String) throws(Refusal) -> Outcome {
    let tenant = try ConfigurationNames.tenantRead(call.parameters.argument("namespace", default: ""))
    let policy = call.parameters.value("policy")
    let author = author(call, user)
    let body = Array(call.body)
    let type = headers.contentType ?? ""
    let service = LoopBound(self, on: loop)
    return .later { answer in
      Task(priority: .utility) {
        let form = MultipartForm(body, contentType: type)
        let file = form?.file("file").map { bytes in
          Result { () throws(AdoptionFailure) in try Self.contents(bytes) }
        }
        let wanted = policy ?? form?.field("policy")
        service.post { service in service.takeIn(file, to: tenant, wanted, author, answer) }
      }
    }
  }

  private static func contents(_ file: [UInt8]) throws(AdoptionFailure) -> ConfigurationArchive {
    guard let archive = try? ZipArchive(file, limits: mostArchived) else { throw .nothing }
    do throws(ConfigurationArchive.Problem) {
      return try ConfigurationArchive(archive)
    } catch {
      throw .illegalMetadata
    }
  }

  private func takeIn(
    _ file: Result<ConfigurationArchive, AdoptionFailure>?, to tenant: String, _ policy: String?,
    _ author: ConfigurationAuthor, _ answer: HeldAnswer
  ) {
    do throws(Refusal) {
      guard let file else { return answer.send(.json(AdoptionFailure.nothing.page(hasCount: false)), on: loop) }
      guard isKnown(tenant) else { return answer.send(.json(AdoptionFailure.unknownNamespace.page()), on: loop) }
      let policy = try Self.policy(policy)
      let archive: ConfigurationArchive
      switch file {
      case .failure(let failure): return answer.send(.json(failure.page()), on: loop)
      case .success(let contents): archive = contents
      }
      if archive.items.isEmpty { return answer.send(.json(AdoptionFailure.nothing.page()), on: loop) }
      var publications: [Publication] = []
      for item in archive.items { publications.append(try publication(of: item, in: tenant, by: author)) }
      let adoption = ConfigurationAdoption(publications, policy: policy)
      adopt(adoption, "导入成功", unrecognized: archive.unrecognized, answer)
    } catch {
      answer.send(Reply(error), on: loop)
    }
  }

  private func publication(
    of item: ConfigurationArchive.Item, in tenant: String, by author: ConfigurationAuthor
  ) throws(Refusal) -> Publication {
    var details = ConfigurationDetails()
    details.type = Self.type(item.type, of: item.dataID)
    details.about = try ConfigurationNames.text(item.about, "desc", most: 128)
    return try publication(
      tenant: tenant, group: item.group, dataID: item.dataID, item.content, details, app: item.app, by: author)
  }

  /// What is told, or what the ending of a name says.
  private static func type(_ told: String?, of dataID: String) -> String {
    if let told, knownTypes.contains(told) { return told }
    let ending = dataID.split(separator: ".", omittingEmptySubsequences: false).last.map { $0.lowercased() } ?? ""
    switch ending {
    case "yml", "yaml": return "yaml"
    case "htm", "html": return "html"
    case "json", "xml", "properties": return ending
    default: return "text"
    }
  }
}

extension ConfigurationArchive.Item {
  fileprivate init(_ configuration: Configuration) {
    let key = configuration.place.key
    self.init(
      group: key.group, dataID: key.dataID, content: configuration.content.text, app: configuration.app,
      type: configuration.details.type, about: configuration.details.about)
  }
}
