import Glibc

/// The data folder, held by this process alone from when it is opened until it is released. It holds secrets beside the
/// registry, so it must be its owner's and nobody else's to read (reliability R06, C4).
final class StoreFolder: Sendable {
  let path: String
  private let folder: FileDescriptor
  private let lock: FileDescriptor

  /// Opens the folder at `path`, makes it and what is missing above it when there is none, and locks it.
  init(path: String) throws(StoreError) {
    guard !path.isEmpty else { throw .cannotUse(path: "the data folder", why: "it has no name") }
    // With a slash behind it a symbolic link would be followed.
    self.path = Self.withoutTrailingSlashes(path)
    try Self.make(self.path)
    folder = try Self.open(self.path)
    lock = try Self.lock(folder, of: self.path)
  }

  deinit {
    // A process that is just being started has the lock too, until it runs another program.
    flock(lock.number, LOCK_UN)
  }

  var database: String { path == "/" ? "/registry.db" : path + "/registry.db" }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var kept = path[...]
    while kept.count > 1, kept.last == "/" { kept.removeLast() }
    return String(kept)
  }

  private static func make(_ path: String) throws(StoreError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    let reason = errno
    guard reason == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw .cannotUse(path: path, why: "it cannot be made: \(systemText(reason))")
    }
    try make(withoutTrailingSlashes(String(path[..<slash])))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw .cannotUse(path: path, why: "it cannot be made: \(systemText(errno))")
    }
  }

  private static func open(_ path: String) throws(StoreError) -> FileDescriptor {
    guard let folder = FileDescriptor(Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)) else {
      throw refusal(path, errno)
    }
    var status = stat()
    guard fstat(folder.number, &status) == 0 else { throw .cannotUse(path: path, why: systemText(errno)) }
    guard status.st_uid == geteuid() else {
      throw .unsafeFolder(path: path, why: "is owned by user \(status.st_uid), and this is user \(geteuid())")
    }
    guard status.st_mode & 0o077 == 0 else {
      let mode = String(status.st_mode & 0o7777, radix: 8)
      throw .unsafeFolder(path: path, why: "may be used by others (mode \(mode)); run: chmod 700 \(path)")
    }
    return folder
  }

  private static func refusal(_ path: String, _ reason: Int32) -> StoreError {
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
      return .unsafeFolder(path: path, why: "is a symbolic link; name the folder itself")
    }
    return reason == ENOTDIR
      ? .unsafeFolder(path: path, why: "is not a folder") : .cannotUse(path: path, why: systemText(reason))
  }

  private static func lock(_ folder: FileDescriptor, of path: String) throws(StoreError) -> FileDescriptor {
    guard let file = FileDescriptor(openat(folder.number, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)) else {
      throw .cannotUse(path: path, why: systemText(errno))
    }
    guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK else { throw .cannotUse(path: path, why: "it cannot be locked: \(systemText(errno))") }
      throw .inUse(path: path, process: processID(in: file))
    }
    let ourselves = Array("\(getpid())\n".utf8)
    guard ftruncate(file.number, 0) == 0, pwrite(file.number, ourselves, ourselves.count, 0) == ourselves.count else {
      throw .cannotUse(path: path, why: systemText(errno))
    }
    return file
  }

  private static func processID(in file: FileDescriptor) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(file.number, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: bytes.prefix { (0x30...0x39).contains($0) }, as: UTF8.self))
  }
}

extension StoreFolder {
  /// There once a database has been made, so that one that has vanished is not taken for one never made.
  private static let birthmark = "made"

  /// Makes the database's file where there is none, readable by its owner alone: what SQLite makes beside it takes over
  /// its mode. What stands there already must be a file of ours. How many bytes long it is; nil while a log beside it
  /// has something to add.
  func prepareDatabase() throws(StoreError) -> Int? {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
    guard let file = FileDescriptor(openat(folder.number, "registry.db", flags, 0o600)) else {
      if errno == ELOOP { throw .unsafeFolder(path: database, why: "is a symbolic link") }
      throw .cannotUse(path: database, why: systemText(errno))
    }
    var status = stat()
    guard fstat(file.number, &status) == 0 else { throw .cannotUse(path: database, why: systemText(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unsafeFolder(path: database, why: "is not a file") }
    guard status.st_uid == geteuid() else {
      throw .unsafeFolder(path: database, why: "is owned by user \(status.st_uid), and this is user \(geteuid())")
    }
    guard status.st_size > 0 || faccessat(folder.number, Self.birthmark, F_OK, 0) != 0 else {
      throw .damaged(path: database, why: "it is empty or missing, though this folder has held a registry")
    }
    return hasLog ? nil : Int(status.st_size)
  }

  private var hasLog: Bool {
    var log = stat()
    return fstatat(folder.number, "registry.db-wal", &log, AT_SYMLINK_NOFOLLOW) == 0 && log.st_size > 0
  }

  /// The write-ahead log beside the database, to be read; nil when there is none.
  func openLog() -> FileDescriptor? {
    FileDescriptor(openat(folder.number, "registry.db-wal", O_RDONLY | O_NOFOLLOW | O_CLOEXEC))
  }

  /// Keeps a copy of the log under a name that no other copy has; the name.
  func copyLog(_ log: FileDescriptor) throws(StoreError) -> String {
    var number = 1
    var copy: FileDescriptor?
    while copy == nil, number < 1_000 {
      copy = FileDescriptor(
        openat(folder.number, "registry.db-wal.cut-\(number)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
      guard copy != nil || errno == EEXIST else { throw .cannotUse(path: path, why: systemText(errno)) }
      if copy == nil { number += 1 }
    }
    guard let copy else { throw .cannotUse(path: path, why: "there are too many copies of damaged logs in it") }
    var block = [UInt8](repeating: 0, count: 65_536)
    var offset = 0
    while case let count = pread(log.number, &block, block.count, offset), count > 0 {
      guard write(copy.number, block, count) == count else { throw .cannotUse(path: path, why: systemText(errno)) }
      offset += count
    }
    return "registry.db-wal.cut-\(number)"
  }

  /// Remembers that the database has been made.
  func markBirth() throws(StoreError) {
    if faccessat(folder.number, Self.birthmark, F_OK, 0) == 0 { return }
    let flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC
    guard FileDescriptor(openat(folder.number, Self.birthmark, flags, 0o600)) != nil, fsync(folder.number) == 0 else {
      throw .cannotUse(path: path, why: systemText(errno))
    }
  }
}
