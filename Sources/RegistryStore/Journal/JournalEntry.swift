import NacosWire
import RegistryModel

/// One change of a commit as a row of the journal tells it: what, where, and the values before and after as JSON.
struct JournalEntry: Hashable {
  enum Kind: String { case namespace, service, cluster, instance, switches, note, access }

  var kind: Kind
  var service: ServiceKey
  /// What inside the service, or which namespace or switch; for people and for searching.
  var target: String
  var cause: InstanceCause?
  var before: String?
  var after: String?
}

extension JournalEntry {
  /// Nil when the texts are not those of a change.
  var change: Change? {
    switch kind {
    case .namespace:
      return values(Namespace.self).map { .namespace(id: target, before: $0.before, after: $0.after) }
    case .service: return values(ServiceSettings.self).map { .service(service, before: $0.before, after: $0.after) }
    case .cluster:
      return values(ClusterSettings.self).map { .cluster(service, name: target, before: $0.before, after: $0.after) }
    case .instance:
      guard let cause else { return nil }
      return values(Instance.self).map { .instance(service, before: $0.before, after: $0.after, cause: cause) }
    case .switches:
      guard let values = values(SwitchEntry.self), let before = values.before, let after = values.after,
        let all = after.all
      else { return nil }
      return .switches(entry: target, before: before.value, after: after.value, all: all)
    case .note:
      guard let values = values(AddressedNote.self), let either = values.after ?? values.before else { return nil }
      return .note(
        InstanceKey(service: service, address: either.address), before: values.before?.note, after: values.after?.note)
    case .access: return values(AccessEvent.self)?.after.map(Change.access)
    }
  }

  private func values<Value: StoredJSON>(_: Value.Type) -> (before: Value?, after: Value?)? {
    let values = (before.flatMap(Value.init(storedText:)), after.flatMap(Value.init(storedText:)))
    return (values.0 == nil) == (before == nil) && (values.1 == nil) == (after == nil) ? values : nil
  }
}

/// A switch before or after it was set; `all` with the value it was set to.
struct SwitchEntry: StoredJSON {
  var value: String
  var all: Switches?

  init(value: String, all: Switches? = nil) {
    self.value = value
    self.all = all
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("value", value)
    writer.member("all", ifAny: all)
    writer.endObject()
  }

  init?(json: JSONValue) {
    guard let value = json["value"]?.string else { return nil }
    var isWrong = false
    self.init(value: value, all: json.optional("all", &isWrong, Switches.init(json:)))
    if isWrong { return nil }
  }
}

/// A note and whose it is.
struct AddressedNote: StoredJSON {
  var address: InstanceAddress
  var note: InstanceNote

  init(address: InstanceAddress, note: InstanceNote) {
    self.address = address
    self.note = note
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    address.writeMembers(to: &writer)
    writer.member("overlay", ifAny: note.overlay)
    writer.member("mark", ifAny: note.mark)
    writer.endObject()
  }

  init?(json: JSONValue) {
    guard let address = InstanceAddress(members: json) else { return nil }
    var isWrong = false
    let note = InstanceNote(
      overlay: json.optional("overlay", &isWrong, Overlay.init(json:)),
      mark: json.optional("mark", &isWrong, Mark.init(json:)))
    self.init(address: address, note: note)
    if isWrong { return nil }
  }
}
