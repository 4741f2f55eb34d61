/// Where another registry is: `http://host:port`, with or without the path under which it answers.
struct ServerURL: Hashable, Sendable {
  enum Scheme: String, Sendable {
    case http, https
  }

  let scheme: Scheme
  /// Without brackets.
  let host: String
  let port: UInt16
  /// Begins with a slash and does not end in one.
  let path: String

  /// Where a Nacos answers unless told otherwise, and a Muster always.
  static let standardPath = "/nacos"

  /// Without a scheme it is `http://`, at Nacos' port where none is given.
  init(_ text: String) throws(UsageError) {
    let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = parts.count == 2 ? parts[1] : text[...]
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    guard let scheme = parts.count == 2 ? Scheme(rawValue: parts[0].lowercased()) : .http else {
      throw UsageError("'\(text)' is neither http:// nor https://")
    }
    guard !rest[..<slash].contains("@") else {
      // Not repeated in the message: a terminal's history is read by others as well.
      throw UsageError(
        "the URL of '--\(OptionRule.server.name)' holds a user, which anyone here can see in the list of processes: "
          + "set MUSTER_USER and MUSTER_PASSWORD (or MUSTER_PASSWORD_FILE) instead")
    }
    guard let (host, port) = HostAndPort.split(String(rest[..<slash])), port != 0 else {
      throw UsageError("'\(text)' is not the URL of a registry, as in http://127.0.0.1:8848/nacos")
    }
    self.scheme = scheme
    self.host = host
    self.port = port ?? (parts.count == 1 ? ListenAddress.standard.port : scheme == .http ? 80 : 443)
    path = try Self.path(rest[slash...], of: text)
  }

  private static func path(_ path: Substring, of text: String) throws(UsageError) -> String {
    guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"?#\"<>\\^`{|}".utf8.contains($0) }) else {
      throw UsageError("the path of '\(text)' holds what no path may hold")
    }
    let names = path.split(separator: "/")
    return names.isEmpty ? standardPath : "/" + names.joined(separator: "/")
  }
}

extension ServerURL: CustomStringConvertible {
  /// To put an API path behind, which begins with a slash.
  var description: String { "\(scheme.rawValue)://\(HostAndPort.join(host, port))\(path)" }
}
