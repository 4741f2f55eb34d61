import HTTPTransport
import NacosWire
import RegistryModel
import Synchronization

/// Who logs in at a stock Nacos.
public struct StockCredentials: Sendable {
  public var user: String
  public var password: String

  public init(user: String, password: String) {
    self.user = user
    self.password = password
  }
}

/// The way to a stock Nacos: where its API is, who we are there, how far away it is.
final class StockLine: Sendable {
  private struct State {
    var root: String?
    var version = ""
    var token: String?
    /// Microseconds.
    var roundTrip: Int64?
  }

  let address: RegistryAddress
  private let credentials: StockCredentials?
  private let client: HTTPClient
  private let state = Mutex(State())

  init(_ address: RegistryAddress, credentials: StockCredentials?, client: HTTPClient) {
    self.address = address
    self.credentials = credentials
    self.client = client
  }

  /// As it was last told; empty before.
  var version: String { state.withLock { $0.version } }
  var roundTrip: Int64? { state.withLock { $0.roundTrip } }

  /// Asks for a word: finds out where the API is, which version it has, and how long an answer takes.
  func greet(patience: Int64) async throws(StockFailure) {
    let root = state.withLock { $0.root }
    let start = ContinuousClock.now
    let word = StockRequest.word.call(countsFromOne: false)
    let response = try await exchange(word, root: root ?? address.base + "/nacos", patience: patience)
    let time = start.duration(to: .now)
    if response.status >= 500 { throw StockFailure(response) }
    guard let found = await identity(response, root: root) else { throw StockFailure(response) }
    guard StockVersion.major(of: found.version) < 3 else { throw .noNaming(version: found.version) }
    state.withLock { state in
      state.root = found.root
      state.version = found.version
      state.roundTrip = time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000
    }
  }

  private func identity(_ response: HTTPResponse, root: String?) async -> (root: String, version: String)? {
    if response.status == 200, let version = (try? JSONDocument(response.body))?.root["version"]?.string {
      return (root ?? address.base + "/nacos", version)
    }
    return await RegistryIdentity.nacos(address, client)
  }

  /// Sends a call and returns what came with status 200. Logs in where that is needed and possible.
  func send(_ call: StockCall, patience: Int64) async throws(StockFailure) -> HTTPResponse {
    if state.withLock({ $0.root == nil }) { try await greet(patience: patience) }
    let response = try await attempt(call, patience: patience)
    guard response.status == 401 || response.status == 403, credentials != nil else { return try Self.success(response) }
    try await logIn(patience: patience)
    return try Self.success(try await attempt(call, patience: patience))
  }

  /// The document of a call's answer.
  func read(_ call: StockCall, patience: Int64) async throws(StockFailure) -> JSONValue {
    let response = try await send(call, patience: patience)
    do {
      return try JSONDocument(response.body).root
    } catch {
      throw .unreadable(error.reason)
    }
  }

  private func attempt(_ call: StockCall, patience: Int64) async throws(StockFailure) -> HTTPResponse {
    let (root, token) = state.withLock { ($0.root ?? address.base + "/nacos", $0.token) }
    let authorized = token.map { call.with(["accessToken": $0]) } ?? call
    return try await exchange(authorized, root: root, patience: patience)
  }

  private static func success(_ response: HTTPResponse) throws(StockFailure) -> HTTPResponse {
    if response.status == 200 { return response }
    throw StockFailure(response)
  }

  /// naming-server-v1 1.12: the password goes in the body, where no log of requests keeps it.
  private func logIn(patience: Int64) async throws(StockFailure) {
    guard let credentials else { return }
    let fields = [
      StockCall.Field(name: "username", value: credentials.user), StockCall.Field(name: "password", value: credentials.password),
    ]
    let root = state.withLock { $0.root } ?? address.base + "/nacos"
    let response = try await exchange(
      StockCall("POST", "/v1/auth/login"), root: root, body: Array(StockForm.text(fields).utf8), patience: patience)
    guard response.status == 200, let token = (try? JSONDocument(response.body))?.root["accessToken"]?.string else {
      throw .needsLogin("it refuses user \(credentials.user)")
    }
    state.withLock { $0.token = token }
  }

  private func exchange(
    _ call: StockCall, root: String, body: [UInt8]? = nil, patience: Int64
  ) async throws(StockFailure) -> HTTPResponse {
    var request = HTTPRequest(call.method, root + call.target, headers: [HTTPHeader("User-Agent", "Muster")], body: body)
    if body != nil { request.headers.append(HTTPHeader("Content-Type", "application/x-www-form-urlencoded")) }
    request.timeout = .milliseconds(patience)
    request.connectTimeout = .milliseconds(min(patience, 1_000))
    do {
      return try await client.send(request)
    } catch {
      throw StockFailure(error)
    }
  }
}
