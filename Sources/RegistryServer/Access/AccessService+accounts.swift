import EventLoop
import NacosWire
import RegistryModel

/// `/v1/auth/users` (naming-server-v1 1.12).
extension AccessService {
  func accounts(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let (number, size) = try Self.page(call)
    return .reply(.json(try book.accountPage(number: number, size: size)))
  }

  func accountNames(_ call: borrowing Call) throws(Refusal) -> Outcome {
    .reply(.json(book.accountNames(containing: try call.parameters.argument("username"))))
  }

  func createAccount(_ call: borrowing Call, by user: String) throws(Refusal) -> Outcome {
    let asker = AccessAsker(user: user, address: call.sender.peer.host)
    let name = try call.parameters.argument("username")
    let phrase = try Self.newPassword(call, "password")
    try book.checkNewAccount(name)
    return .later { [self] answer in
      hashed(phrase, answer) { [self] hash in
        let account = Account(name: name, passwordHash: hash, stamp: Account.freshStamp())
        change(by: asker, { book throws(Refusal) in try book.addAccount(account) }, answer, "create user ok!")
      }
    }
  }

  func removeAccount(_ call: borrowing Call, by user: String) throws(Refusal) -> Outcome {
    let asker = AccessAsker(user: user, address: call.sender.peer.host)
    let name = try call.parameters.argument("username")
    return .later { [self] answer in
      change(by: asker, { book throws(Refusal) in try book.removeAccount(name) }, answer, "delete user ok!")
    }
  }

  /// One's own, or for administrators anybody's.
  func setPassword(_ call: borrowing Call, by user: String) throws(Refusal) -> Outcome {
    let asker = AccessAsker(user: user, address: call.sender.peer.host)
    let name = try call.parameters.argument("username")
    let phrase = try Self.newPassword(call, "newPassword")
    guard name == user || book.isAdministrator(user) else {
      return .reply(.json(AccessPages.result(code: 403, "authorization failed!")))
    }
    try book.checkAccount(name)
    return .later { [self] answer in setPassword(of: name, to: phrase, by: asker, answer, "update user ok!") }
  }

  /// `PUT /v1/auth/users/password`: one's own, for whoever knows the old one.
  func replacePassword(_ call: borrowing Call, by user: String) throws(Refusal) -> Outcome {
    let old = try call.parameters.argument("oldPassword")
    let new = try Self.newPassword(call, "newPassword")
    let asker = AccessAsker(user: user, address: call.sender.peer.host)
    return .later { [self] answer in
      verify(user, old, from: asker.address) { [weak self] result in
        guard let self else { return }
        switch result {
        case .success: setPassword(of: user, to: new, by: asker, answer, "Update password success")
        case .failure(.unknownUser):
          answer.send(.json(AccessPages.result(code: 401, "Old password is invalid")), on: loop)
        case .failure(let denial): answer.send(.text(denial.message, status: denial.status), on: loop)
        }
      }
    }
  }

  private func setPassword(
    of name: String, to phrase: String, by asker: AccessAsker, _ answer: HeldAnswer, _ message: String
  ) {
    hashed(phrase, answer) { [self] hash in
      change(
        by: asker, { book throws(Refusal) in try book.setPassword(of: name, hash: hash, stamp: Account.freshStamp()) },
        answer, message)
    }
  }

  /// Calls `body` with the hash of a new password, or answers that there is none.
  private func hashed(_ phrase: String, _ answer: HeldAnswer, _ body: @escaping (String) -> Void) {
    let isTaken = hash(phrase) { [weak self] result in
      guard let self else { return }
      guard case .hashed(let hash?) = result else {
        return answer.send(Reply(.failed("the password cannot be hashed")), on: loop)
      }
      body(hash)
    }
    if !isTaken { answer.send(Reply(Refusal(status: 503, causes: [Denial.busy.message])), on: loop) }
  }

  private static func newPassword(_ call: borrowing Call, _ name: StaticString) throws(Refusal) -> String {
    let phrase = try call.parameters.argument(name)
    guard Password.isUsable(phrase) else {
      throw .illegal("Param '\(name)' must have 1 to \(Password.mostBytes) bytes, none of them 0.")
    }
    return phrase
  }

  static func page(_ call: borrowing Call) throws(Refusal) -> (number: Int, size: Int) {
    (try call.parameters.integerArgument("pageNo"), try call.parameters.integerArgument("pageSize"))
  }

  /// Carries out a change and answers how that went.
  func change(
    by asker: AccessAsker, _ make: @escaping (AccessBook) throws(Refusal) -> [AccessChange], _ answer: HeldAnswer,
    _ message: String
  ) {
    change(by: asker, make) { [loop] refusal in
      answer.send(refusal.map { Reply($0) } ?? .json(AccessPages.result(message)), on: loop)
    }
  }
}
