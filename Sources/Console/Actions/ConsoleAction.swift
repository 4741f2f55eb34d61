import RegistryModel

/// Names an action for good: in settings, in tests, in the palette.
enum ActionID: String, Hashable, Sendable, CaseIterable {
  // Moving.
  case up, down, pageUp, pageDown, top, bottom, scrollLeft, scrollRight
  case open, back, leave, historyBack, historyForward, exchange, nextPanel, previousPanel
  // Finding.
  case palette, filter, faults, sort, sortNext, sortPrevious, invert, wide
  // Selecting.
  case select, selectRange, selectAll, selectNone
  // Acting.
  case mark, toggle, weight, weightUp, weightDown, health, restore, deregister, undo, edit
  // Looking.
  case subscribers, push, events, explain, timeline, describe, namespaces, switchNamespace, favourite, copyName, copyRow
  // The console itself.
  case help, refresh, redraw, reconnect, suspend, quit, skin, settings
}

/// Where help lists an action.
enum ActionSection: String, Hashable, Sendable, CaseIterable {
  case here = "This view"
  case acting = "Acting"
  case finding = "Finding"
  case moving = "Moving"
  case everywhere = "Everywhere"
}

/// One thing that a key, the palette or a menu does. Keys, hints, help and the palette all read the same table of these.
struct ConsoleAction: Sendable {
  let id: ActionID
  let keys: [Key]
  /// What it does, as help says it.
  let title: String
  /// As the hints say it; nil for what need not stand there.
  var hint: String?
  let section: ActionSection
  /// Nil for everywhere.
  var places: Set<PlaceKind>?
  /// What the session must be able to do.
  var needs: Capabilities.Kind?
  /// Sends a command to the registry, so it needs a living link and a steady row under the cursor.
  var changesRegistry = false
  /// Why it cannot be done now; nil when it can.
  var refusal: (@Sendable (ConsoleState) -> String?)?
  let run: @Sendable (inout ConsoleState) -> [ConsoleEffect]

  func applies(at kind: PlaceKind) -> Bool { places?.contains(kind) ?? true }
}

extension Set<PlaceKind> {
  /// Views with a list that has a cursor.
  static let lists: Set = [.pulse, .namespaces, .services, .instances, .find, .subscribers, .events, .switches]
  /// Views whose rows are instances.
  static let instances: Set = [.instances, .find]
  /// Views whose rows are of services, or inside of one.
  static let ofServices: Set = [.pulse, .services, .instances, .find, .subscribers, .push, .events]
  /// Views that are text.
  static let texts: Set = [.push, .describe, .explain, .timeline]
  static let ofServicesOrText = ofServices.union(texts)
  static let listsOrText = lists.union(texts)
}

/// Every action there is.
enum ActionTable {
  /// In the order in which hints show them.
  static let all: [ConsoleAction] = opening + acting + looking + finding + selecting + moving + general

  private static let byID: [ActionID: ConsoleAction] = Dictionary(
    all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  private static let byKey: [Key: [ConsoleAction]] = all.reduce(into: [:]) { table, action in
    for key in action.keys { table[key, default: []].append(action) }
  }

  static func action(_ id: ActionID) -> ConsoleAction? { byID[id] }

  /// What a key does at a place: what belongs to the place alone goes before what holds everywhere.
  static func action(for key: Key, at kind: PlaceKind) -> ConsoleAction? {
    let candidates = byKey[key, default: []].filter { $0.applies(at: kind) }
    return candidates.first { $0.places != nil } ?? candidates.first
  }

  /// Whether the key does something at any place.
  static func isBound(_ key: Key) -> Bool { byKey[key] != nil }
}

extension ConsoleState {
  func keyName(of action: ConsoleAction) -> String { action.keys.first.map(KeyName.text) ?? "" }

  /// Why an action cannot be done here and now; nil when it can.
  func refusal(of action: ConsoleAction) -> String? {
    if !action.applies(at: place.kind) { return "not in this view" }
    if action.changesRegistry, let why = writeRefusal { return why }
    if let needed = action.needs, let why = mirror.capabilities?.refusals[needed] { return why }
    return action.refusal?(self)
  }

  /// Why nothing can be changed now.
  var writeRefusal: String? {
    if let loss = mirror.loss {
      return "the link was lost \(Figures.duration(clock.age(since: loss.since))) ago; actions are locked until it is back"
    }
    return mirror.hasSnapshot ? nil : "the registry has not been reached yet"
  }

  /// Runs an action, or says why not.
  mutating func perform(_ action: ConsoleAction) -> [ConsoleEffect] {
    if let why = refusal(of: action) {
      say("\(keyName(of: action)) \(action.title): \(why)", .bad)
      return []
    }
    if action.changesRegistry, let taken = cursorTaken,
      moment.monotonic.milliseconds - taken.milliseconds < Self.steadiness
    {
      say("\(keyName(of: action)) left out: another row had just come under the cursor", .bad)
      return []
    }
    return action.run(&self)
  }

  mutating func perform(_ id: ActionID) -> [ConsoleEffect] {
    ActionTable.action(id).map { perform($0) } ?? []
  }

  /// Milliseconds that a row must have been under the cursor before a key may change it, if it came there by itself.
  static let steadiness: Int64 = 300
}
