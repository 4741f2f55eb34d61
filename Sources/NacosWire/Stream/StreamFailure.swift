public import RegistryModel

/// How the registry's refusal of a command or a question is told to a session far away.
public struct StreamFailure: Hashable, Sendable, Codable {
  public var error: RegistryError
  /// For people who ask by hand.
  public var text: String

  public init(_ error: RegistryError) {
    self.error = error
    text = error.description
  }

  /// The HTTP status that goes with it.
  public var status: Int {
    switch error {
    case .serviceNotFound, .clusterNotFound, .instanceNotFound, .namespaceNotFound: 404
    case .serviceExists, .namespaceExists, .checkerStillWorking: 409
    case .illegalServiceName, .illegalClusterName, .illegalNamespace, .illegalWeight, .illegalPort, .illegalHost,
      .illegalValue, .switchRefused, .limit:
      400
    case .notSupported: 501
    case .storeFailed: 500
    case .unavailable: 503
    }
  }
}
