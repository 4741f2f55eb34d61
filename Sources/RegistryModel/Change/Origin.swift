/// Who caused a change.
public enum Origin: Hashable, Sendable, Codable {
  /// A client of the registry, by its address and agent as far as they are known.
  case client(address: String, agent: String)
  /// A person at a console, by the name they go by.
  case `operator`(name: String)
  /// A health probe's result.
  case probe
  /// A missing beat.
  case silence
  /// The registry itself: restoring, cleaning up.
  case system
  /// Nobody says: the change was found by polling a registry that does not tell.
  case polled
}
