import EventLoop
import NacosWire
import RegistryModel

/// A request as its handler sees it. It points into the request's bytes and is gone with them.
struct Call: ~Copyable {
  let parameters: Parameters
  let sender: Sender
  /// As it came, whether it is a form or something else.
  let body: UnsafeRawBufferPointer

  init(_ request: borrowing HTTPRequest) throws(Refusal) {
    try self.init(
      query: request.query, body: request.body, isForm: Self.isForm(request), agent: Self.agent(of: request),
      peer: request.peer, peerText: request.peerText)
  }

  init(
    query: UnsafeRawBufferPointer, body: UnsafeRawBufferPointer, isForm: Bool, agent: UnsafeRawBufferPointer,
    peer: SocketAddress, peerText: String
  ) throws(Refusal) {
    parameters = try Parameters(query: query, form: isForm ? body : UnsafeRawBufferPointer(start: nil, count: 0))
    sender = Sender(agentBytes: agent, peer: peer, peerText: peerText)
    self.body = body
  }

  /// A body of no declared type is taken for a form, as clients that forget to declare theirs have it.
  static func isForm(_ request: borrowing HTTPRequest) -> Bool {
    guard let contentType = request.header("Content-Type"), !contentType.isEmpty else { return true }
    let form: StaticString = "application/x-www-form-urlencoded"
    guard contentType.count >= form.utf8CodeUnitCount else { return false }
    let wanted = UnsafeBufferPointer(start: form.utf8Start, count: form.utf8CodeUnitCount)
    return zip(contentType, wanted).allSatisfy { $0 == $1 || ($0 | 0x20 == $1 && $0 >= UInt8(ascii: "A")) }
  }

  static func agent(of request: borrowing HTTPRequest) -> UnsafeRawBufferPointer {
    if let agent = request.header("User-Agent"), !agent.isEmpty { return agent }
    return request.header("Client-Version") ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// Who is noted as having caused what the request causes.
  var origin: Origin { sender.origin }
}

/// Who sent a request; gone with it, as it points into its bytes.
struct Sender {
  /// `User-Agent`, or where that is empty `Client-Version`.
  let agentBytes: UnsafeRawBufferPointer
  let peer: SocketAddress
  let peerText: String

  /// Longer agents are cut in what is kept of them.
  private static let agentKept = 256

  var agent: ClientAgent { ClientAgent(agentBytes) }
  var agentText: String { String(decoding: agentBytes.prefix(Self.agentKept), as: UTF8.self) }
  var origin: Origin { .client(address: peerText, agent: agentText) }
}
