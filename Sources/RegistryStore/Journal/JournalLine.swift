import RegistryModel

/// One change of a commit on its way into the journal. The change must be one that the journal tells.
struct JournalLine: SQLiteBindable {
  let commit: Commit
  let origin: JournalOrigin
  let position: Int
  let change: Change

  func append(to parameters: inout SQLiteParameters) {
    parameters.append(Int64(commit.revision))
    parameters.append(Int64(position))
    parameters.append(commit.at.milliseconds)
    parameters.append(origin.kind)
    parameters.append(origin.who)
    parameters.append(ifAny: origin.agent)
    parameters.append(ifAny: commit.reason)
    appendChange(to: &parameters)
    parameters.append(Int64(parameters.bytes.count))
  }

  private func appendChange(to parameters: inout SQLiteParameters) {
    let nowhere = ServiceKey(namespace: "", grouped: "")
    switch change {
    case .namespace(let id, let before, let after):
      appendPlace(.namespace, ServiceKey(namespace: id, grouped: ""), id, to: &parameters)
      appendValues(before, after, to: &parameters)
    case .service(let key, let before, let after):
      appendPlace(.service, key, key.grouped, to: &parameters)
      appendValues(before, after, to: &parameters)
    case .cluster(let key, let name, let before, let after):
      appendPlace(.cluster, key, name, to: &parameters)
      appendValues(before, after, to: &parameters)
    case .instance(let key, let before, let after, let cause):
      appendPlace(.instance, key, (after ?? before)?.address.hostAndPort ?? "", cause, to: &parameters)
      appendValues(before, after, to: &parameters)
    case .switches(let entry, let before, let after, let all):
      appendPlace(.switches, nowhere, entry, to: &parameters)
      appendValues(SwitchEntry(value: before), SwitchEntry(value: after, all: all), to: &parameters)
    case .note(let key, let before, let after):
      appendPlace(.note, key.service, key.address.hostAndPort, to: &parameters)
      appendValues(
        before.map { AddressedNote(address: key.address, note: $0) },
        after.map { AddressedNote(address: key.address, note: $0) }, to: &parameters)
    case .access(let event):
      appendPlace(.access, nowhere, event.subject, to: &parameters)
      appendValues(nil, event, to: &parameters)
    case .subscriber: break
    }
  }

  private func appendPlace(
    _ kind: JournalEntry.Kind, _ service: ServiceKey, _ target: String, _ cause: InstanceCause? = nil,
    to parameters: inout SQLiteParameters
  ) {
    parameters.append(kind.rawValue)
    service.append(to: &parameters)
    parameters.append(target)
    parameters.append(ifAny: cause?.rawValue)
  }

  private func appendValues<Value: StoredJSON>(_ before: Value?, _ after: Value?, to parameters: inout SQLiteParameters) {
    parameters.append(ifAny: before)
    parameters.append(ifAny: after)
  }
}

extension Change {
  /// Whether the journal tells it.
  var isTold: Bool {
    if case .subscriber = self { false } else { true }
  }
}
