import EventLoop
import RegistryClient
import Synchronization

/// An HTTP server that answers as a stock Nacos did when it was recorded, or as a test has it.
final class FakeNacos: Sendable {
  struct Question: Sendable {
    var method: String
    /// Without the context path.
    var path: String
    var fields: [String: String]
    var body: String

    /// As recordings are found by.
    var key: String {
      StockRecording.key(
        path, service: fields["serviceName"] ?? "", cluster: fields["clusterName"] ?? "",
        withInstances: fields["withInstances"] == "true")
    }
  }

  typealias Reply = (status: Int, body: String)

  let address: SocketAddress
  private let thread: LoopThread
  private let log: Log

  /// - Parameter script: what is answered before the recording is looked at; nil leaves it to that.
  init(
    _ recording: StockRecording, context: String = "/nacos", port: UInt16 = 0,
    script: @escaping @Sendable (Question) -> Reply? = { _ in nil }
  ) throws {
    let (pages, log) = (recording.pages, Log())
    self.log = log
    (thread, address) = try LoopThread.start(name: "nacos") { loop in
      let server = try HTTPServer(loop, listen: .loopback(port: port)) { request, response in
        var reply: Reply = (404, "{}")
        if let question = Question(request, context: context) {
          log.add(question)
          reply = script(question) ?? pages[question.key] ?? Self.unknown(question)
        }
        let status = HTTPStatus(rawValue: UInt16(reply.status))
        response.send(status, contentType: "application/json", body: Array(reply.body.utf8))
      }
      loop.keep(server)
      return server.address
    }
  }

  private final class Log: Sendable {
    private let state = Mutex<[Question]>([])
    var questions: [Question] { state.withLock { $0 } }
    func add(_ question: Question) { state.withLock { $0.append(question) } }
  }

  /// What is not in the recording is not on the server.
  private static func unknown(_ question: Question) -> Reply {
    if question.path == "/v1/ns/catalog/services" { return (200, #"{"serviceList":[],"count":0}"#) }
    if question.path.hasPrefix("/v1/ns/catalog/") { return (500, "caused: service is not found!;") }
    return (404, #"{"status":404,"error":"Not Found","message":"No message available"}"#)
  }

  var questions: [Question] { log.questions }

  var registry: RegistryAddress? { RegistryAddress("http://127.0.0.1:\(address.port)") }

  func stop() { thread.stop() }
}

extension FakeNacos.Question {
  /// Nil outside of the context path.
  fileprivate init?(_ request: borrowing HTTPRequest, context: String) {
    let path = String(decoding: request.path, as: UTF8.self)
    guard path.hasPrefix(context) else { return nil }
    self.path = String(path.dropFirst(context.count))
    method = request.method.name.map { "\($0)" } ?? ""
    body = String(decoding: request.body, as: UTF8.self)
    fields = [:]
    for pair in String(decoding: request.query, as: UTF8.self).split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      fields[String(parts[0])] = parts.count == 2 ? String(parts[1]) : ""
    }
    // Of the other namespaces nothing is recorded: a name that finds no page.
    if let namespace = fields["namespaceId"], !["", "public"].contains(namespace) { fields["serviceName"] = "?" }
  }
}
