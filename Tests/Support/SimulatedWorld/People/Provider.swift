import RegistryModel

/// A client that registers an instance, and for an ephemeral one beats, as Nacos' own clients do
/// (naming-client-v1 1.2). Times are microseconds.
struct Provider {
  enum State {
    /// Not there, and not meant to be.
    case away
    case registering
    case registered
    case leaving
  }

  let key: InstanceKey
  let interval: Int64
  let habit: [String: String]
  var state = State.away
  /// Told apart from others by this in its metadata.
  var version: Int64 = 0
  var weight = 1.0
  var beatsAreLight = false
  /// Counts what it plans: of two plans the later one holds.
  var turn = 0
  var stoppedUntil: Int64 = 0
  /// What arrived while it was stopped.
  var held: [(Request, Reply)] = []

  /// Quick ones, those with the defaults, and calm ones.
  static let habits: [(seconds: Int64, habit: [String: String])] = [
    (
      1, [PreservedKey.beatInterval: "1000", PreservedKey.beatTimeout: "3000", PreservedKey.deleteTimeout: "9000"]
    ),
    (5, [:]), (5, [:]),
    (
      20, [PreservedKey.beatInterval: "20000", PreservedKey.beatTimeout: "50000", PreservedKey.deleteTimeout: "90000"]
    ),
  ]

  var metadata: Metadata {
    var metadata = habit
    metadata["version"] = String(version)
    return Metadata(metadata)
  }

  var registration: Registration { Registration(key: key, weight: weight, metadata: metadata) }
}
