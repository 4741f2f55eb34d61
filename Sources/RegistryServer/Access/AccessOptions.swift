import Dispatch
import NacosWire
public import RegistryModel
import Synchronization

/// That requests are asked who sends them, and who may do what.
public struct AccessOptions: Sendable {
  /// Why access cannot be set up; one line for people.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
  }

  /// Nacos' name for who may do everything.
  public static let administrator = "nacos"

  var book: AccessBook
  var key: TokenKey
  var keep: AccessService.Keep?
  /// Seconds that a token is good for.
  public var tokenLifetime: Int64 = 18_000

  init(book: AccessBook, key: TokenKey, keep: AccessService.Keep?, tokenLifetime: Int64 = 18_000) {
    self.book = book
    self.key = key
    self.keep = keep
    self.tokenLifetime = tokenLifetime
  }

  /// What has been stored goes on; without a store nothing is kept.
  public init(restoring records: some Sequence<Record>, store: (any RecordStore)?, key: TokenKey) throws(Failure) {
    var changes: [AccessChange] = []
    for record in records {
      do throws(JSONError) {
        if let change = try AccessRecords.read(record) { changes.append(change) }
      } catch {
        // Whoever it was about may be one who is not to be let in.
        throw Failure(description: "a stored \(record.key.kind) cannot be read: \(error.reason)")
      }
    }
    self.init(book: AccessBook(changes), key: key, keep: store.map(Self.keeping))
  }

  private static func keeping(in store: any RecordStore) -> AccessService.Keep {
    { changes, done in
      do throws(JSONError) {
        var records: [RecordChange] = []
        for change in changes { records.append(try AccessRecords.change(change)) }
        store.write(records, done: done)
      } catch {
        done(.storeFailed(error.reason))
      }
    }
  }
}

extension AccessOptions {
  /// Sees to it that the administrator has this password, or with none given that there is an administrator at all: then
  /// the one that was made up for them is returned, to be told once. It takes the time of a hash or two, and waits for the
  /// disk.
  public mutating func settleAdministrator(password: String?) throws(Failure) -> String? {
    if password == nil, book.hasAdministrator { return nil }
    let phrase = password ?? Self.madeUp()
    let name = Self.administrator
    var changes: [AccessChange] = []
    if !book.isAdministrator(name) { changes.append(.putGrant(RoleGrant(role: RoleGrant.administrator, user: name))) }
    // With the same password, tokens given before a restart stay good after it.
    if !(book.accounts[name].map { Password.matches(phrase, $0.passwordHash) } ?? false) {
      guard let hash = Password.hash(phrase) else { throw Failure(description: "the administrator's password cannot be hashed") }
      changes.append(.putAccount(Account(name: name, passwordHash: hash, stamp: Account.freshStamp())))
    }
    try store(changes)
    return password == nil ? phrase : nil
  }

  private mutating func store(_ changes: [AccessChange]) throws(Failure) {
    if changes.isEmpty { return }
    if let keep {
      let answer = Answer()
      keep(changes) { answer.give($0) }
      if let error = answer.wait() { throw Failure(description: "the administrator cannot be stored: \(error)") }
    }
    for change in changes { book.apply(change) }
  }

  /// 20 letters and digits that are not taken for each other: more than 110 bits.
  private static func madeUp() -> String {
    var generator = SystemRandomNumberGenerator()
    let letters = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    return String((0..<20).compactMap { _ in letters.randomElement(using: &generator) })
  }
}

/// An answer that another thread gives.
private final class Answer: Sendable {
  private let bell = DispatchSemaphore(value: 0)
  private let error = Mutex<RegistryError?>(nil)

  func give(_ error: RegistryError?) {
    self.error.withLock { $0 = error }
    bell.signal()
  }

  func wait() -> RegistryError? {
    bell.wait()
    return error.withLock { $0 }
  }
}
