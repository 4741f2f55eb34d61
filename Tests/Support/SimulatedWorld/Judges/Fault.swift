import RegistryModel

/// What is promised (reliability B1).
public enum Invariant: String, Sendable, CaseIterable {
  /// What was answered is in the next list.
  case readYourWrites = "G1"
  /// What was answered as stored outlives a crash.
  case durability = "G2"
  /// Nobody is called unhealthy before the time, nor later than a moment after it.
  case patience = "G3"
  /// Who subscribes and polls comes to hold the last list, and is never sent an older one after a newer one.
  case convergence = "G4"
  /// Who left does not come back by a beat that was under way.
  case departure = "G5"
  /// A restart calls nobody dead who was alive.
  case restart = "G7"
  /// Nobody is called unhealthy, or healthy, without probes that have shown it.
  case probes = "E29"
  /// What must hold inside the machines.
  case inside
}

/// That a promise was broken.
public struct Fault: Sendable {
  public var invariant: Invariant
  public var what: String
  /// Milliseconds since the world began.
  public var at: Int64
  public var step: Int
}

extension InstanceKey {
  var words: String { "\(address.hostAndPort)\(address.isEphemeral ? "" : " (persistent)") of \(service.grouped)" }
}
