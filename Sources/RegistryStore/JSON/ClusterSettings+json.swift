import NacosWire
import RegistryModel

extension ClusterSettings: StoredJSON {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("checker", checker)
    writer.member("checkPort", checkPort)
    writer.member("usesInstancePort", usesInstancePort)
    if !metadata.isEmpty { writer.member("metadata", metadata) }
    writer.endObject()
  }

  init?(json: JSONValue) {
    guard let checker = json["checker"].flatMap(HealthChecker.init(json:)),
      let checkPort = json["checkPort"]?.integer.flatMap(Int32.init(exactly:)),
      let usesInstancePort = json["usesInstancePort"]?.bool
    else { return nil }
    var isWrong = false
    self.init(
      checker: checker, checkPort: checkPort, usesInstancePort: usesInstancePort,
      metadata: json.optional("metadata", &isWrong, Metadata.init(json:)) ?? Metadata())
    if isWrong { return nil }
  }
}

extension HealthChecker: StoredJSON {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .tcp: writer.member("type", "tcp")
    case .none: writer.member("type", "none")
    case .http(let path, let headers, let expectedCode):
      writer.member("type", "http")
      writer.member("path", path)
      writer.member("headers", headers)
      writer.member("expectedCode", expectedCode)
    case .mysql(let user, let password, let command):
      writer.member("type", "mysql")
      writer.member("user", ifAny: user)
      writer.member("password", ifAny: password)
      writer.member("command", ifAny: command)
    }
    writer.endObject()
  }

  init?(json: JSONValue) {
    switch json["type"]?.string {
    case "tcp": self = .tcp
    case "none": self = .none
    case "http":
      guard let path = json["path"]?.string, let headers = json["headers"]?.string,
        let code = json["expectedCode"]?.integer
      else { return nil }
      self = .http(path: path, headers: headers, expectedCode: Int(code))
    case "mysql":
      var isWrong = false
      self = .mysql(
        user: json.optional("user", &isWrong, \.string), password: json.optional("password", &isWrong, \.string),
        command: json.optional("command", &isWrong, \.string))
      if isWrong { return nil }
    default: return nil
    }
  }
}
