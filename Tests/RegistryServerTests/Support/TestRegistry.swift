import EventLoop
import HTTPTransport
import NacosWire
import RegistryEngine
import RegistryModel
import RegistryServer
import Synchronization

/// A registry behind a server on a port of its own, and a client that talks to it over the socket.
final class TestRegistry: Sendable {
  let engine: Engine
  let server: MusterServer
  let log = Logger(level: .error)
  private let client = HTTPClient()
  private let clock: TestClock

  init(
    limits: Limits = Limits(), store: (any CommitStore)? = nil,
    configure: (inout MusterServer.Options) -> Void = { _ in }
  ) throws {
    let clock = TestClock()
    self.clock = clock
    engine = Engine(limits: limits, store: store, clock: { clock.now })
    var options = MusterServer.Options()
    options.listen = .loopback(port: 0)
    configure(&options)
    server = try MusterServer(options, engine: engine, log: log)
  }

  deinit { server.stop() }

  /// Lets time pass for the registry alone.
  func pass(milliseconds: Int64) {
    // In steps, or the registry takes it for a pause of the whole process.
    for _ in 0..<(milliseconds / 500) {
      clock.pass(milliseconds: 500)
      engine.advance()
    }
  }

  /// What a request is answered, as `status text`.
  func ask(
    _ method: String, _ path: String, _ parameters: [String: String] = [:], agent: String = "test", form: Bool = false
  ) async throws -> String {
    let answer = try await send(method, path, parameters, agent: agent, form: form)
    return "\(answer.status) \(answer.text)"
  }

  func get(_ path: String, _ parameters: [String: String] = [:], agent: String = "test") async throws -> String {
    try await ask("GET", path, parameters, agent: agent)
  }

  func send(
    _ method: String, _ path: String, _ parameters: [String: String] = [:], agent: String = "test", form: Bool = false,
    headers: [HTTPHeader] = []
  ) async throws -> HTTPTransport.HTTPResponse {
    let pairs = parameters.sorted { $0.key < $1.key }.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }
    let text = pairs.joined(separator: "&")
    var request = HTTPTransport.HTTPRequest(
      method, "http://\(server.address)/nacos/v1\(path)", headers: [HTTPHeader("User-Agent", agent)] + headers)
    if form {
      request.body = Array(text.utf8)
      request.headers.append(HTTPHeader("Content-Type", "application/x-www-form-urlencoded"))
    } else if !text.isEmpty {
      request.url += "?" + text
    }
    return try await patient(request)
  }

  /// A request to any path, without the usual one in front.
  func raw(_ method: String, _ target: String, body: [UInt8]? = nil, headers: [HTTPHeader] = []) async throws
    -> HTTPTransport.HTTPResponse
  {
    try await patient(
      HTTPTransport.HTTPRequest(method, "http://\(server.address)\(target)", headers: headers, body: body))
  }

  /// All tests run at once, and the machine may have no time for this one for a while.
  private func patient(_ request: HTTPTransport.HTTPRequest) async throws -> HTTPTransport.HTTPResponse {
    var request = request
    request.timeout = .seconds(60)
    request.connectTimeout = .seconds(60)
    return try await client.send(request)
  }

  /// Whether anybody accepts connections at an address.
  static func connect(_ address: SocketAddress) async throws {
    _ = try await HTTPClient().send(HTTPTransport.HTTPRequest("GET", "http://\(address)/"))
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }.joined()
  }

  /// The hosts of a list, `ip:port` with `+` for a healthy one, sorted.
  func hosts(_ service: String, _ parameters: [String: String] = [:]) async throws -> [String] {
    let answer = try await send("GET", "/ns/instance/list", parameters.merging(["serviceName": service]) { $1 })
    guard let hosts = try JSONDocument(answer.body).root["hosts"] else { return [] }
    return hosts.elements.map { host in
      "\(host["ip"]?.string ?? ""):\(host["port"]?.integer ?? 0)\(host["healthy"]?.bool == true ? "+" : "-")"
    }.sorted()
  }
}

/// A clock that stands still until it is told to go on.
private final class TestClock: Sendable {
  private let moment = Mutex(Moment(milliseconds: 1_700_000_000_000))

  var now: Moment { moment.withLock { $0 } }

  func pass(milliseconds: Int64) {
    moment.withLock { $0 = Moment(milliseconds: $0.wall.milliseconds + milliseconds) }
  }
}
