import NacosWire
import RegistryEngine
import RegistryModel

/// `/v1/ns/service` (naming-server-v1 1.2).
extension NamingService {
  /// 1.2.1
  func createService(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.serviceArgument()
    let threshold = try call.parameters.floatArgument("protectThreshold", default: 0)
    let selectorText = call.parameters.argument("selector", default: "")
    if engine.revision(of: key) != nil { throw Refusal(.serviceExists(key)) }
    let metadata = try MetadataText.read(call.parameters.argument("metadata", default: ""))
    let settings = ServiceSettings(
      protectThreshold: threshold, metadata: metadata, selector: try SelectorText.read(selectorText))
    return .submit(Submission(command: Command(.createService(key, settings), by: call.origin)))
  }

  /// 1.2.2
  func removeService(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.serviceArgument()
    return .submit(Submission(command: Command(.removeService(key), by: call.origin)))
  }

  /// 1.2.3
  func service(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.serviceArgument()
    let service = try service(key, orElse: .failed("service \(key.grouped) is not found!"))
    return .reply(.json(ServicePages.detail(service)))
  }

  /// 1.2.4
  func updateService(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.requiredServiceOfAnyForm()
    let threshold = JavaNumber.float(try call.parameters.required("protectThreshold")) ?? 0
    if engine.revision(of: key) == nil { throw .failed("service \(key.grouped) not found!") }
    let settings = ServiceSettings(
      protectThreshold: threshold, metadata: try MetadataText.read(call.parameters.optional("metadata", default: "")),
      selector: try SelectorText.read(call.parameters.optional("selector", default: "")))
    return .submit(Submission(command: Command(.updateService(key, settings), by: call.origin)))
  }

  /// 1.2.9
  func checksum(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.requiredServiceOfAnyForm()
    let service = try service(key, orElse: .failed("serviceName not found: \(key.grouped)"))
    return .reply(.json(ServicePages.checksum(lists.checksum(of: service))))
  }

  /// 1.2.7: names match where they contain what is asked for.
  func subscribers(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.requiredServiceOfAnyForm()
    let page = call.parameters.lenientInteger("pageNo", default: 1)
    let size = call.parameters.lenientInteger("pageSize", default: 1_000)
    let start = max(0, (page - 1).multipliedReportingOverflow(by: size).partialValue)
    let (group, name) = (NamePattern(literal: key.group), NamePattern(literal: key.name))
    let found = push.desk.subscribers(offset: start, limit: max(0, size)) { wanted in
      wanted.namespace.hasPrefix(key.namespace) && name.matches(wanted.name) && group.matches(wanted.group)
    }
    // Nacos fails at a page that begins past the end or ends before it begins, and says 0; one right at the end is empty.
    let total = start > found.total || size < 0 ? 0 : found.total
    return .reply(.json(ServicePages.subscribers(found.subscribers.lazy.map(\.subscriber), total: total)))
  }
}
