public import RegistryModel

/// What the ledger wants done, in order.
public enum PushAction: Hashable, Sendable {
  case send(PushRound)
  /// Nobody answered the datagram or its repeat; the subscriber stays.
  case gaveUp(Subscriber)
  case joined(Subscriber)
  case left(Subscriber, PushDeparture)
}

/// Why a subscription ended.
public enum PushDeparture: Hashable, Sendable {
  /// It did not poll again.
  case lapsed
  /// It neither polled nor acknowledged.
  case silent
  /// Nothing listens at its port.
  case unreachable
}

/// Datagrams of one service, to be made from the service as it stands when they are sent: never earlier than
/// `revision`, and never later than any round the ledger asks for afterwards.
public struct PushRound: Hashable, Sendable {
  public var service: ServiceKey
  public var revision: Revision
  public var batches: [PushBatch]
}

/// One payload and where it goes.
public struct PushBatch: Hashable, Sendable {
  public var flavour: PushFlavour
  /// The outer `lastRefTime` (naming-server-v1 4.4), by which acknowledgements are known.
  public var nonce: Int64
  public var isRepeat: Bool
  public var targets: [PushEndpoint]
}

/// What an acknowledgement said.
public struct PushAcknowledgement: Hashable, Sendable {
  public var source: PushEndpoint
  public var nonce: Int64

  public init(source: PushEndpoint, nonce: Int64) {
    self.source = source
    self.nonce = nonce
  }
}
