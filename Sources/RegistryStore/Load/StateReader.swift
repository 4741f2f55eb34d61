import RegistryModel

/// Reads what a registry starts from, and gives it away part by part: so one thread can use what another is reading.
struct StateReader {
  let connection: SQLiteConnection
  /// Where the file lies that the connection is to.
  let path: String
  let structure: StructureCheck
  let now: WallTime
  private var repeated = RepeatedColumns()
  private(set) var reports: [StoreReport] = []

  init(connection: SQLiteConnection, path: String, structure: StructureCheck, now: WallTime) {
    self.connection = connection
    self.path = path
    self.structure = structure
    self.now = now
  }

  /// Reads the state that the commit `revision` left. The services come with the first part. What was given away must not be
  /// used when this throws. `give` is called from several threads.
  mutating func read(at revision: Revision, _ give: @escaping @Sendable (StoredState) -> Void) throws(SQLiteError) {
    var head = StoredState()
    head.revision = revision
    head.switches = try switches()
    try read(.namespace) { row, _ throws(UnreadableColumn) in head.namespaces.append(try Namespace(row)) }
    try readServices(into: &head)
    give(head)
    try readInstances(of: head.services, give)
    var rest = StoredState()
    try read(.note) { row, repeated throws(UnreadableColumn) in
      rest.notes.append(try StoredState.StoredNote(row, &repeated))
    }
    try read(.record) { row, _ throws(UnreadableColumn) in rest.records.append(try Record(row)) }
    give(rest)
    try structure.pass()
  }

  /// Half of them on a thread of its own: making instances of rows costs more than anything else at the start.
  private mutating func readInstances(
    of services: [StoredState.StoredService], _ give: @escaping @Sendable (StoredState) -> Void
  ) throws(SQLiteError) {
    let reader = InstanceReader(structure: structure, now: now, give: give)
    guard services.count > 1 else {
      reports += try reader.read(.all, on: connection).reports
      return
    }
    let all = Int(try connection.integer("SELECT count(*) FROM instance") ?? 0)
    let middle = services[services.count / 2].key
    let second = Reply<Result<InstanceReader.Found, SQLiteError>>()
    let readSecond = { @Sendable [path] in
      second.give(
        Result { () throws(SQLiteError) in try reader.read(.from(middle), on: try SQLiteConnection(path: path)) })
    }
    let thread = StoreThread(readSecond)
    // It has let go of the file when it has ended.
    defer { thread?.join() }
    let first = try reader.read(.before(middle), on: connection)
    if thread == nil { readSecond() }
    let rest = try second.wait()?.get() ?? InstanceReader.Found()
    // The first half is what the table begins with, and the second what it ends with. Where a key is not what it was, something
    // may lie between them, or in both.
    guard first.rows + rest.rows == all else { throw .fault("instances are out of order") }
    reports += first.reports + rest.reports
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
