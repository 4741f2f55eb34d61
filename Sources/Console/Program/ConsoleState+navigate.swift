import RegistryModel

extension ConsoleState {
  /// Goes to a place as one step further from here.
  mutating func drill(to place: Place, cursor: RowKey? = nil) -> [ConsoleEffect] {
    guard place != self.place else { return [] }
    history.leave(trail)
    trail[trail.count - 1].list.rest()
    trail.append(fresh(place, cursor: cursor))
    return arrive()
  }

  /// Goes to a place from the beginning: its own way from the pulse becomes the trail.
  mutating func go(to place: Place, cursor: RowKey? = nil) -> [ConsoleEffect] {
    guard place != self.place else { return [] }
    history.leave(trail)
    // What the trail already passed through keeps its cursor.
    if let index = trail.firstIndex(where: { $0.place == place }) {
      trail.removeLast(trail.count - 1 - index)
      return arrive()
    }
    trail = way(to: place).map { fresh($0, cursor: nil) }
    if let cursor { trail[trail.count - 1].list.cursor = cursor }
    return arrive()
  }

  /// The places that lead to this one, itself last.
  private func way(to place: Place) -> [Place] {
    switch place {
    case .pulse: [.pulse]
    case .instances(let key): [.pulse, .services(namespace: namespace == nil ? nil : key.namespace), place]
    case .subscribers(let key?), .push(let key?): way(to: .instances(key)) + [place]
    default: [.pulse, place]
    }
  }

  private func fresh(_ place: Place, cursor: RowKey?) -> Visit {
    var visit = Visit(place)
    visit.list.cursor = cursor
    visit.list.sort = settings.sorts[place.kind]
    visit.list.isWide = settings.wide.contains(place.kind)
    return visit
  }

  /// The view on screen has become another one.
  mutating func arrive() -> [ConsoleEffect] {
    trail[trail.count - 1].list.invalidate()
    cursorTaken = nil
    flash = nil
    if case .services(let namespace) = place { self.namespace = namespace }
    prepare()
    detail = visit.list.cursor
    return ask(isOpening: true)
  }

  /// Esc: lets go of the filter, then of the selection, then of the view. It never leaves the program.
  mutating func stepBack() -> [ConsoleEffect] {
    if flash != nil { flash = nil }
    if visit.list.filter != nil { return changeList { $0.filter = nil } }
    if visit.list.isFaultsOnly { return changeList { $0.isFaultsOnly = false } }
    if !visit.list.selected.isEmpty { return changeSelection { $0.selected = [] } }
    return leaveView()
  }

  /// `q`: leaves the view, and at the first one asks whether to leave the program.
  mutating func leaveOrQuit() -> [ConsoleEffect] {
    trail.count > 1 ? leaveView() : open(QuitDialog())
  }

  mutating func leaveView() -> [ConsoleEffect] {
    guard trail.count > 1 else { return [] }
    history.leave(trail)
    trail.removeLast()
    return arrive()
  }

  /// Enter: goes into what is under the cursor.
  mutating func openCursor() -> [ConsoleEffect] {
    guard let key = visit.list.cursor else { return [] }
    switch key {
    case .namespace(let id): return drill(to: .services(namespace: id.isEmpty ? nil : id))
    case .service(let service): return drill(to: .instances(service))
    case .instance(let instance):
      return place.kind == .instances ? [] : drill(to: .instances(instance.service), cursor: key)
    case .subscriber: return drill(to: .describe(key))
    case .event(let id): return openObject(of: id)
    case .switchEntry(let name): return openSwitch(name)
    }
  }

  /// Goes to what an event was about: the instance if there was one, the service, else what is known of the event.
  private mutating func openObject(of id: EventID) -> [ConsoleEffect] {
    guard let group = mirror.journal.group(id), group.services.count == 1, let service = group.services.first,
      catalog[service] != nil
    else { return drill(to: .describe(.event(id))) }
    let instance = group.addresses.count == 1 ? group.addresses.first : nil
    return drill(to: .instances(service), cursor: instance.map { .instance(InstanceKey(service: service, address: $0)) })
  }

  private mutating func openSwitch(_ name: String) -> [ConsoleEffect] {
    guard let entry = SwitchEntry.all.first(where: { $0.name == name }) else { return [] }
    let refusal = writeRefusal ?? mirror.capabilities?.refusals[.editSwitches] ?? (entry.entry == nil ? entry.fixedReason : nil)
    if let refusal {
      say("\(name): cannot be set: \(refusal)", .bad)
      return []
    }
    return open(SwitchDialog(entry, self))
  }

  /// Shows services of another namespace, or of all.
  mutating func use(namespace: String?) -> [ConsoleEffect] {
    self.namespace = namespace
    let target = Place.services(namespace: namespace)
    guard case .services = place else { return go(to: target) }
    guard place != target else { return [] }
    history.leave(trail)
    let visit = self.visit
    trail[trail.count - 1] = fresh(target, cursor: nil)
    trail[trail.count - 1].list.filter = visit.list.filter
    trail[trail.count - 1].list.isFaultsOnly = visit.list.isFaultsOnly
    return arrive()
  }

  /// Asks what the view needs to know, each thing once at a time.
  mutating func ask(isOpening: Bool) -> [ConsoleEffect] {
    guard mirror.hasSnapshot, mirror.loss == nil else { return [] }
    var effects: [ConsoleEffect] = []
    for query in screen.queries(self, isOpening: isOpening) where hot.asked.insert(query).inserted {
      effects.append(.ask(query))
    }
    return effects
  }
}
