public import HTTPTransport
import NacosWire

/// What answers at an address.
public enum RegistryIdentity: Hashable, Sendable {
  case muster(version: String)
  /// The version as it says, or nothing where it does not.
  case nacos(version: String)
  /// Something that is neither; a clause for people.
  case other(String)
  case nothing

  /// Asks who is there. It takes at most some seconds, whatever is there.
  public static func identify(_ address: RegistryAddress, client: HTTPClient = HTTPClient()) async -> RegistryIdentity {
    switch await ask(address.base + StreamPath.hello, client) {
    case .failure(let failure): return failure.meansNobody ? .nothing : .other(failure.description)
    case .success(let response):
      if response.status == 200, let hello = try? JSONCoding.decode(StreamHello.self, from: response.body) {
        return .muster(version: hello.version)
      }
      return await nacos(address, client).map { .nacos(version: $0.version) } ?? .other(words(response))
    }
  }

  /// Where the API of a Nacos is, without a slash at its end, and its version: under the usual context path or at the
  /// root, at the pages of versions 1 and 2 or those of 3.
  static func nacos(_ address: RegistryAddress, _ client: HTTPClient) async -> (root: String, version: String)? {
    for root in [address.base + "/nacos", address.base] {
      if let version = await document(root + "/v1/console/server/state", client)?["version"]?.string {
        return (root, version)
      }
      if await document(root + "/v1/ns/operator/metrics", client)?["status"]?.string != nil { return (root, "") }
      if let version = await document(root + "/v3/admin/core/state", client)?["data"]?["version"]?.string {
        return (root, version)
      }
    }
    return nil
  }

  private static func document(_ url: String, _ client: HTTPClient) async -> JSONValue? {
    guard case .success(let response) = await ask(url, client), response.status == 200 else { return nil }
    return (try? JSONDocument(response.body))?.root
  }

  private static func words(_ response: HTTPResponse) -> String {
    let server = response[header: "server"].map { ", \($0.prefix(64))" } ?? ""
    return "an HTTP server that answers \(response.status)\(server)"
  }

  private static func ask(_ url: String, _ client: HTTPClient) async -> Result<HTTPResponse, HTTPFailure> {
    var request = HTTPRequest("GET", url)
    request.timeout = .milliseconds(1_500)
    request.connectTimeout = .milliseconds(1_000)
    request.limits.maximumBody = 64 << 10
    do throws(HTTPFailure) {
      return .success(try await client.send(request))
    } catch {
      return .failure(error)
    }
  }
}

extension HTTPFailure {
  /// Whether nothing is at that address, as opposed to something that does not answer as it should.
  fileprivate var meansNobody: Bool {
    switch self {
    case .connectionRefused, .nameNotResolved, .unreachable, .connectTimedOut: true
    default: false
    }
  }
}
