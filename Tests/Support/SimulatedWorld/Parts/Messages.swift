import RegistryEngine
import RegistryModel

/// Who sends requests.
enum Sender {
  case provider(Int)
  case watcher(Int)
  case person
}

/// A request on its way, over HTTP: it comes once or not at all, and its sender learns of the latter by waiting.
struct Request {
  enum Body {
    case command(Command)
    case beat(Beat)
    case list(Subscriber)
  }

  var number: Int64
  var sender: Sender
  var body: Body
  var sentAt: Int64
}

enum Reply {
  case done(Receipt)
  case refused(RegistryError)
  case beat(BeatAnswer)
  case list(View)
  /// Nothing came back.
  case unreachable
}

/// What a client is told of a service: enough to tell two lists apart.
struct View: Hashable, Sendable {
  /// The catalogue's, when the list was made.
  var revision: Revision
  var hosts: Int
  var digest: UInt64

  init(of service: Service?, at revision: Revision) {
    self.revision = revision
    hosts = 0
    digest = 0
    guard let service else { return }
    digest = UInt64(service.settings.protectThreshold.bitPattern)
    for instance in service.instances where instance.isEnabled {
      hosts += 1
      var hasher = StableHasher()
      hasher.combine(number: Instance.stableHash(of: instance.address))
      hasher.combine(number: instance.weight.bitPattern)
      hasher.combine(byte: instance.isHealthy ? 1 : 0)
      for (key, value) in instance.metadata.pairs {
        hasher.combine(key)
        hasher.combine(value)
      }
      // A sum: instances come in no order.
      digest &+= hasher.finish()
    }
  }

  /// Whether both name the same hosts.
  func says(sameAs other: View) -> Bool { hosts == other.hosts && digest == other.digest }
}

/// A push on its way.
struct Datagram {
  var target: PushEndpoint
  var service: ServiceKey
  var nonce: Int64
  var view: View
  /// Of which life of the server.
  var life: Int
}
