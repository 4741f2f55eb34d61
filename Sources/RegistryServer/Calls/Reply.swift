import EventLoop
import NacosWire

/// An answer: a status and bytes of one type.
struct Reply: Sendable {
  var status = HTTPStatus.ok
  var contentType: StaticString
  var body: [UInt8]
  /// Lines of its own.
  var headers = HeaderLines.none

  private static let plainText: StaticString = "text/plain;charset=UTF-8"

  static func json(_ body: [UInt8], status: HTTPStatus = .ok) -> Reply {
    Reply(status: status, contentType: "application/json", body: body)
  }

  static func text(_ text: String, status: HTTPStatus = .ok) -> Reply {
    Reply(status: status, contentType: plainText, body: Array(text.utf8))
  }

  /// What most writes are answered.
  static let ok = Reply.text("ok")
  static let yes = Reply.json(Array("true".utf8))
  static let no = Reply.json(Array("false".utf8))

  init(status: HTTPStatus = .ok, contentType: StaticString, body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  init(_ refusal: Refusal) {
    self = .text(refusal.body, status: HTTPStatus(rawValue: UInt16(clamping: refusal.status)))
  }
}
