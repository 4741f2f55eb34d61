public import HTTPTransport
import NacosWire
public import RegistryModel

/// The session over a Muster somewhere else: one stream for each reader, commands and questions beside it.
///
/// A reader is told that the registry is lost at most two seconds after it has gone or hangs, and comes back by itself:
/// with what it missed, or with a snapshot when that is gone or the registry was started anew.
public final class RemoteSession: RegistrySession {
  private let line: RemoteLine

  public init(
    _ address: RegistryAddress, credentials: RemoteCredentials? = nil, rules: RemoteRules = RemoteRules(),
    client: HTTPClient = HTTPClient()
  ) {
    line = RemoteLine(address, credentials: credentials, rules: rules, client: client)
  }

  /// As the registry tells them; where it cannot be asked, nothing is refused beforehand.
  public var capabilities: Capabilities {
    get async {
      var hello = line.knownHello
      if hello == nil { hello = try? await line.hello() }
      return Capabilities(
        server: hello.map { "Muster \($0.version)" } ?? "Muster", address: line.address.base, isEmbedded: false,
        isDemo: hello?.isDemo ?? false, refusals: hello?.refusals ?? [:])
    }
  }

  /// The whole registry, whatever the interest.
  public func watch(_ interest: Interest) -> Feed {
    let reader = RemoteReader(line)
    return Feed { await reader.next() }
  }

  /// Throws `.unavailable` when no answer came; the command may have been carried out all the same.
  public func submit(_ command: Command) async throws(RegistryError) -> Receipt {
    try await line.exchange(StreamPath.command, command, as: Receipt.self)
  }

  public func ask(_ query: Query) async throws(RegistryError) -> Answer {
    try await line.exchange(StreamPath.ask, query, as: Answer.self)
  }
}
