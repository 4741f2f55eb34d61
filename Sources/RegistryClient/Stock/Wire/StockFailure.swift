import HTTPTransport
import NacosWire

/// Why a stock Nacos did not do what it was asked. `description` is a clause for people.
enum StockFailure: Error, Hashable, CustomStringConvertible {
  case tooSlow(String)
  case unreachable(String)
  /// It answered with another status than 200.
  case refused(status: Int, String)
  case unreadable(String)
  case needsLogin(String)
  /// A version without the API.
  case noNaming(version: String)

  init(_ failure: HTTPFailure) {
    switch failure {
    case .timedOut, .bodyTooLarge: self = .tooSlow(failure.description)
    default: self = .unreachable(failure.description)
    }
  }

  /// What an answer that is no success says.
  init(_ response: HTTPResponse) {
    let text = Self.words(of: response)
    self = response.status == 401 || response.status == 403 ? .needsLogin(text) : .refused(status: response.status, text)
  }

  /// Nacos answers with a text, `caused: …;`, or with Spring's JSON document of an error.
  private static func words(of response: HTTPResponse) -> String {
    if let message = (try? JSONDocument(response.body))?.root["message"]?.string, !message.isEmpty {
      return String(message.prefix(200))
    }
    var text = Substring(response.text.prefix(200))
    if text.hasPrefix("caused: ") { text = text.dropFirst("caused: ".count) }
    while text.hasSuffix(";") || text.last?.isWhitespace == true { text.removeLast() }
    return text.isEmpty || text.hasPrefix("<") ? "HTTP status \(response.status)" : String(text)
  }

  /// Whether the answer is that a thing is not there (404 in Nacos 2; 500 and 400 with words in Nacos 1).
  var isAbsence: Bool {
    guard case .refused(let status, let text) = self else { return false }
    return status == 404 || text.contains("not found") || text.contains("not exist")
  }

  var description: String {
    switch self {
    case .tooSlow(let why), .unreachable(let why), .refused(_, let why): why
    case .unreadable(let what): "unreadable answer: \(what)"
    case .needsLogin(let why): "it needs a login (\(why)): set MUSTER_USER and MUSTER_PASSWORD"
    case .noNaming(let version): "Nacos \(version) has no v1 naming API; Muster opens over Nacos 1 and 2"
    }
  }
}
