import Glibc

/// What the process was started with.
enum ProcessArguments {
  /// The arguments after the program's name; nil when nobody tells them.
  static var all: [String]? {
    let known = CommandLine.arguments
    // The runtime has found none, not even the name, where libfaketime was preloaded and where there is no /proc.
    let all = known.isEmpty ? told : known
    return all.isEmpty ? nil : Array(all.dropFirst())
  }

  /// As the kernel tells them: each ends with a zero byte.
  private static var told: [String] {
    guard let file = fopen("/proc/self/cmdline", "re") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4_096)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
    return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { String(decoding: $0, as: UTF8.self) }
  }
}
