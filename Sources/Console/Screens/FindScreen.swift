import RegistryModel

/// Instances of all services that a filter finds: by address, network, metadata, name.
struct FindScreen: ListScreen {
  let query: FindQuery

  var table: Table<InstanceSubject> { InstanceColumns.table }

  func keys(_ state: ConsoleState) -> [RowKey] {
    let sieve = Sieve(query.filter, state)
    var keys: [RowKey] = []
    for service in state.catalog.services {
      for instance in service.instances {
        let key = InstanceKey(service: service.key, address: instance.address)
        if sieve.accepts(InstanceSubject(key, instance, of: service), of: self) { keys.append(.instance(key)) }
      }
    }
    return keys
  }

  func subject(_ key: RowKey, _ state: ConsoleState) -> InstanceSubject? { InstanceSubject(key, state) }

  func belongs(_ subject: InstanceSubject, _ state: ConsoleState) -> Bool {
    Sieve(query.filter, state).accepts(subject, of: self)
  }

  func affected(by changes: MirrorChanges, _ state: ConsoleState) -> [RowKey]? {
    changes.isEverything ? nil : changes.instances.map(RowKey.instance)
  }

  func hiddenColumns(_ state: ConsoleState) -> Set<String> { ["share", "beat", "probe"] }

  func symbol(_ subject: InstanceSubject, _ key: RowKey, _ state: ConsoleState) -> (symbol: Symbol, role: Role) {
    InstanceLook.symbol(subject.instance)
  }

  func hasNote(_ subject: InstanceSubject) -> Bool { subject.instance.mark != nil }
  func isFault(_ subject: InstanceSubject) -> Bool { subject.isDown }
  func texts(_ subject: InstanceSubject, _ state: ConsoleState) -> [String] { InstanceFields.texts(subject) }
  var filterSchema: FilterSchema { InstanceFields.schema }

  func value(of field: String, _ subject: InstanceSubject, _ state: ConsoleState) -> FilterValue? {
    InstanceFields.value(of: field, subject, state)
  }

  func listHeight(in body: Rect, _ state: ConsoleState) -> Int { state.layout.isBoxed ? body.rows - 6 : body.rows - 1 }

  func draw(_ visit: Visit, on frame: inout Frame, in body: Rect, _ state: ConsoleState) {
    guard state.layout.isBoxed else {
      drawTable(visit.list, on: &frame, in: body, state)
      return
    }
    let (list, detail) = body.split(bottom: 3)
    let inside = frame.box(
      list, title: "Instances in all namespaces: \(query.text)",
      note: visit.list.position(height: listHeight(in: body, state)), style: Style(.borderFocus))
    drawTable(visit.list, on: &frame, in: inside, state)
    if let key = state.detail, let subject = subject(key, state) {
      InstanceDetail.draw(subject, on: &frame, in: detail.inset(rows: 0, columns: 1), state)
    }
  }
}

/// What is looked for in all services: `10.8.3.14`, `10.8.3.14:8080`, `10.8.3.0/24`, `zone=b`, `order`.
struct FindQuery: Hashable, Sendable {
  let text: String
  let filter: Filter

  init(_ text: String) throws(FilterProblem) {
    self.text = text
    let isNetwork = text.contains("/") && AddressRange(text) != nil
    filter = try Filter(isNetwork ? "ip:\(text)" : text, schema: InstanceFields.schema)
  }
}
