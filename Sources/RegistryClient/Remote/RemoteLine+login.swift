import HTTPTransport
import NacosWire

/// How a registry that asks who we are is told.
extension RemoteLine {
  static func asksWhoWeAre(_ status: Int) -> Bool { status == 401 || status == 403 }

  /// The request, with the token that was given last.
  func authorized(_ request: HTTPRequest) -> HTTPRequest {
    guard let token = knownToken else { return request }
    var request = request
    request.headers.append(HTTPHeader("Authorization", "Bearer \(token)"))
    return request
  }

  /// Gets a token, in place of one that there may be.
  func logIn() async throws(HTTPFailure) {
    guard let credentials else {
      throw .connectionLost("\(address) asks who you are: set MUSTER_USER and MUSTER_PASSWORD")
    }
    let turnedAway = HTTPFailure.connectionLost("\(address) does not let '\(credentials.user)' in with this password")
    if isTurnedAway { throw turnedAway }
    let form = "username=\(Self.escaped(credentials.user))&password=\(Self.escaped(credentials.password))"
    var request = HTTPRequest(
      "POST", address.base + StreamPath.login,
      headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")], body: Array(form.utf8))
    request.timeout = rules.answer
    request.connectTimeout = rules.connect
    let response = try await client.send(request)
    if Self.asksWhoWeAre(response.status) {
      isTurnedAway = true
      throw turnedAway
    }
    guard response.status == 200, let token = (try? JSONDocument(response.body))?.root["accessToken"]?.string,
      token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
    else { throw .connectionLost("\(address) answers a login with \(response.status)") }
    note(token: token)
  }

  func words(for status: Int) -> String {
    Self.asksWhoWeAre(status)
      ? "\(address) does not allow this to '\(credentials?.user ?? "")'" : "\(address) answers \(status)"
  }

  private static func escaped(_ text: String) -> String {
    text.utf8.reduce(into: "") { result, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.unicodeScalars.append(UnicodeScalar(byte))
      default: result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
      }
    }
  }
}
