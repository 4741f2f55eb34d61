import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel

/// The stream's requests and answers.
extension StreamService {
  static let json: StaticString = "application/json"
  private static let lines: StaticString = "application/x-ndjson"

  /// `GET /muster/v1/hello`
  func greet(_ response: consuming HTTPResponse) { send(hello, response) }

  /// `GET /muster/v1/watch`, for as long as whoever asks may.
  func watch(_ request: borrowing HTTPRequest, until end: WallTime? = nil, _ response: consuming HTTPResponse) {
    if isFull { return refuse(.unavailable("\(streamCount) streams are open, and no more are given"), response) }
    let query = Self.query(request.query)
    let revision = query["since"].flatMap { Revision($0) }
    stream(to: response.stream(contentType: Self.lines), after: revision, epoch: query["epoch"], until: end)
  }

  /// `POST /muster/v1/command`; `user` is empty where nobody is asked who they are.
  func command(_ request: borrowing HTTPRequest, by user: String = "", _ response: consuming HTTPResponse) {
    let command: Command
    do throws(RegistryError) {
      command = try self.command(try Self.body(of: request), by: user)
    } catch {
      return refuse(error, response)
    }
    let responder = response.hold()
    let mailbox = mailbox
    engine.submit(command) { result in
      let (status, body) = Self.document(result)
      mailbox.post { responder.send(status, contentType: Self.json, body: body, on: $0) }
    }
  }

  /// `POST /muster/v1/ask`
  func ask(_ request: borrowing HTTPRequest, _ response: consuming HTTPResponse) {
    let query: Query
    do throws(RegistryError) {
      query = try self.query(try Self.body(of: request))
    } catch {
      return refuse(error, response)
    }
    // All others are answered from memory.
    if case .events = query { return lookUp(query, response.hold()) }
    do throws(RegistryError) {
      send(try session.answer(query), response)
    } catch {
      refuse(error, response)
    }
  }

  private func lookUp(_ query: Query, _ responder: Responder) {
    let question = HeldQuestion(query, of: session, responder: responder, mailbox: mailbox)
    Task(priority: .utility) { await question.answer() }
  }

  /// A page of another site can make a browser send a form, but nothing that says it is JSON (reliability T7).
  private static func body(of request: borrowing HTTPRequest) throws(RegistryError) -> UnsafeRawBufferPointer {
    let type = request.header("Content-Type").map { String(decoding: $0.prefix(128), as: UTF8.self) } ?? ""
    let isJSON = type.lowercased().hasPrefix("application/json")
    guard isJSON else { throw .illegalValue(field: "Content-Type", why: "must be application/json") }
    return request.body
  }

  private static func query(_ bytes: UnsafeRawBufferPointer) -> [Substring: String] {
    let text = String(decoding: bytes.prefix(512), as: UTF8.self)
    let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
    return Dictionary(pairs.map { ($0[0], $0.count > 1 ? String($0[1]) : "") }, uniquingKeysWith: { first, _ in first })
  }

  private func send(_ value: some Encodable, _ response: consuming HTTPResponse) {
    let (status, body) = Self.document(value, status: .ok)
    response.send(status, contentType: Self.json, body: body)
  }

  private func refuse(_ error: RegistryError, _ response: consuming HTTPResponse) {
    let (status, body) = Self.document(error)
    response.send(status, contentType: Self.json, body: body)
  }

  private static func document(_ result: Result<Receipt, RegistryError>) -> (HTTPStatus, [UInt8]) {
    switch result {
    case .success(let receipt): document(receipt, status: .ok)
    case .failure(let error): document(error)
    }
  }

  static func document(_ error: RegistryError) -> (HTTPStatus, [UInt8]) {
    let failure = StreamFailure(error)
    return document(failure, status: HTTPStatus(rawValue: UInt16(clamping: failure.status)))
  }

  static func document(_ value: some Encodable, status: HTTPStatus) -> (HTTPStatus, [UInt8]) {
    // No value of the model is of a kind that cannot be written.
    guard let body = try? JSONCoding.encode(value) else { return (.internalServerError, []) }
    return (status, body)
  }
}
