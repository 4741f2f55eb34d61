import RegistryModel

extension Registry {
  /// Namespaces are created to have a name and a place in lists; services may use others (naming-server-v1 1.10).
  func createNamespace(
    _ id: String, name: String, about: String, at now: Moment
  ) throws(RegistryError) -> Decision {
    try rules.checkNewNamespace(id)
    if id == ServiceKey.defaultNamespace || catalog.namespaces[id] != nil { throw .namespaceExists(id) }
    if catalog.namespaces.count >= limits.namespaces { throw .limit(what: "namespaces", most: limits.namespaces) }
    try checkTexts(name: name, about: about)
    let namespace = Namespace(id: id, name: name, about: about, createdAt: now.wall)
    return Decision(changes: [.namespace(id: id, before: nil, after: namespace)])
  }

  func updateNamespace(_ id: String, name: String, about: String) throws(RegistryError) -> Decision {
    guard let before = catalog.namespaces[id] else { throw .namespaceNotFound(id) }
    try checkTexts(name: name, about: about)
    var after = before
    after.name = name
    after.about = about
    return Decision(changes: after == before ? [] : [.namespace(id: id, before: before, after: after)])
  }

  /// Services and instances in it stay; one that was never created is no error.
  func removeNamespace(_ id: String) -> Decision {
    guard let before = catalog.namespaces[id] else { return Decision() }
    return Decision(changes: [.namespace(id: id, before: before, after: nil)])
  }

  private func checkTexts(name: String, about: String) throws(RegistryError) {
    for (field, text) in [("name", name), ("description", about)] where text.utf8.count > limits.markBytes {
      throw .limit(what: "bytes in a namespace's \(field)", most: limits.markBytes)
    }
  }
}
