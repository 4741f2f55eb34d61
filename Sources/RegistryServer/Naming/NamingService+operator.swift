import NacosWire
import RegistryEngine
import RegistryModel

/// `/v1/ns/operator` (naming-server-v1 1.6).
extension NamingService {
  /// What the server says of itself (3.10): ready, unless an operator says otherwise.
  var status: String {
    guard let override = switches.overriddenServerStatus, !override.isEmpty else { return "UP" }
    return override
  }

  /// 1.6.1. Payloads are not kept after they are sent, so there is nothing to show or to forget.
  func pushState(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let isDetailed = try call.parameters.booleanArgument("detail")
    let isReset = try call.parameters.booleanArgument("reset")
    let counters = push.desk.counters
    // As in Nacos, what is still under way counts as failed.
    let failed = counters.failed + UInt64(max(0, counters.pending))
    let page = ServerPages.pushState(
      total: counters.pushed, failed: failed, waiting: isDetailed ? [] : nil, isReset: isReset)
    return .reply(.json(page))
  }

  /// 1.6.2
  func showSwitches(_ call: borrowing Call) throws(Refusal) -> Outcome { .reply(.json(SwitchesPage.text(of: switches))) }

  /// 1.6.3
  func setSwitch(_ call: borrowing Call) throws(Refusal) -> Outcome {
    _ = try call.parameters.booleanArgument("debug")
    let entry = try call.parameters.argument("entry")
    let value = try call.parameters.argument("value")
    let action: Action =
      entry == "batch" ? .replaceSwitches(try SwitchesBody.read(value)) : .setSwitch(entry: entry, value: value)
    return .submit(Submission(command: Command(action, by: call.origin)))
  }

  /// 1.6.4
  func metrics(_ call: borrowing Call) throws(Refusal) -> Outcome {
    .reply(.json(ServerPages.metrics(status: status, totals: engine.catalog.totals, load: load.now())))
  }

  /// 1.6.5: a lone node is responsible for everything.
  func responsibleServer(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.serviceArgument()
    if engine.revision(of: key) == nil { throw .illegal("service not found") }
    return .reply(.json(ServerPages.responsible(member)))
  }

  /// 1.6.6
  func distroStatus(_ call: borrowing Call) throws(Refusal) -> Outcome {
    guard call.parameters.argument("action", default: "view") == "view" else { return .reply(.json(Array("{}".utf8))) }
    return .reply(.json(ServerPages.members([freshMember()], key: "status")))
  }

  /// 1.6.7: this one is up, or it would not answer.
  func servers(_ call: borrowing Call) throws(Refusal) -> Outcome {
    _ = try call.parameters.booleanArgument("healthy")
    return .reply(.json(ServerPages.members([freshMember()], key: "servers")))
  }

  /// 1.6.10
  func clusterState(_ call: borrowing Call) throws(Refusal) -> Outcome { .reply(.json(ServerPages.standaloneState(member))) }

  /// This node as it is now.
  func freshMember() -> ServerPages.Member {
    var member = member
    member.refreshedAt = now()
    return member
  }
}
