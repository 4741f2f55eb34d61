import EventLoop
import NacosWire

/// A copy of a request, for a handler that is called when its bytes have gone.
struct HeldCall {
  /// What its header lines say about configurations.
  let headers: ConfigurationHeaders
  private let query: [UInt8]
  private let body: [UInt8]
  private let isForm: Bool
  private let agent: [UInt8]
  private let peer: SocketAddress
  private let peerText: String

  init(_ request: borrowing HTTPRequest) {
    headers = ConfigurationHeaders(request)
    query = Array(request.query)
    isForm = Call.isForm(request)
    body = Array(request.body)
    agent = Array(Call.agent(of: request))
    peer = request.peer
    peerText = request.peerText
  }

  func withCall<Value>(_ handle: (borrowing Call) throws(Refusal) -> Value) throws(Refusal) -> Value {
    let result = query.withUnsafeBytes { query in
      body.withUnsafeBytes { body in
        agent.withUnsafeBytes { agent in
          Result { () throws(Refusal) in
            try handle(try Call(query: query, body: body, isForm: isForm, agent: agent, peer: peer, peerText: peerText))
          }
        }
      }
    }
    return try result.get()
  }
}
