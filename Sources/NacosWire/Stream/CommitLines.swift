public import RegistryModel

/// Commits as the lines of a stream.
public enum CommitLines {
  /// Nil when one of them is too long for a line: then the reader is to have a snapshot.
  public static func lines(_ commits: [Commit]) -> [[UInt8]]? {
    var lines: [[UInt8]] = []
    var group = StreamGroup("commits")
    for commit in commits {
      guard let json = try? JSONCoding.encode(commit, capacity: 1_024), json.count <= StreamBounds.commitBytes else {
        return nil
      }
      group.append(json)
      if group.isFull, let line = group.take() { lines.append(line) }
    }
    if let line = group.take() { lines.append(line) }
    return lines
  }
}
