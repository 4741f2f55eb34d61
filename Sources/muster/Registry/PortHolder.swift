import Glibc

/// The process that listens at a port of this machine, as far as /proc lets us see.
struct PortHolder: CustomStringConvertible {
  var pid: Int32
  var name: String

  var description: String { "\(name) (pid \(pid))" }

  init?(port: UInt16) {
    let sockets = Self.listeningSockets(port: port)
    guard !sockets.isEmpty else { return nil }
    for entry in Self.entries(of: "/proc") {
      guard let pid = Int32(entry) else { continue }
      let folder = "/proc/\(pid)/fd"
      let holds = Self.entries(of: folder).contains { Self.target(of: "\(folder)/\($0)").map(sockets.contains) ?? false }
      guard holds else { continue }
      self.pid = pid
      name = Self.firstLine(of: "/proc/\(pid)/comm") ?? "a process"
      return
    }
    return nil
  }

  /// `socket:[INODE]` of each socket in state LISTEN (0A) at the port.
  private static func listeningSockets(port: UInt16) -> Set<String> {
    var found: Set<String> = []
    for path in ["/proc/net/tcp", "/proc/net/tcp6"] {
      for line in lines(of: path).dropFirst() {
        let fields = line.split(separator: " ")
        guard fields.count > 9, fields[3] == "0A", let colon = fields[1].lastIndex(of: ":"),
          UInt16(fields[1][fields[1].index(after: colon)...], radix: 16) == port
        else { continue }
        found.insert("socket:[\(fields[9])]")
      }
    }
    return found
  }

  private static func entries(of folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = UnsafeRawPointer(entry) + (MemoryLayout<dirent>.offset(of: \.d_name) ?? 0)
      names.append(String(cString: name.assumingMemoryBound(to: CChar.self)))
    }
    return names
  }

  private static func target(of link: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 128)
    let count = readlink(link, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }

  private static func firstLine(of path: String) -> String? { lines(of: path).first.map(String.init) }

  private static func lines(of path: String) -> [Substring] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16_384)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }
}
