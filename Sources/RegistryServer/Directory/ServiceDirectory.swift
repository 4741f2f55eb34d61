import RegistryEngine
import RegistryModel

/// The grouped names of every namespace in order: what pages of services are cut from. It reads the registry's commits
/// as they come, so a page costs what it shows, not what there is. It belongs to one thread.
final class ServiceDirectory {
  /// How far it may fall behind before it catches up without being asked.
  private static let patience: Revision = 4_096

  private let engine: Engine
  private var revision: Revision
  private var names: [String: SortedNames]

  init(_ engine: Engine) {
    self.engine = engine
    (revision, names) = Self.everything(engine.catalog)
  }

  /// In ascending order of ids, those with services alone.
  var namespaces: [String] { names.keys.sorted() }

  /// Whether a namespace has services, as far as has been read.
  func has(_ namespace: String) -> Bool { names[namespace] != nil }

  /// The grouped names in a namespace as it stands now.
  func names(in namespace: String) -> SortedNames {
    catchUp()
    return names[namespace] ?? SortedNames()
  }

  /// To be called now and then, so that a question never finds much to be read.
  func keepUp() {
    if engine.revision - revision > Self.patience { catchUp() }
  }

  /// Reads what has happened since.
  func catchUp() {
    while true {
      switch engine.read(after: revision) {
      case .behind: (revision, names) = Self.everything(engine.catalog)
      case .commits(let commits):
        guard let last = commits.last else { return }
        for commit in commits { take(commit) }
        revision = last.revision
      }
    }
  }

  private func take(_ commit: Commit) {
    for change in commit.changes {
      switch change {
      case .service(let key, nil, .some): names[key.namespace, default: SortedNames()].insert(key.grouped)
      case .service(let key, .some, nil):
        names[key.namespace]?.remove(key.grouped)
        if names[key.namespace]?.count == 0 { names[key.namespace] = nil }
      default: break
      }
    }
  }

  private static func everything(_ catalog: Catalog) -> (Revision, [String: SortedNames]) {
    let byNamespace = Dictionary(grouping: catalog.services.lazy.map(\.key), by: \.namespace)
    return (catalog.revision, byNamespace.mapValues { keys in SortedNames(keys.lazy.map(\.grouped)) })
  }
}
