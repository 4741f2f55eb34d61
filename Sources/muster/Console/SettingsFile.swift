import Console
import Glibc

/// Where the console's settings live. A console whose settings cannot be read or written works without.
struct SettingsFile: Sendable {
  /// nil where nothing says where settings go.
  let path: String?

  private static let mostBytes = 64 << 10

  /// XDG Base Directory Specification.
  static func standard(_ environment: (String) -> String?) -> SettingsFile {
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return SettingsFile(path: "\(folder)/muster/console.toml")
    }
    if let home = environment("HOME"), home.hasPrefix("/") {
      return SettingsFile(path: "\(home)/.config/muster/console.toml")
    }
    return SettingsFile(path: nil)
  }

  func load() -> ConsoleSettings {
    guard let path, let bytes = FileSystemThemes().read(path, limit: Self.mostBytes) else { return ConsoleSettings() }
    return ConsoleSettings(text: bytes) ?? ConsoleSettings()
  }

  /// Replaces the file as a whole. What went wrong, as a sentence, if anything did.
  func save(_ settings: ConsoleSettings) -> String? {
    guard let path else { return "settings are not kept: neither XDG_CONFIG_HOME nor HOME is set" }
    let folder = path.split(separator: "/").dropLast().reduce(into: "") { whole, part in
      whole += "/\(part)"
      mkdir(whole, 0o700)
    }
    var draft = Array("\(folder)/.console-XXXXXX".utf8CString)
    let descriptor = mkstemp(&draft)
    guard descriptor >= 0 else { return "settings are not kept: \(folder): \(String(cString: strerror(errno)))" }
    let bytes = Array(settings.text.utf8)
    let isWritten = write(descriptor, bytes, bytes.count) == bytes.count
    close(descriptor)
    guard isWritten, rename(draft, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(draft)
      return "settings are not kept: \(path): \(reason)"
    }
    return nil
  }
}
