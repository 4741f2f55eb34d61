import EventLoop

/// Somebody else listens where the registry was to.
struct AddressTaken: CustomStringConvertible {
  let address: ListenAddress
  private let holder: PortHolder?

  /// Nil when `error` is another one.
  init?(_ error: any Error, at address: ListenAddress) {
    guard let error = error as? SocketError, error.isAddressInUse else { return nil }
    self.address = address
    holder = PortHolder(port: address.port)
  }

  var description: String {
    "\(address) is taken" + (holder.map { " by \($0)" } ?? "") + ": give another --listen HOST:PORT, port 0 picks one"
  }

  /// With what answers there named: a Muster or a Nacos can be opened over.
  func description(of found: String) -> String {
    "\(address) is taken by \(found)" + (holder.map { ", \($0)" } ?? "")
  }
}
