import EventLoop
import NacosWire
import RegistryModel

/// Why a request is not let in: a status, and Nacos' words (naming-server-v1 7.2).
struct Denial: Error, Hashable, Sendable {
  var status = HTTPStatus.forbidden
  var message: String

  static let unknownUser = Denial(message: "unknown user!")
  static let noToken = Denial(message: "user not found!")
  static let invalidToken = Denial(message: "token invalid!")
  static let expiredToken = Denial(message: "token expired!")
  static let notAllowed = Denial(message: "authorization failed!")
  static let nobodysResource = Denial(message: "resource name invalid!")
  static let busy = Denial(status: .serviceUnavailable, message: "too many logins wait")

  static func wait(milliseconds: Int64) -> Denial {
    Denial(status: .tooManyRequests, message: "too many wrong passwords, try again in \((milliseconds + 999) / 1_000) s")
  }

  init(status: HTTPStatus = .forbidden, message: String) {
    self.status = status
    self.message = message
  }

  init(_ problem: Token.Problem) {
    switch problem {
    case .invalid: self = .invalidToken
    case .expired: self = .expiredToken
    }
  }
}

/// Who a request says it is from.
private enum Claim {
  case token(String)
  case password(user: String, phrase: String)
}

/// As whom a request is let in.
struct Grant: Hashable, Sendable {
  /// Where nobody is asked who they are.
  static let nobody = Grant(user: "", ends: nil)

  var user: String
  /// When the token that it was let in by expires; nil for one that was let in without.
  var ends: WallTime?
}

/// Whether a request is let in.
enum Admission {
  case granted(Grant)
  case denied(Denial)
  /// Once the password is known to be theirs, and then if they may.
  case mustVerify(user: String, phrase: String)
}

/// Lets requests in.
extension AccessService {
  /// Longer ones are nobody's.
  private static let mostTokenBytes = 1_024

  func admit(_ request: borrowing HTTPRequest, _ call: borrowing Call, to access: Access) -> Admission {
    if access == .nobody { return .denied(.nobodysResource) }
    do throws(Denial) {
      switch try claim(request, call) {
      case .password(let user, let phrase): return .mustVerify(user: user, phrase: phrase)
      case .token(let text):
        let token = try token(text)
        try authorize(token.user, access, call)
        return .granted(Grant(user: token.user, ends: WallTime(milliseconds: token.expires * 1_000)))
      }
    } catch {
      return .denied(error)
    }
  }

  /// Who sends a request: by the header `Authorization`, else the parameter `accessToken`, else user and password. No
  /// other header makes anybody trusted (reliability C1).
  private func claim(_ request: borrowing HTTPRequest, _ call: borrowing Call) throws(Denial) -> Claim {
    if let header = request.header("Authorization"), let token = Self.bearer(header) {
      if token.allSatisfy({ $0 <= 0x20 }) { throw .noToken }
      guard token.count <= Self.mostTokenBytes else { throw .invalidToken }
      return .token(String(decoding: token, as: UTF8.self))
    }
    if let token = call.parameters.optional("accessToken") {
      guard token.utf8.count <= Self.mostTokenBytes else { throw .invalidToken }
      return .token(token)
    }
    guard let user = call.parameters.optional("username"), let phrase = call.parameters.value("password"), !phrase.isEmpty else {
      throw .unknownUser
    }
    return .password(user: user, phrase: phrase)
  }

  /// What follows `Bearer `; nil for another kind of authorization.
  private static func bearer(_ header: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    let scheme: StaticString = "bearer "
    let wanted = UnsafeBufferPointer(start: scheme.utf8Start, count: scheme.utf8CodeUnitCount)
    guard header.count >= wanted.count, zip(header, wanted).allSatisfy({ $0 | 0x20 == $1 }) else { return nil }
    return UnsafeRawBufferPointer(rebasing: header[wanted.count...])
  }

  /// What a token says, while it is of use.
  private func token(_ text: String) throws(Denial) -> Token {
    do throws(Token.Problem) {
      let token = try tokens.token(text, key: key)
      try token.check(against: book.accounts[token.user], at: now().wall)
      return token
    } catch {
      throw Denial(error)
    }
  }

  /// Whether a user may do what a route asks for.
  func authorize(_ user: String, _ access: Access, _ call: borrowing Call) throws(Denial) {
    switch access {
    case .open, .account: return
    case .administration: if book.isAdministrator(user) { return }
    case .nobody: throw .nobodysResource
    case .naming(let action):
      if book.allows(user, action, on: call.parameters.resource) { return }
    case .namespaces(let action):
      let isNamed = call.parameters.optional("namespaceId") != nil
      let resource = isNamed ? ResourceName.services(in: call.parameters.namespace) : .everyNamespace
      if book.allows(user, action, on: resource) { return }
    case .everyNamespace(let action): if book.allows(user, action, on: .everyNamespace) { return }
    case .configuration(let action):
      if book.allows(user, action, on: call.parameters.configuration) { return }
    case .listening:
      let interests = call.parameters.listeningInterests(most: Limits().configurationKeysPerListener) ?? []
      let allowed = interests.allSatisfy {
        book.allows(user, .read, on: .configuration(tenant: $0.key.tenant, group: $0.key.group, dataID: $0.key.dataID))
      }
      if allowed { return }
    case .switches(let action): if book.allows(user, action, on: .switches) { return }
    case .console(let action): if book.allows(user, action, on: .console) { return }
    }
    throw .notAllowed
  }
}

extension Parameters {
  /// The configuration that a request is about. What it does not say, or names by id alone, may be any.
  fileprivate var configuration: ResourceName {
    let isExport = value("export") == "true" || value("exportV2") == "true"
    let isByID = value("delType") == "ids" || value("clone") == "true" || isExport && optional("ids") != nil
    if isByID { return .everyNamespace }
    if value("import") == "true" { return .configuration(tenant: optional("namespace") ?? "", group: "*", dataID: "*") }
    func part(_ name: StaticString) -> String { optional(name) ?? "*" }
    return .configuration(tenant: optional("tenant") ?? "", group: part("group"), dataID: part("dataId"))
  }

  /// The service that a request is about, or its namespace where it names none (naming-server-v1 7.3). It is the one that
  /// the handler will see: Nacos takes the group from `groupName` even where the name has another one, which then decides.
  fileprivate var resource: ResourceName {
    guard let grouped = groupedName, !grouped.isEmpty else { return .services(in: namespace) }
    return .service(ServiceKey(namespace: namespace, grouped: grouped))
  }
}
