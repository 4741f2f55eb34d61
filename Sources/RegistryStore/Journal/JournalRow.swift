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
