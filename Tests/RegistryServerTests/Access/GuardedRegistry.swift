import HTTPTransport
import NacosWire
import RegistryModel
import Synchronization
import Testing

@testable import RegistryServer

/// A registry that asks who sends a request: `nacos` with the password `nacos` administers it, `ann` with `secret` reads
/// the namespace `dev`.
struct GuardedRegistry {
  let registry: TestRegistry

  // Once for all tests: it takes a while.
  private static let hashes = (nacos: Password.hash("nacos") ?? "", secret: Password.hash("secret") ?? "")

  static let book = AccessBook([
    .putAccount(Account(name: "nacos", passwordHash: hashes.nacos, stamp: "1")),
    .putGrant(RoleGrant(role: RoleGrant.administrator, user: "nacos")),
    .putAccount(Account(name: "ann", passwordHash: hashes.secret, stamp: "2")),
    .putGrant(RoleGrant(role: "reader", user: "ann")),
    .putPermission(Permission(role: "reader", resource: "dev:*:*", action: "r")),
  ])

  init(key: TokenKey = .random(), lifetime: Int64 = 18_000, keep: AccessService.Keep? = nil) throws {
    registry = try TestRegistry { options in
      options.access = AccessOptions(book: Self.book, key: key, keep: keep, tokenLifetime: lifetime)
    }
  }

  func login(_ user: String = "nacos", _ password: String = "nacos") async throws -> String {
    let answer = try await registry.send("POST", "/auth/login", ["username": user, "password": password], form: true)
    guard answer.status == 200 else { return "\(answer.status) \(answer.text)" }
    let token = try #require(try JSONDocument(answer.body).root["accessToken"]?.string)
    #expect(answer[header: "Authorization"] == "Bearer \(token)")
    return token
  }

  /// The status, and what the error page says or else the body.
  func ask(_ method: String, _ path: String, _ parameters: [String: String] = [:], token: String? = nil) async throws -> String {
    let parameters = token.map { parameters.merging(["accessToken": $0]) { $1 } } ?? parameters
    let answer = try await registry.send(method, path, parameters)
    let message = answer.status == 403 ? try? JSONDocument(answer.body).root["message"]?.string : nil
    return "\(answer.status) \(message ?? answer.text)"
  }
}
