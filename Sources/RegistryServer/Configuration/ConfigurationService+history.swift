import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel

/// What was done to a configuration (naming-client-v1 3.2). Contents are read from the store, one at a time.
extension ConfigurationService {
  private static let usualPage = 100
  private static let longestHistoryPage = 500

  /// `GET /v1/cs/history`
  func history(_ call: borrowing Call) throws(Refusal) -> Outcome {
    if call.parameters.value("search") == "accurate" { return try historyPage(call) }
    let key = try historyKey(call)
    let text = try call.parameters.argument("nid")
    guard let id = Int64(text) else { throw .illegal("For input string: \"\(text)\"") }
    guard let event = book.event(id) else { return .reply(.text("")) }
    return try detail(event, of: key)
  }

  /// `GET /v1/cs/history/previous`
  func previous(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try historyKey(call)
    let text = try call.parameters.argument("id")
    guard let id = Int64(text) else { throw .illegal("For input string: \"\(text)\"") }
    guard let event = book.event(before: id, of: key) else { return .reply(.text("")) }
    return try detail(event, of: key)
  }

  private func historyPage(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try historyKey(call)
    let number = try call.parameters.optionalInteger("pageNo", default: 1)
    let size = try call.parameters.optionalInteger("pageSize", default: Self.usualPage)
    guard number > 0, size > 0 else { throw .illegal("pageNo and pageSize must be greater than zero") }
    let page = book.page(of: key, number: number, size: min(size, Self.longestHistoryPage))
    return .reply(.json(ConfigurationPages.history(page)))
  }

  private func historyKey(_ call: borrowing Call) throws(Refusal) -> ConfigurationKey {
    let dataID = try call.parameters.argument("dataId")
    let group = try call.parameters.argument("group")
    return ConfigurationKey(tenant: call.parameters.argument("tenant", default: ""), group: group, dataID: dataID)
  }

  private func detail(_ event: ConfigurationEvent, of key: ConfigurationKey) throws(Refusal) -> Outcome {
    guard event.key == key else {
      return .reply(.text("Please check dataId and group.", status: .forbidden))
    }
    let service = LoopBound(self, on: loop)
    return .later { [store] answer in
      store.document(ConfigurationRecords.key(event: event.id)) { result in
        let reply: Reply =
          switch result {
          case .success(let content): .json(ConfigurationPages.history(event, content: content))
          case .failure(let error): Reply(Refusal(error))
          }
        service.post { answer.send(reply, on: $0.loop) }
      }
    }
  }
}
