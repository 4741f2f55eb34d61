import HTTPTransport
import NacosWire
import RegistryModel

extension StockPoller {
  /// Carries a command out, and waits until a look has shown what came of it.
  func carryOut(_ command: Command) async throws(RegistryError) -> Receipt {
    let order = try StockCommand(command.action, instance: command.action.target.flatMap { mirror.catalog[$0] })
    let before = mirror.revision
    if let target = order.target { mirror.expect(target, by: command, at: RemoteClock.wall) }
    do throws(StockFailure) {
      try await send(order)
    } catch {
      if let target = order.target { mirror.forget(target) }
      throw RegistryError(error, of: command.action)
    }
    return await receipt(of: order, before: before)
  }

  private func send(_ order: StockCommand) async throws(StockFailure) {
    let answer: String
    do throws(StockFailure) {
      answer = try await line.send(order.call, patience: rules.answer).text
    } catch {
      guard let alternative = order.alternative, error.isUnknownMethod else { throw error }
      answer = try await line.send(alternative, patience: rules.answer).text
    }
    // What a namespace's page says instead of an error (naming-server-v1 1.10).
    if answer == "false" {
      throw .refused(status: 200, "not taken: the id exists, or has other characters than letters, digits, _ and -")
    }
  }

  /// Nacos 1 shows a change some milliseconds after it has answered.
  private func receipt(of order: StockCommand, before: Revision) async -> Receipt {
    for attempt in 0..<5 {
      if attempt > 0 { _ = try? await Task.sleep(for: .milliseconds(100 * attempt)) }
      guard await look(now: order.shownBy) else { break }
      let isSeen = order.target.map { !mirror.isExpecting($0) } ?? (mirror.revision > before)
      if isSeen { return Receipt(revision: mirror.revision, didChange: true) }
    }
    return Receipt(revision: mirror.revision, didChange: false)
  }
}

extension StockPoller {
  func answer(_ query: Query) async throws(RegistryError) -> Answer {
    switch query {
    case .vitals(let key): return .vitals(try await vitals(of: key))
    case .subscribers(let key?, let offset, let limit): return .subscribers(try await subscribers(of: key, offset, limit))
    case .subscribers(nil, _, _): throw .notSupported("a Nacos lists subscribers of one service at a time")
    case .metrics: throw .notSupported("a Nacos does not count what it was asked")
    case .probes: throw .notSupported("a Nacos does not tell of its probes")
    case .events(let before, let limit):
      let older = mirror.recent.reversed().drop { commit in before.map { commit.revision >= $0 } ?? false }
      return .events(Array(older.prefix(max(0, limit))))
    }
  }

  private func vitals(of key: ServiceKey) async throws(RegistryError) -> [InstanceVital] {
    attend(key)
    if beats[key] == nil { _ = await look(now: .service(key)) }
    guard let service = mirror.catalog[key] else { throw .serviceNotFound(key) }
    let (now, beats) = (RemoteClock.wall, beats[key] ?? [:])
    return service.instances.map { instance in
      let address = instance.address
      let beat = instance.isEphemeral ? beats[address] : nil
      return InstanceVital(address: address, beatAge: beat.map { now.age(since: $0) })
    }
  }

  private func subscribers(of key: ServiceKey, _ offset: Int, _ limit: Int) async throws(RegistryError) -> SubscriberPage {
    attend(key)
    let size = max(1, limit)
    let call = StockCall("GET", "/v1/ns/service/subscribers").ofCatalog(key)
      .with(["pageNo": "\(max(0, offset) / size + 1)", "pageSize": "\(size)"])
    do throws(StockFailure) {
      return try SubscriberPage(try await line.read(call, patience: rules.answer), of: key, at: RemoteClock.wall)
    } catch {
      throw RegistryError(error, of: nil)
    }
  }
}

extension Action {
  /// The instance that an operator's action is for.
  fileprivate var target: InstanceKey? {
    switch self {
    case .operate(let key, _), .deregister(let key), .mark(let key, _): key
    default: nil
    }
  }
}

extension RegistryError {
  fileprivate init(_ failure: StockFailure, of action: Action?) {
    switch failure {
    case .tooSlow(let why): self = .unavailable("\(why); it may have been carried out all the same")
    case .unreachable, .unreadable, .needsLogin: self = .unavailable(failure.description)
    case .noNaming: self = .notSupported(failure.description)
    case .refused(_, let text):
      if let key = action?.target, failure.isAbsence {
        self = .instanceNotFound(key.service, key.address)
      } else if case .setHealth(let key, _, _, _, _)? = action, text.contains("still working") {
        self = .checkerStillWorking(key)
      } else {
        self = .illegalValue(field: "the registry refuses", why: text)
      }
    }
  }
}

extension StockFailure {
  fileprivate var isUnknownMethod: Bool {
    guard case .refused(let status, _) = self else { return false }
    return [404, 405, 501].contains(status)
  }
}

extension Switches {
  /// The page as it comes; nil for what is no such page. Switches that a later version may have are left out.
  init?(stock text: String) {
    guard let switches = try? SwitchesBody.read(text) else { return nil }
    self = switches
  }
}
