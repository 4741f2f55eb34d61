import NacosWire
import RegistryEngine
import RegistryModel

/// Lists of services by name (naming-server-v1 1.2.5, 1.2.6, 1.9).
extension NamingService {
  /// 1.2.5
  func serviceNames(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let page = try call.parameters.lenientInteger("pageNo")
    let size = try call.parameters.lenientInteger("pageSize")
    let namespace = call.parameters.namespace
    let group = call.parameters.optional("groupName", default: ServiceKey.defaultGroup)
    let names = directory.names(in: namespace)
    // Where there is nothing to choose from, Nacos does not look at how it is to be chosen.
    if names.count == 0 { return .reply(.json(ServicePages.list([String](), total: 0))) }
    let selector = try call.parameters.optional("selector").flatMap { text throws(Refusal) in try LabelFilter(text) }
    let range = group == "*" ? 0..<names.count : names.range(ofGroup: group)
    let prefix = group == "*" ? 0 : group.utf8.count + ServiceKey.separator.utf8.count
    if let selector {
      let matching = names.slice(range).filter { name in
        engine.service(ServiceKey(namespace: namespace, grouped: name)).map(selector.matches) ?? false
      }
      let wanted = try Page(number: page, size: size).checkedRange(of: matching.count)
      return .reply(.json(ServicePages.list(matching[wanted].lazy.map { $0.dropping(prefix) }, total: matching.count)))
    }
    let wanted = try Page(number: page, size: size).checkedRange(of: range.count)
    let shown = names.slice(range.lowerBound + wanted.lowerBound..<range.lowerBound + wanted.upperBound)
    return .reply(.json(ServicePages.list(shown.lazy.map { $0.dropping(prefix) }, total: range.count)))
  }

  /// 1.2.6: of all namespaces where none is named; one that nobody knows is refused.
  func namesByNamespace(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let namespace = call.parameters.argument("namespaceId", default: "")
    let pattern = NamePattern(call.parameters.argument("expr", default: ""))
    _ = try call.parameters.booleanArgument("responsibleOnly")
    directory.catchUp()
    let isKnown = namespace.isEmpty || directory.has(namespace) || engine.catalog.namespaces[namespace] != nil
    guard isKnown || namespace == ServiceKey.defaultNamespace else { throw .illegal("namespace \(namespace) is not found!") }
    let namespaces = namespace.isEmpty ? directory.namespaces : [namespace]
    let found = namespaces.map { id in (id: id, names: bareNames(in: id) { pattern.matches($0) }) }
    return .reply(.json(ServicePages.names(found)))
  }

  /// 1.9: old DNS agents see the public namespace alone.
  func allNames(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let agent = call.sender.agent
    if agent.kind == .dns, agent.version <= .init(1, 0, 1) {
      return .reply(.json(ServicePages.allNames(bareNames(in: ServiceKey.defaultNamespace) { _ in true })))
    }
    directory.catchUp()
    return .reply(.json(ServicePages.allNames(directory.namespaces.map { ($0, bareNames(in: $0) { _ in true }) })))
  }

  private func bareNames(in namespace: String, where isWanted: (String) -> Bool) -> [String] {
    directory.names(in: namespace).all.filter(isWanted).map { ServiceKey(namespace: namespace, grouped: $0).name }
  }
}

/// A page of a list, counted from 1.
struct Page {
  var number: Int
  var size: Int

  /// As `range(of:)`, and a page that ends before it begins is refused in Java's words.
  func checkedRange(of count: Int) throws(Refusal) -> Range<Int> {
    let range = range(of: count)
    if size < 0, range.lowerBound < count {
      throw .illegal("fromIndex(\(range.lowerBound)) > toIndex(\(range.lowerBound + size))")
    }
    return range
  }

  /// What it shows of so many: nothing past the end, the beginning where the number is 0 or less.
  func range(of count: Int) -> Range<Int> {
    let start = min(max(0, (number - 1).multipliedReportingOverflow(by: size).partialValue), count)
    return start..<min(count, start + max(0, size))
  }
}

extension SortedNames {
  /// Where the names of a group stand.
  func range(ofGroup group: String) -> Range<Int> {
    let prefix = group + ServiceKey.separator
    // The next text after all that begin so: `A` follows `@`.
    let end = group + "@A"
    let start = lowerBound(prefix)
    return start..<max(start, lowerBound(end))
  }
}

extension String {
  /// Without its first `count` bytes.
  fileprivate func dropping(_ count: Int) -> String { String(Substring(utf8.dropFirst(count))) }
}
