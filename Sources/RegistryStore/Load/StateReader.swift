import RegistryModel

/// Reads what a registry starts from.
struct StateReader {
  let connection: SQLiteConnection
  let structure: StructureCheck
  let now: WallTime
  private var repeated = RepeatedColumns()
  private(set) var reports: [StoreReport] = []

  init(connection: SQLiteConnection, structure: StructureCheck, now: WallTime) {
    self.connection = connection
    self.structure = structure
    self.now = now
  }

  /// The state that the commit `revision` left.
  mutating func state(at revision: Revision) throws(SQLiteError) -> StoredState {
    var state = StoredState()
    state.revision = revision
    state.switches = try switches()
    try read(.namespace) { row, _ throws(UnreadableColumn) in state.namespaces.append(try Namespace(row)) }
    try readServices(into: &state)
    try read(.instance) { row, repeated throws(UnreadableColumn) in
      let stored = try StoredInstance(row, &repeated)
      state.instances.append((stored.service, stored.instance))
    }
    try read(.note) { row, repeated throws(UnreadableColumn) in
      state.notes.append(try StoredState.StoredNote(row, &repeated))
    }
    try read(.record) { row, _ throws(UnreadableColumn) in state.records.append(try Record(row)) }
    try structure.pass()
    return state
  }

  private mutating func switches() throws(SQLiteError) -> Switches? {
    var switches: Switches?
    try read(.switches) { row, _ throws(UnreadableColumn) in switches = try row.json(at: 1) }
    return switches
  }

  private mutating func readServices(into state: inout StoredState) throws(SQLiteError) {
    var places: [ServiceKey: Int] = [:]
    var clusters: [StoredCluster] = []
    try read(.cluster) { row, repeated throws(UnreadableColumn) in clusters.append(try StoredCluster(row, &repeated)) }
    try read(.service) { row, repeated throws(UnreadableColumn) in
      state.services.append(try StoredState.StoredService(row, &repeated))
    }
    if clusters.isEmpty { return }
    for (index, service) in state.services.enumerated() { places[service.key] = index }
    for cluster in clusters {
      // Its service's row was damaged: what is known of it goes on.
      let place = places[cluster.service] ?? state.services.count
      if place == state.services.count {
        places[cluster.service] = place
        state.services.append(StoredState.StoredService(key: cluster.service, settings: ServiceSettings(), createdAt: now))
      }
      state.services[place].clusters[cluster.name] = cluster.settings
    }
  }

  private mutating func read(
    _ table: Table, _ body: (borrowing SQLiteRow, inout RepeatedColumns) throws(UnreadableColumn) -> Void
  ) throws(SQLiteError) {
    let reader = TableReader(table: table, connection: connection, structure: structure)
    let report = try reader.forEach(at: now) { row throws(UnreadableColumn) in try body(row, &repeated) }
    if let report { reports.append(report) }
  }
}
