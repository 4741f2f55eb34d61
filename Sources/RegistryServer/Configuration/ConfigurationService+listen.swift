import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel

/// Listening by long poll (naming-client-v1 3.1).
extension ConfigurationService {
  /// What a poll is shortened by, so that its answer comes before the client gives up; the least it is then held; and the
  /// most: a request may not be held for ever.
  private static let margin: Int64 = 500
  private static let shortestHold: Int64 = 10_000
  private static let longestHold: Int64 = 100_000
  /// Digits of the version since which changed keys stand in the body of a short poll's answer.
  private static let versionOfBodies = 204
  private static let mostHeaderBytes = 4_096

  /// `POST /v1/cs/configs/listener`
  func listen(_ call: borrowing Call, _ headers: ConfigurationHeaders) throws(Refusal) -> Outcome {
    guard let interests = call.parameters.listeningInterests(most: limits.configurationKeysPerListener) else {
      throw .illegal("invalid probeModify")
    }
    let reader = ConfigurationReader(address: call.sender.peer.host, tag: headers.tag)
    let changed = book.changed(interests, for: reader)
    guard let timeout = headers.pollTimeout else {
      return .reply(Self.shortAnswer(changed, version: headers.clientVersion ?? "2.0.0"))
    }
    guard let milliseconds = Int64(timeout) else { throw .illegal("For input string: \"\(timeout)\"") }
    let hasNew = headers.pollsOnce?.lowercased() == "true"
    if hasNew || !changed.isEmpty { return .reply(Self.answer(changed)) }
    let time = max(Self.shortestHold, min(Self.longestHold, max(0, milliseconds) - Self.margin))
    return .later { [unowned self] answer in
      hold(answer, of: reader, for: interests, .milliseconds(time))
    }
  }

  private func hold(
    _ answer: HeldAnswer, of reader: ConfigurationReader, for interests: [ConfigurationInterest], _ time: Duration
  ) {
    guard let number = book.listen(to: interests, as: reader) else {
      let refusal = Refusal(status: 503, causes: ["too many listeners wait"])
      return answer.send(Reply(refusal), on: loop)
    }
    let timer = loop.timer(after: time) { [unowned self] in end(number, []) }
    polls[number] = Poll(answer: answer, timer: timer)
    answer.responder.onClose(on: loop) { [weak self] in self?.end(number, []) }
  }

  /// Tells those who waited for these changes.
  func tell(_ calls: [ConfigurationCall]) {
    for call in calls { end(call.listener, [call.key]) }
  }

  /// Answers everybody who waits, so that a server can stop.
  func endPolls() {
    for number in Array(polls.keys) { end(number, []) }
  }

  private func end(_ number: UInt64, _ changed: [ConfigurationKey]) {
    book.stopListening(number)
    guard let poll = polls.removeValue(forKey: number) else { return }
    poll.timer.cancel()
    poll.answer.send(Self.answer(changed), on: loop)
  }

  private static func answer(_ changed: [ConfigurationKey], headers: HeaderLines = .none) -> Reply {
    var reply = Reply.text(changed.isEmpty ? "" : ListeningText.answer(changed) + "\n")
    reply.headers = uncached.adding(headers)
    return reply
  }

  /// Clients of before 2.0.4 read header lines; later ones get none of Nacos, and the body of us.
  private static func shortAnswer(_ changed: [ConfigurationKey], version: String) -> Reply {
    let former = ListeningText.formerAnswer(changed)
    let current = ListeningText.answer(changed)
    let fits = former.utf8.count + current.utf8.count <= mostHeaderBytes
    let lines = fits ? HeaderLines(("Probe-Modify-Response", former), ("Probe-Modify-Response-New", current)) : nil
    let digits = Int(String(version.filter { ("0"..."9").contains($0) }.prefix(9))) ?? 0
    let readsHeaders = digits < versionOfBodies && lines != nil
    return answer(readsHeaders ? [] : changed, headers: lines ?? .none)
  }

  static let uncached =
    HeaderLines(
      ("Pragma", "no-cache"), ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT"), ("Cache-Control", "no-cache,no-store"))
    ?? .none

  /// `GET /v1/cs/configs/listener`
  func listeners(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let dataID = try call.parameters.argument("dataId")
    let group = try call.parameters.argument("group")
    let tenant = call.parameters.argument("tenant", default: "")
    // How often a Nacos asks its nodes.
    _ = try call.parameters.integerArgument("sampleTime", default: 1)
    let key = ConfigurationKey(tenant: tenant, group: group.isEmpty ? ServiceKey.defaultGroup : group, dataID: dataID)
    return .reply(.json(ConfigurationPages.listeners(book.listeners(of: key).map { ($0.address, $0.md5) })))
  }

  /// `GET /v1/cs/listener`
  func interests(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let address = try call.parameters.argument("ip")
    let isAll = try call.parameters.booleanArgument("all")
    let tenant = call.parameters.argument("tenant", default: "")
    let found = book.interests(of: address).filter { isAll || $0.key.tenant == tenant }
    return .reply(.json(ConfigurationPages.listeners(found.map { (ListeningText.name($0.key), $0.md5) })))
  }
}
