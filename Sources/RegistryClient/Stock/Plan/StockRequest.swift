import RegistryModel

/// What a stock Nacos is asked for, to be looked through by polling.
enum StockRequest: Hashable, Sendable {
  /// A word only: whether it is there.
  case word
  case namespaces
  case switches
  /// A page of the list of services, counted from 0.
  case summaries(namespace: String, page: Int, size: Int)
  /// The same with instances.
  case bulk(namespace: String, page: Int, size: Int)
  /// Everything of one service: its settings, then each cluster's instances.
  case service(ServiceKey)
}

/// How a request ended, as far as planning goes.
enum StockOutcome: Hashable, Sendable {
  case answered
  /// A page of the list of services: how many it held, and how many there are in all.
  case listed(rows: Int, total: Int)
  /// There was no answer in time, or one that was too long.
  case tooSlow(String)
  /// There was no answer at all.
  case unreachable(String)
  /// The server answered that it will not.
  case refused(String)
}
