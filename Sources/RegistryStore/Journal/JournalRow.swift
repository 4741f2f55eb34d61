import RegistryModel

/// Who caused what the journal tells: an operator or somebody at the API.
struct JournalOrigin: Hashable {
  var kind: String
  var who: String
  var agent: String?

  /// Nil for what nobody asked for.
  init?(_ origin: Origin) {
    switch origin {
    case .client(let address, let agent): (kind, who, self.agent) = ("client", address, agent)
    case .operator(let name): (kind, who, agent) = ("operator", name, nil)
    case .probe, .silence, .system, .polled: return nil
    }
  }

  init(kind: String, who: String, agent: String?) {
    self.kind = kind
    self.who = who
    self.agent = agent
  }

  var origin: Origin? {
    switch kind {
    case "client": .client(address: who, agent: agent ?? "")
    case "operator": .operator(name: who)
    default: nil
    }
  }
}

extension JournalEntry {
  /// The columns of a row and how many bytes of text they hold.
  func storedRow(of commit: Commit, by origin: JournalOrigin, at position: Int) -> (values: [SQLiteValue], bytes: Int) {
    var values: [SQLiteValue] = [
      .integer(Int64(commit.revision)), .integer(Int64(position)), .integer(commit.at.milliseconds), .text(origin.kind),
      .text(origin.who), SQLiteValue(origin.agent), SQLiteValue(commit.reason), .text(kind.rawValue), .text(service.namespace),
      .text(service.grouped), .text(target), SQLiteValue(cause?.rawValue), SQLiteValue(before), SQLiteValue(after),
      // How much text there is, which is not known yet.
      .null,
    ]
    let bytes = values.reduce(0) { sum, value in
      if case .text(let text) = value { sum + text.utf8.count } else { sum }
    }
    values[values.count - 1] = .integer(Int64(bytes))
    return (values, bytes)
  }
}

/// A row of the journal as it is read: a commit with one change.
struct JournalRow {
  var commit: Commit

  init(_ row: borrowing SQLiteRow) throws(UnreadableColumn) {
    let origin = JournalOrigin(
      kind: try row.text(at: 3), who: try row.text(at: 4), agent: try row.optionalText(at: 5)
    ).origin
    guard let origin else { throw UnreadableColumn(column: 3) }
    guard let kind = JournalEntry.Kind(rawValue: try row.text(at: 7)) else { throw UnreadableColumn(column: 7) }
    var cause: InstanceCause?
    if !row.isNull(11) {
      cause = InstanceCause(rawValue: try row.text(at: 11))
      if cause == nil { throw UnreadableColumn(column: 11) }
    }
    let entry = JournalEntry(
      kind: kind, service: ServiceKey(namespace: try row.text(at: 8), grouped: try row.text(at: 9)),
      target: try row.text(at: 10), cause: cause, before: try row.optionalText(at: 12),
      after: try row.optionalText(at: 13))
    guard let change = entry.change else { throw UnreadableColumn(column: 12) }
    guard let revision = Revision(exactly: try row.integer(at: 0)) else { throw UnreadableColumn(column: 0) }
    commit = Commit(
      revision: revision, at: WallTime(milliseconds: try row.integer(at: 2)), origin: origin,
      reason: try row.optionalText(at: 6), changes: [change])
  }
}
