import RegistryModel

/// Brings the tables of state to what commits say. It trusts no more than the commit it is given: whatever a change
/// needs to be read back is made sure of, and what is not there is no error to remove.
struct StateWriter {
  private let switches: TableWriter
  private let namespaces: TableWriter
  private let services: TableWriter
  private let clusters: TableWriter
  private let instances: TableWriter
  private let notes: TableWriter
  private let serviceAge: SQLiteStatement
  private let serviceRemovals: [SQLiteStatement]
  private let idleRemoval: SQLiteStatement
  private let known = KnownServices()

  init(on connection: SQLiteConnection) throws(SQLiteError) {
    switches = try TableWriter(.switches, on: connection)
    namespaces = try TableWriter(.namespace, on: connection)
    services = try TableWriter(.service, on: connection)
    clusters = try TableWriter(.cluster, on: connection)
    instances = try TableWriter(.instance, on: connection)
    notes = try TableWriter(.note, on: connection)
    serviceAge = try connection.prepare("SELECT created_at FROM service WHERE namespace = ? AND name = ?")
    serviceRemovals = [
      try connection.prepare("DELETE FROM instance WHERE namespace = ? AND service = ?"),
      try connection.prepare("DELETE FROM cluster WHERE namespace = ? AND service = ?"),
      try connection.prepare("DELETE FROM service WHERE namespace = ? AND name = ?"),
    ]
    idleRemoval = try connection.prepare(
      """
      DELETE FROM service WHERE namespace = ?1 AND name = ?2 AND declared = 0
        AND NOT EXISTS (SELECT 1 FROM instance WHERE namespace = ?1 AND service = ?2)
        AND NOT EXISTS (SELECT 1 FROM cluster WHERE namespace = ?1 AND service = ?2)
      """)
  }

  /// To be called when a transaction has failed: what was written in it is not there.
  func forgetWritten() { known.forgetAll() }

  func apply(_ commit: Commit) throws(SQLiteError) {
    for change in commit.changes { try apply(change, at: commit.at) }
  }

  private func apply(_ change: Change, at time: WallTime) throws(SQLiteError) {
    switch change {
    case .namespace(let id, _, let after): try apply(after, to: id)
    case .switches(_, _, _, let all): try switches.put(all)
    case .service(let key, let before, let after): try apply(before, after, to: key, at: time)
    case .cluster(let key, let name, _, let after): try apply(after, to: key, cluster: name, at: time)
    case .instance(let key, let before, let after, let cause):
      guard change.isDurable else { break }
      if (before ?? after)?.isEphemeral == true {
        try applyNote(before, after, in: key)
      } else {
        try apply(before, after, in: key, at: time, cause: cause)
      }
    case .note(let key, let before, let after): try apply(before, after, to: key)
    case .access, .subscriber: break
    }
  }

  private func apply(_ namespace: Namespace?, to id: String) throws(SQLiteError) {
    if let namespace { try namespaces.put(namespace) } else { try namespaces.remove([.text(id)]) }
  }
}

// Services and clusters.
extension StateWriter {
  private func apply(
    _ before: ServiceSettings?, _ after: ServiceSettings?, to key: ServiceKey, at time: WallTime
  ) throws(SQLiteError) {
    guard let after else { return try remove(key) }
    // A service that only its clients made is kept when there is something of it to keep.
    let isKept = after.isDeclared || before?.isDeclared == true
    let age = try age(of: key)
    if isKept || age != nil { try put(key, after, createdAt: age ?? time) }
  }

  /// What operators left on ephemeral instances stays: they may live on, and come back with it.
  private func remove(_ key: ServiceKey) throws(SQLiteError) {
    known.forget(key)
    for removal in serviceRemovals { try removal.run(key) }
  }

  private func age(of key: ServiceKey) throws(SQLiteError) -> WallTime? {
    (try serviceAge.map(key) { $0.integer(0) }.first ?? nil).map(WallTime.init(milliseconds:))
  }

  private func put(_ key: ServiceKey, _ settings: ServiceSettings, createdAt: WallTime) throws(SQLiteError) {
    try services.put(StoredState.StoredService(key: key, settings: settings, createdAt: createdAt))
  }

  /// Sees to it that a service of which something is kept has a row of its own, even when nobody declared it
  /// (reliability E15).
  private func ensure(_ key: ServiceKey, at time: WallTime) throws(SQLiteError) {
    if known.contains(key) { return }
    if try age(of: key) == nil { try put(key, ServiceSettings(), createdAt: time) }
    known.add(key)
  }

  private func removeIfIdle(_ key: ServiceKey) throws(SQLiteError) {
    known.forget(key)
    try idleRemoval.run(key)
  }

  private func apply(
    _ settings: ClusterSettings?, to key: ServiceKey, cluster name: String, at time: WallTime
  ) throws(SQLiteError) {
    if let settings, settings != ClusterSettings() {
      try ensure(key, at: time)
      try clusters.put(StoredCluster(service: key, name: name, settings: settings))
    } else if try clusters.remove(StoredCluster.Key(service: key, name: name)) > 0 {
      try removeIfIdle(key)
    }
  }
}

// Instances and notes.
extension StateWriter {
  private func apply(
    _ before: Instance?, _ after: Instance?, in service: ServiceKey, at time: WallTime, cause: InstanceCause
  ) throws(SQLiteError) {
    let old = before.map { InstanceKey(service: service, address: $0.address) }
    guard let after else {
      guard let old, try instances.remove(old) > 0, cause != .serviceRemoved else { return }
      try removeIfIdle(service)
      return
    }
    let stored = StoredState.StoredInstance(service: service, instance: after)
    if let old, !old.hasSameRow(as: stored.key) { try instances.remove(old) }
    try ensure(service, at: time)
    try instances.put(stored)
  }

  private func applyNote(_ before: Instance?, _ after: Instance?, in service: ServiceKey) throws(SQLiteError) {
    guard let before, let after else { return }
    try apply(
      InstanceNote(overlay: before.overlay, mark: before.mark), InstanceNote(overlay: after.overlay, mark: after.mark),
      to: InstanceKey(service: service, address: after.address))
    let old = InstanceKey(service: service, address: before.address)
    if !old.hasSameRow(as: InstanceKey(service: service, address: after.address)) { try notes.remove(old) }
  }

  private func apply(_ before: InstanceNote?, _ after: InstanceNote?, to key: InstanceKey) throws(SQLiteError) {
    guard let after, !after.isEmpty else {
      try notes.remove(key)
      return
    }
    try notes.put(StoredState.StoredNote(key: key, overlay: after.overlay, mark: after.mark))
  }
}
