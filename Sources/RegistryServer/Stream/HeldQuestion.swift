import EventLoop
import RegistryEngine
import RegistryModel

/// A question whose answer comes later, and who waits for it.
final class HeldQuestion: Sendable {
  private let query: Query
  private let session: EmbeddedSession
  private let responder: Responder
  private let mailbox: Mailbox

  init(_ query: Query, of session: EmbeddedSession, responder: Responder, mailbox: Mailbox) {
    self.query = query
    self.session = session
    self.responder = responder
    self.mailbox = mailbox
  }

  func answer() async {
    let status: HTTPStatus
    let body: [UInt8]
    do throws(RegistryError) {
      (status, body) = StreamService.document(try await session.ask(query), status: .ok)
    } catch {
      (status, body) = StreamService.document(error)
    }
    mailbox.post { [responder] in responder.send(status, contentType: StreamService.json, body: body, on: $0) }
  }
}
