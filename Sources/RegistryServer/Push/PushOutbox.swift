import EventLoop
import RegistryEngine

/// Datagrams on their way to the kernel, in order. So many go in one turn of the loop: between turns acknowledgements are
/// read, which would otherwise overflow the socket's buffer, and requests have their turn.
final class PushOutbox {
  private struct Parcel {
    var packet: [UInt8]
    var targets: ArraySlice<PushEndpoint>
  }

  private static let datagramsPerTurn = 256

  private let socket: UDPSocket
  private unowned let loop: Loop
  private var parcels: [Parcel] = []
  private var isDraining = false

  init(_ socket: UDPSocket, on loop: Loop) {
    self.socket = socket
    self.loop = loop
  }

  func put(_ packet: [UInt8], for targets: [PushEndpoint]) {
    parcels.append(Parcel(packet: packet, targets: targets[...]))
    if !isDraining { drain() }
  }

  private func drain() {
    var room = Self.datagramsPerTurn
    var done = 0
    while done < parcels.count, room > 0 {
      let part = parcels[done].targets.prefix(room)
      socket.send(parcels[done].packet, to: part.compactMap(\.socketAddress))
      room -= part.count
      parcels[done].targets = parcels[done].targets.dropFirst(part.count)
      if parcels[done].targets.isEmpty { done += 1 }
    }
    parcels.removeFirst(done)
    isDraining = !parcels.isEmpty
    if isDraining { continueNextTurn() }
  }

  private func continueNextTurn() {
    let bound = LoopBound(self, on: loop)
    bound.post { $0.drain() }
  }
}
