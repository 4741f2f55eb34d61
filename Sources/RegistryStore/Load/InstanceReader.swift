import RegistryModel

/// Reads instances, and gives them away some thousands at a time.
struct InstanceReader: Sendable {
  enum Range {
    case all
    case before(ServiceKey)
    case from(ServiceKey)
  }

  struct Found {
    /// Sound or not.
    var rows = 0
    var reports: [StoreReport] = []
  }

  let structure: StructureCheck
  let now: WallTime
  let give: @Sendable (StoredState) -> Void

  /// Instances in a part, at the most.
  private static let most = 4_096

  /// Reads those whose services are in `range`.
  func read(_ range: Range, on connection: SQLiteConnection) throws(SQLiteError) -> Found {
    var found = Found()
    var part = StoredState()
    var repeated = RepeatedColumns()
    let reader = TableReader(table: .instance, connection: connection, structure: structure)
    let report = try reader.forEach(range.query, range, at: now) { row throws(UnreadableColumn) in
      part.instances.append(try StoredState.StoredInstance(row, &repeated))
      found.rows += 1
      if part.instances.count < Self.most { return }
      give(part)
      part = StoredState()
      part.instances.reserveCapacity(Self.most)
    }
    give(part)
    if let report {
      found.reports = [report]
      if case .damagedRows(_, let count, _) = report { found.rows += count }
    }
    return found
  }
}

extension InstanceReader.Range: SQLiteBindable {
  fileprivate var query: String {
    switch self {
    case .all: Table.instance.selection
    case .before: "\(Table.instance.selection) WHERE (namespace, service) < (?, ?)"
    case .from: "\(Table.instance.selection) WHERE (namespace, service) >= (?, ?)"
    }
  }

  func append(to parameters: inout SQLiteParameters) {
    switch self {
    case .all: break
    case .before(let service), .from(let service): service.append(to: &parameters)
    }
  }
}
