import Glibc

/// Files that hold a secret.
public enum SecretFile {
  /// A file and what is wrong with it, one line for people.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
  }

  /// What a file holds; nil when there is none.
  /// - Parameters:
  ///   - isOwnersAlone: refuses one that belongs to somebody else or that others can read.
  ///   - most: bytes that it may have.
  static func read(_ path: String, isOwnersAlone: Bool, most: Int) throws(Failure) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (isOwnersAlone ? O_NOFOLLOW : 0))
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure(path, "cannot be read")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, "cannot be read") }
    if isOwnersAlone, status.st_uid != geteuid() || status.st_mode & 0o077 != 0 {
      throw Failure(description: "\(path) may be read by others; run: chmod 600 \(path)")
    }
    var bytes = [UInt8](repeating: 0, count: most + 1)
    var count = 0
    while count < bytes.count {
      let read = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count) }
      if read < 0 { throw failure(path, "cannot be read") }
      if read == 0 { break }
      count += read
    }
    guard count <= most else { throw Failure(description: "\(path) is longer than \(most) bytes") }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// Makes a file that its owner alone can read, and has it on the disk before it returns.
  static func create(_ path: String, _ text: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, "cannot be made") }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      let failure = failure(path, "cannot be written")
      unlink(path)
      throw failure
    }
  }

  /// The password in a file: its first line. Others may be able to read it; that is for its owner to decide.
  public static func password(_ path: String) throws(Failure) -> String {
    guard let text = try read(path, isOwnersAlone: false, most: 1_024) else { throw Failure(description: "\(path) is not there") }
    let line = text.prefix { !$0.isNewline }
    guard Password.isUsable(String(line)) else {
      throw Failure(description: "\(path) holds no password: one line of 1 to \(Password.mostBytes) bytes")
    }
    return String(line)
  }

  private static func failure(_ path: String, _ what: String) -> Failure {
    Failure(description: "\(path) \(what): \(String(cString: strerror(errno)))")
  }
}
