public import RegistryModel

/// How a cluster's instances are probed, as JSON (naming-server-v1 2.3). Types are case-sensitive; an absent or unknown
/// one is `NONE`.
public enum HealthCheckerBody {
  public static func read(_ text: String) throws(Refusal) -> HealthChecker {
    let root: JSONValue
    do {
      root = try JSONDocument(text).root
    } catch {
      throw .illegal("healthChecker is not JSON: \(error.reason)")
    }
    guard root.kind == .object else { throw .illegal("healthChecker is not a JSON object") }
    switch root["type"]?.string {
    case "TCP": return .tcp
    case "HTTP":
      return .http(
        path: root["path"]?.asText ?? "", headers: root["headers"]?.asText ?? "",
        expectedCode: root["expectedResponseCode"]?.asInteger ?? 200)
    case "MYSQL":
      return .mysql(user: root["user"]?.asText, password: root["pwd"]?.asText, command: root["cmd"]?.asText)
    default: return .none
    }
  }
}

extension JSONWriter {
  /// A checker with its type, as every page but the checksum writes it; nil members are left out.
  mutating func healthChecker(_ checker: HealthChecker) {
    beginObject()
    switch checker {
    case .tcp: member("type", constant: "TCP")
    case .http: member("type", constant: "HTTP")
    case .mysql: member("type", constant: "MYSQL")
    case .none: member("type", constant: "NONE")
    }
    healthCheckerMembers(checker)
    endObject()
  }

  mutating func healthCheckerMembers(_ checker: HealthChecker) {
    switch checker {
    case .tcp, .none: break
    case .http(let path, let headers, let expectedCode):
      member("path", path)
      member("headers", headers)
      member("expectedResponseCode", expectedCode)
    case .mysql(let user, let password, let command):
      if let user { member("user", user) }
      if let password { member("pwd", password) }
      if let command { member("cmd", command) }
    }
  }
}
