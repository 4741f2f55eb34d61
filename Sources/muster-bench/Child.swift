import Glibc

/// What went wrong in a benchmark; it stops, half a table is worth nothing.
struct BenchFailure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// A process of ours: its output comes through a pipe, its processor time and memory from /proc.
final class Child {
  let pid: pid_t
  private let output: Int32
  private var buffered: [UInt8] = []
  private var isReaped = false

  init(_ path: String, _ arguments: [String]) throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw BenchFailure("pipe: \(String(cString: strerror(errno)))") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var started: pid_t = 0
    let failure = posix_spawnp(&started, path, &actions, nil, &words, environ)
    close(ends[1])
    guard failure == 0 else {
      close(ends[0])
      throw BenchFailure("cannot start \(path): \(String(cString: strerror(failure)))")
    }
    pid = started
    output = ends[0]
  }

  deinit { stop() }

  /// The next line of its standard output; nil at its end.
  func line() -> String? {
    while true {
      if let end = buffered.firstIndex(of: 10) {
        defer { buffered.removeFirst(end + 1) }
        return String(decoding: buffered[..<end], as: UTF8.self)
      }
      var chunk = [UInt8](repeating: 0, count: 4_096)
      let count = read(output, &chunk, chunk.count)
      guard count > 0 else {
        defer { buffered.removeAll() }
        return buffered.isEmpty ? nil : String(decoding: buffered, as: UTF8.self)
      }
      buffered += chunk[..<count]
    }
  }

  /// Everything it still prints, once it has ended.
  func remainingOutput() -> String {
    var lines: [String] = []
    while let line = line() { lines.append(line) }
    reap()
    return lines.joined(separator: "\n")
  }

  func stop() {
    guard !isReaped else { return }
    kill(pid, SIGTERM)
    reap()
  }

  private func reap() {
    guard !isReaped else { return }
    isReaped = true
    close(output)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
  }
}

/// What the kernel says of a process.
enum ProcessFigures {
  /// Processor seconds, user and system, of the process and of its living children (nginx works in one).
  static func processorSeconds(_ pid: pid_t) throws -> Double {
    let children = (try? text("/proc/\(pid)/task/\(pid)/children")) ?? ""
    let processes = [pid] + children.split(separator: " ").compactMap { pid_t($0) }
    return Double(try processes.map(nanoseconds).reduce(0, +)) / 1e9
  }

  /// Which resident pages are counted, by their name in /proc/PID/status.
  enum Pages: String {
    /// Pages of files and shared ones included.
    case all = "VmRSS:"
    /// Those that no file has.
    case own = "RssAnon:"
  }

  /// Resident bytes.
  static func residentBytes(_ pid: pid_t, _ pages: Pages = .all) throws -> Int {
    let status = try text("/proc/\(pid)/status")
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(pages.rawValue) }),
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
    else { throw BenchFailure("no \(pages.rawValue) of \(pid)") }
    return kilobytes * 1_024
  }

  /// Of all threads that are there now, as the scheduler counts it: ticks are too coarse for a short measurement.
  private static func nanoseconds(_ pid: pid_t) throws -> Int {
    guard let folder = opendir("/proc/\(pid)/task") else { throw BenchFailure("no threads of \(pid)") }
    defer { closedir(folder) }
    var sum = 0
    while let entry = readdir(folder) {
      let thread = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard Int(thread) != nil, let figures = try? text("/proc/\(pid)/task/\(thread)/schedstat") else { continue }
      sum += figures.split(separator: " ").first.flatMap { Int($0) } ?? 0
    }
    return sum
  }

  private static func text(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw BenchFailure("cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A folder for configuration and scripts, removed with its files at the end.
final class Scratch {
  let path: String
  private var files: [String] = []

  init() throws {
    var template = Array("/tmp/muster-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw BenchFailure("mkdtemp: \(String(cString: strerror(errno)))") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    chmod(path, 0o755)
  }

  deinit {
    for file in files { unlink(file) }
    rmdir(path)
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let file = "\(path)/\(name)"
    guard let handle = fopen(file, "w") else { throw BenchFailure("cannot write \(file)") }
    files.append(file)
    fputs(text, handle)
    fclose(handle)
    return file
  }

  func willHold(_ names: String...) { files += names.map { "\(path)/\($0)" } }
}
