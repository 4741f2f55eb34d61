/// Why a data folder cannot be used; `description` is one line for people.
public enum StoreError: Error, Hashable, Sendable {
  /// The folder is not one to keep data in: who may read it, whose it is, what it is.
  case unsafeFolder(path: String, why: String)
  /// Another process has the folder; its id where it could be learnt.
  case inUse(path: String, process: Int32?)
  /// The file was written by a later release.
  case newerFormat(path: String, found: Int, known: Int)
  /// The file is not a registry's.
  case foreign(path: String)
  /// The file is not as it was written.
  case damaged(path: String, why: String)
  /// The file system refused.
  case cannotUse(path: String, why: String)
  /// The store has been closed.
  case closed
}

extension StoreError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unsafeFolder(let path, let why): "\(path) \(why)"
    case .inUse(let path, let process?): "\(path) is in use by process \(process)"
    case .inUse(let path, nil): "\(path) is in use by another process"
    case .newerFormat(let path, let found, let known):
      "\(path) was written by a newer release (format \(found); this one knows up to \(known))"
    case .foreign(let path): "\(path) belongs to another program"
    case .damaged(let path, let why):
      "\(path) is damaged (\(why)); bring it back from a copy, or move it away to begin anew"
    case .cannotUse(let path, let why): "\(path) cannot be used: \(why)"
    case .closed: "the store is closed"
    }
  }
}
