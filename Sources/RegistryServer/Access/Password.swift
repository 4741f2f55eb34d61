import CPassword
import NacosWire

/// Passwords by bcrypt, as Nacos stores them. Each call takes some 60 ms: not for the loop's thread.
enum Password {
  /// bcrypt reads no further.
  static let mostBytes = 72
  private static let cost: UInt = 10
  /// `CRYPT_OUTPUT_SIZE` and `CRYPT_GENSALT_OUTPUT_SIZE` of libxcrypt.
  private static let hashRoom = 384
  private static let settingRoom = 192

  /// What is compared with where there is no such user, so that it takes as long: of a phrase that nobody knows.
  static let nobodysHash = "$2b$10$LghKcpOa4ix6OLty8bVhcuc6vz1kT.ZlV1e0c1D0dYDh6ZrmmxeXG"

  /// Whether it can be a password at all.
  static func isUsable(_ phrase: String) -> Bool {
    !phrase.isEmpty && phrase.utf8.count <= mostBytes && !phrase.utf8.contains(0)
  }

  /// Nil when it is not usable, or there is no memory.
  static func hash(_ phrase: String) -> String? {
    guard isUsable(phrase) else { return nil }
    let setting = text(room: settingRoom) { room in cpassword_setting("$2b$", cost, room.baseAddress, room.count) != nil }
    return setting.flatMap { crypt(phrase, $0) }
  }

  /// Takes `$2a$`, `$2b$` and `$2y$` alike. One that is not usable takes as long, and is not it.
  static func matches(_ phrase: String, _ hash: String) -> Bool {
    let tried = isUsable(phrase) ? phrase : "-"
    guard hash.hasPrefix("$2"), let found = crypt(tried, hash) else { return false }
    return HMAC.isSame(Array(found.utf8), Array(hash.utf8)) && isUsable(phrase)
  }

  private static func crypt(_ phrase: String, _ setting: String) -> String? {
    text(room: hashRoom) { room in cpassword_hash(phrase, setting, room.baseAddress, room.count) != nil }
  }

  /// What C writes into a buffer; nil when `write` says that it wrote nothing.
  private static func text(room: Int, _ write: (UnsafeMutableBufferPointer<CChar>) -> Bool) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: room) { buffer in
      guard write(buffer), let start = buffer.baseAddress else { return nil }
      return String(cString: start)
    }
  }
}
