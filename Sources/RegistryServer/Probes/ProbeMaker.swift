import EventLoop
import RegistryEngine
import RegistryModel

/// Makes probes on one loop: an order in, a finding out.
final class ProbeMaker {
  private let loop: Loop
  private let hosts: HostDirectory
  private let ranges: [AddressRange]?
  private let patience: ProbePatience

  init(_ loop: Loop, ranges: [AddressRange]?, patience: ProbePatience) {
    self.loop = loop
    self.ranges = ranges
    self.patience = patience
    hosts = HostDirectory(loop)
  }

  /// Makes one probe and calls `done` once, possibly before this returns.
  func make(_ order: ProbeOrder, _ done: @escaping (ProbeFinding) -> Void) {
    guard let port = UInt16(exactly: order.port) else { return done(Self.unmade(.misconfigured)) }
    switch hosts.find(order.host, port: port) {
    case .address(let address): make(order, to: address, done)
    case .nobody: done(ProbeFinding(.fail, .unknownHost, cost: 0))
    case .notYet: done(Self.unmade(.resolving))
    }
  }

  /// Lets go of what is under way; nothing is called any more.
  func stop() { hosts.stop() }

  private static func unmade(_ reason: ProbeReason) -> ProbeFinding { ProbeFinding(.unjudged, reason, cost: 0) }

  private func make(_ order: ProbeOrder, to address: SocketAddress, _ done: @escaping (ProbeFinding) -> Void) {
    // Looked at after the name was looked up: a name may come to mean another address at any time.
    guard isAllowed(address) else { return done(Self.unmade(.forbidden)) }
    switch order.checker {
    case .none: done(Self.unmade(.misconfigured))
    case .tcp: checkTCP(address, done)
    case .http(let path, let headers, let expectedCode):
      let request = HTTPCheckRequest(path: path, headers: headers, host: order.host, port: order.port)
      guard let request else { return done(Self.unmade(.misconfigured)) }
      checkHTTP(address, HTTPCheck(request), expectedCode, done)
    case .mysql(let user, let password, let command):
      checkMySQL(address, MySQLCheck(user: user, password: password, command: command), done)
    }
  }

  /// What stands for no single host is not probed, whatever the ranges say.
  private func isAllowed(_ address: SocketAddress) -> Bool {
    guard let endpoint = PushEndpoint(address) else { return ranges == nil }
    if endpoint.isUnspecified || endpoint.isMulticast || endpoint.isBroadcast { return false }
    return ranges?.contains { $0.contains(endpoint) } ?? true
  }

  private func checkTCP(_ address: SocketAddress, _ done: @escaping (ProbeFinding) -> Void) {
    let limits = TCPConversationLimits(connecting: patience.connecting, talking: patience.answering, endsByReset: true)
    TCPConversation(loop, with: address, as: TCPCheck(), limits: limits) { ending, _, time in
      done(Self.finding(ProbeJudgement.of(ending), time))
    }
  }

  private func checkHTTP(
    _ address: SocketAddress, _ check: HTTPCheck, _ expected: Int, _ done: @escaping (ProbeFinding) -> Void
  ) {
    let limits = TCPConversationLimits(connecting: patience.connecting, talking: patience.answering, endsByReset: true)
    TCPConversation(loop, with: address, as: check, limits: limits) { ending, check, time in
      let judgement =
        switch check.answer {
        case .status(let status): ProbeJudgement.of(status: status, expected: expected)
        case .malformed: ProbeJudgement.Judgement(.fail, .malformed)
        case .incomplete: ProbeJudgement.of(ending)
        }
      done(Self.finding(judgement, time))
    }
  }

  private func checkMySQL(_ address: SocketAddress, _ check: MySQLCheck, _ done: @escaping (ProbeFinding) -> Void) {
    let talking = patience.answering + patience.querying
    let limits = TCPConversationLimits(connecting: patience.connecting, talking: talking, endsByReset: false)
    TCPConversation(loop, with: address, as: check, limits: limits) { ending, check, time in
      let judgement = check.reason.map(ProbeJudgement.of(database:)) ?? ProbeJudgement.of(ending)
      done(Self.finding(judgement, time))
    }
  }

  private static func finding(_ judgement: ProbeJudgement.Judgement, _ time: Duration) -> ProbeFinding {
    let (seconds, attoseconds) = time.components
    return ProbeFinding(judgement.verdict, judgement.reason, cost: seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
  }
}

/// How long probes wait (naming-server-v1 3.7).
struct ProbePatience: Sendable {
  var connecting = Duration.milliseconds(500)
  var answering = Duration.milliseconds(500)
  /// A database's query may take so much longer.
  var querying = Duration.seconds(1)
}
