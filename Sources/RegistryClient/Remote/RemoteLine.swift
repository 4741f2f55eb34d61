import HTTPTransport
import NacosWire
import RegistryModel
import Synchronization

/// What a remote session and its readers share: where the registry is, and how far away.
final class RemoteLine: Sendable {
  private struct State {
    var roundTrip: Int64?
    var measuredAt: ContinuousClock.Instant?
    var hello: StreamHello?
    var token: String?
    var isTurnedAway = false
  }

  let address: RegistryAddress
  let rules: RemoteRules
  let credentials: RemoteCredentials?
  let client: HTTPClient
  private let state = Mutex(State())

  init(_ address: RegistryAddress, credentials: RemoteCredentials?, rules: RemoteRules, client: HTTPClient) {
    self.address = address
    self.credentials = credentials
    self.rules = rules
    self.client = client
  }

  /// Microseconds, as last measured.
  var roundTrip: Int64? { state.withLock { $0.roundTrip } }
  /// What the registry last said of itself.
  var knownHello: StreamHello? { state.withLock { $0.hello } }

  var knownToken: String? { state.withLock { $0.token } }

  /// Whether user and password have been found wrong: to try them again would only look like guessing.
  var isTurnedAway: Bool {
    get { state.withLock { $0.isTurnedAway } }
    set { state.withLock { $0.isTurnedAway = newValue } }
  }

  func note(token: String) { state.withLock { $0.token = token } }

  func note(_ hello: StreamHello) { state.withLock { $0.hello = hello } }

  /// Asks for a word, and so measures the round trip.
  func hello() async throws(HTTPFailure) -> StreamHello {
    var request = HTTPRequest("GET", address.base + StreamPath.hello)
    request.timeout = rules.connect * 2
    request.connectTimeout = rules.connect
    let start = ContinuousClock.now
    let response = try await client.send(request)
    let time = start.duration(to: .now)
    guard response.status == 200, let hello = try? JSONCoding.decode(StreamHello.self, from: response.body) else {
      throw .connectionLost("\(address) is no Muster: it answers \(response.status)")
    }
    state.withLock { state in
      state.hello = hello
      state.roundTrip = time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000
    }
    return hello
  }

  /// Measures the round trip beside whatever goes on, now and then.
  func measureIfDue() {
    let isDue = state.withLock { state in
      let now = ContinuousClock.now
      if let last = state.measuredAt, last.duration(to: now) < rules.measure { return false }
      state.measuredAt = now
      return true
    }
    if isDue { Task(priority: .utility) { _ = try? await hello() } }
  }

  /// Opens a stream, going on after `revision` if the registry still is the one of `epoch`.
  func open(after revision: Revision?, epoch: String?) async throws(HTTPFailure) -> HTTPLineStream {
    var url = address.base + StreamPath.watch
    if let revision, let epoch { url += "?since=\(revision)&epoch=\(epoch)" }
    var request = HTTPRequest("GET", url)
    request.timeout = rules.connect * 2
    request.connectTimeout = rules.connect
    var limits = HTTPLineLimits()
    limits.silence = rules.silence
    limits.longestLine = StreamBounds.longestLine
    var stream = try await client.lines(authorized(request), limits: limits)
    if Self.asksWhoWeAre(stream.status) {
      try await logIn()
      stream = try await client.lines(authorized(request), limits: limits)
    }
    guard stream.status == 200 else {
      throw .connectionLost(words(for: stream.status))
    }
    return stream
  }

  /// Sends a value, and reads what comes back.
  func exchange<Answer: Decodable>(
    _ path: String, _ value: some Encodable, as type: Answer.Type
  ) async throws(RegistryError) -> Answer {
    do {
      var request = HTTPRequest(
        "POST", address.base + path, headers: [HTTPHeader("Content-Type", "application/json")],
        body: try JSONCoding.encode(value))
      request.timeout = rules.answer
      request.connectTimeout = rules.connect
      var response = try await client.send(authorized(request))
      if Self.asksWhoWeAre(response.status) {
        try await logIn()
        response = try await client.send(authorized(request))
      }
      if response.status == 200 { return try JSONCoding.decode(type, from: response.body) }
      if let failure = try? JSONCoding.decode(StreamFailure.self, from: response.body) { throw failure.error }
      throw RegistryError.unavailable(words(for: response.status))
    } catch let error as RegistryError {
      throw error
    } catch let error as HTTPFailure {
      throw .unavailable("\(address): \(error)")
    } catch let error as JSONError {
      throw .unavailable("\(address) answers what cannot be read: \(error.reason)")
    } catch {
      throw .unavailable("\(address): \(error)")
    }
  }
}
