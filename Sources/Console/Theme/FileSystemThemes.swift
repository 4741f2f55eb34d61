import Glibc

/// Theme files on disk.
public struct FileSystemThemes: ThemeFiles {
  public init() {}

  public func read(_ path: String, limit: Int) -> [UInt8]? {
    // Not to hang on a pipe that somebody named like a theme.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
      if count < 0, errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  /// What tells one state of a file from the next: an editor writes it anew, or puts another in its place.
  public struct Stamp: Hashable, Sendable {
    fileprivate var device: UInt64
    fileprivate var file: UInt64
    fileprivate var size: Int64
    fileprivate var seconds: Int64
    fileprivate var nanoseconds: Int64
  }

  /// The stamps of files, nil for one that is not there. A theme is to be read again when those of its files have changed;
  /// asking once a second costs less than being told.
  public func stamps(of paths: [String]) -> [Stamp?] {
    paths.map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      return Stamp(
        device: UInt64(status.st_dev), file: UInt64(status.st_ino), size: Int64(status.st_size),
        seconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int64(status.st_mtim.tv_nsec))
    }
  }

  public func names(inFolder folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      // The name is as long as the entry says, not as the type does, so it is read where it stands.
      let name = UnsafeRawPointer(entry) + (MemoryLayout<dirent>.offset(of: \.d_name) ?? 0)
      names.append(String(cString: name.assumingMemoryBound(to: CChar.self)))
    }
    return names
  }
}
