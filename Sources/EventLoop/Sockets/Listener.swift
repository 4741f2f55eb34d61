import CEvent
import Glibc

/// A listening socket that hands over what it accepts.
final class Listener {
  /// Owns the accepted descriptor from then on.
  typealias Acceptor = (_ descriptor: Int32, _ peer: SocketAddress) -> Void

  let address: SocketAddress
  private let descriptor: Int32
  /// Given up for a moment when the process has no other descriptor left: the connection is then accepted and closed at once.
  /// Otherwise it would stay at the head of the queue, and the loop would be woken for it without end.
  private var reserve: Int32
  private let acceptor: Acceptor
  private var source: EventSource?
  private var resumption: EventSource?

  /// Others get their turn after so many connections.
  private static let connectionsPerTurn = 64

  /// How long it rests when the system has nothing left to accept with.
  private static let restNanoseconds: Int64 = 100_000_000

  init(
    _ core: LoopCore, address: SocketAddress, sharesPort: Bool, backlog: Int32, acceptor: @escaping Acceptor
  ) throws(SocketError) {
    var raw = address.raw
    let descriptor = cevent_listen(&raw, sharesPort, backlog)
    guard descriptor >= 0 else { throw SocketError(operation: "listen on \(address)", code: errno) }
    guard cevent_local_address(descriptor, &raw) == 0 else {
      let code = errno
      Glibc.close(descriptor)
      throw SocketError(operation: "listen on \(address)", code: code)
    }
    self.address = SocketAddress(raw)
    self.descriptor = descriptor
    self.acceptor = acceptor
    reserve = cevent_reserve()
    source = EventSource(core, descriptor: descriptor, watches: EV_READ | EV_PERSIST) { [unowned self] _ in acceptPending() }
    source?.add()
    resumption = EventSource(core, descriptor: -1, watches: 0) { [unowned self] _ in source?.add() }
  }

  deinit {
    source = nil
    resumption = nil
    Glibc.close(descriptor)
    if reserve >= 0 { Glibc.close(reserve) }
  }

  private func acceptPending() {
    let listener = self
    for _ in 0..<Self.connectionsPerTurn {
      var peer = cevent_address()
      let accepted = cevent_accept(listener.descriptor, &peer)
      if accepted >= 0 {
        listener.acceptor(accepted, SocketAddress(peer))
        continue
      }
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EAGAIN: return
      case EMFILE, ENFILE:
        guard listener.turnAwayOne() else { return listener.rest() }
      default: return listener.rest()
      }
    }
  }

  /// Otherwise the loop would be woken at once, and without end, for what cannot be helped.
  private func rest() {
    source?.remove()
    resumption?.add(nanoseconds: Self.restNanoseconds)
  }

  /// False when there is nothing to be done about it now.
  private func turnAwayOne() -> Bool {
    guard reserve >= 0 else {
      reserve = cevent_reserve()
      return false
    }
    Glibc.close(reserve)
    var peer = cevent_address()
    let accepted = cevent_accept(descriptor, &peer)
    if accepted >= 0 { Glibc.close(accepted) }
    reserve = cevent_reserve()
    return accepted >= 0
  }
}
