import Console
import Glibc
import Synchronization

/// The theme in use: where it came from, and what to tell the console when its file changes.
final class ThemeKeeper: Sendable {
  private struct Use {
    var name: String
    var stamps: [String: FileStamp]
  }

  private let library: ThemeLibrary
  private let current: Mutex<Use>

  /// - Parameter folders: where themes are looked for by name, first match first.
  init(folders: [String]) {
    library = ThemeLibrary(folders: folders, files: FileSystemThemes())
    current = Mutex(Use(name: "night", stamps: [:]))
  }

  var names: [String] { library.names() }

  /// The theme that the console opens with, and a problem to tell of, if there is one.
  func opening(_ name: String) -> (theme: Theme, problem: String?) {
    do throws(ThemeProblem) {
      let entry = try library.theme(name)
      note(entry, as: name)
      return (entry.theme, entry.warnings.first.map(String.init(describing:)))
    } catch {
      return (.night, String(describing: error))
    }
  }

  /// Reads a theme to look at or to keep.
  func use(_ name: String, isPreview: Bool) -> [ConsoleInput] {
    do throws(ThemeProblem) {
      let entry = try library.theme(name)
      if !isPreview { note(entry, as: name) }
      return [.theme(entry.theme)] + entry.warnings.prefix(1).map { .themeProblem(String(describing: $0)) }
    } catch {
      return [.themeProblem(String(describing: error))]
    }
  }

  /// Looks each second whether the files of the theme in use have changed: one `stat` each, beside a clock that ticks
  /// anyway.
  func watch(_ tell: @Sendable ([ConsoleInput]) async -> Void) async {
    while (try? await Task.sleep(for: .seconds(1))) != nil {
      let (name, hasChanged) = current.withLock { use in
        (use.name, use.stamps.contains { FileStamp($0.key) != $0.value })
      }
      if hasChanged { await tell(use(name, isPreview: false)) }
    }
  }

  private func note(_ entry: ThemeLibrary.Entry, as name: String) {
    let stamps = Dictionary(entry.files.map { ($0, FileStamp($0)) }, uniquingKeysWith: { first, _ in first })
    current.withLock { $0 = Use(name: name, stamps: stamps) }
  }
}

/// What tells one state of a file from another.
private struct FileStamp: Hashable, Sendable {
  var seconds: Int
  var nanoseconds: Int
  var bytes: Int
  var inode: UInt

  /// All zero for a file that is not there.
  init(_ path: String) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    seconds = isThere ? status.st_mtim.tv_sec : 0
    nanoseconds = isThere ? status.st_mtim.tv_nsec : 0
    bytes = isThere ? Int(status.st_size) : 0
    inode = isThere ? UInt(status.st_ino) : 0
  }
}
