import Glibc

/// The person at the console.
enum Operator {
  /// The name that edits and marks go under: who logged in, not whom they became by `sudo`.
  static var name: String {
    if let name = environment("SUDO_USER"), !name.isEmpty { return name }
    if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name { return String(cString: name) }
    return "uid \(getuid())"
  }
}

enum LocalTime {
  /// Seconds east of UTC, now.
  static var utcOffset: Int {
    var now = time(nil)
    var parts = tm()
    return localtime_r(&now, &parts) == nil ? 0 : parts.tm_gmtoff
  }
}

func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
