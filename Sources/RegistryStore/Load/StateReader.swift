import RegistryModel

/// Reads what a registry starts from, and gives it away part by part: so one thread can use what another is reading.
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

  /// Instances in a part, at the most.
  private static let instancesOfPart = 4_096

  /// Reads the state that the commit `revision` left. The services come with the first part. What was given away must not be
  /// used when this throws.
  mutating func read(at revision: Revision, _ give: (StoredState) -> Void) throws(SQLiteError) {
    var head = StoredState()
    head.revision = revision
    head.switches = try switches()
    try read(.namespace) { row, _ throws(UnreadableColumn) in head.namespaces.append(try Namespace(row)) }
    try readServices(into: &head)
    give(head)
    try readInstances(give)
    var rest = StoredState()
    try read(.note) { row, repeated throws(UnreadableColumn) in
      rest.notes.append(try StoredState.StoredNote(row, &repeated))
    }
    try read(.record) { row, _ throws(UnreadableColumn) in rest.records.append(try Record(row)) }
    give(rest)
    try structure.pass()
  }

  private mutating func readInstances(_ give: (StoredState) -> Void) throws(SQLiteError) {
    var part = StoredState()
    try read(.instance) { row, repeated throws(UnreadableColumn) in
      part.instances.append(try StoredState.StoredInstance(row, &repeated))
      if part.instances.count < Self.instancesOfPart { return }
      give(part)
      part = StoredState()
      part.instances.reserveCapacity(Self.instancesOfPart)
    }
    give(part)
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
      let place = places[cluster.key.service] ?? state.services.count
      if place == state.services.count {
        places[cluster.key.service] = place
        state.services.append(StoredState.StoredService(key: cluster.key.service, settings: ServiceSettings(), createdAt: now))
      }
      state.services[place].clusters[cluster.key.name] = cluster.settings
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
