import EventLoop
import NacosWire
import RegistryModel

/// Passwords and the tokens that they are given for.
extension AccessService {
  /// Calls `done` with the account of a user and password, at once or later, or with why there is none.
  func verify(
    _ user: String, _ phrase: String, from address: String, _ done: @escaping (Result<Account, Denial>) -> Void
  ) {
    if let wait = throttle.admit(user: user, address: address, at: now().monotonic) {
      return done(.failure(.wait(milliseconds: wait)))
    }
    let account = book.accounts[user]
    if let account, proofs.isProven(phrase, of: account) {
      throttle.succeeded(user: user, address: address)
      return done(.success(account))
    }
    let isTaken = match(phrase, account?.passwordHash ?? Password.nobodysHash) { [weak self] result in
      // The account may have been deleted, or given another password, in the meantime.
      guard let self, case .matched(true) = result, let account, book.accounts[user] == account else {
        self?.tellLockOut(of: user, from: address)
        return done(.failure(.unknownUser))
      }
      throttle.succeeded(user: user, address: address)
      proofs.note(phrase, of: account)
      done(.success(account))
    }
    if !isTaken { done(.failure(.busy)) }
  }

  /// Takes down that the next tries have to wait, once when that begins. A name that nobody has is not told: it may be a
  /// password that went into the wrong field.
  private func tellLockOut(of user: String, from address: String) {
    guard throttle.beganToWait(user: user, address: address), lockOuts.take(at: now().monotonic) else { return }
    let subject = book.accounts[user] == nil ? "" : user
    onEvents([AccessEvent(.lockedOut, subject: subject, address: address)], .client(address: address, agent: ""))
  }

  /// `POST /v1/auth/users/login`
  func login(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let user = try call.parameters.argument("username")
    let phrase = try call.parameters.argument("password")
    let address = call.sender.peer.host
    return .later { [self] answer in
      verify(user, phrase, from: address) { [weak self] result in
        guard let self else { return }
        switch result {
        case .success(let account): give(account, answer)
        case .failure(let denial): answer.send(.text(denial.message, status: denial.status), on: loop)
        }
      }
    }
  }

  private func give(_ account: Account, _ answer: HeldAnswer) {
    let expires = now().wall.milliseconds / 1_000 + tokenLifetime
    let token = Token(user: account.name, stamp: account.stamp, expires: expires).text(key: key)
    guard let token, let header = HeaderLines(("Authorization", "Bearer \(token)")) else {
      return answer.send(Reply(.failed("no token can be signed")), on: loop)
    }
    let page = AccessPages.login(
      token: token, lifetime: Int(tokenLifetime), isAdministrator: book.isAdministrator(account.name), user: account.name)
    answer.send(.json(page), headers: header, on: loop)
  }
}
