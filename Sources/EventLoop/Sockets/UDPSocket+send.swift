import CEvent
import Glibc

/// Datagrams that wait for the kernel: for each payload the addresses that have not had it.
struct DatagramQueue {
  struct Group {
    var payload: [UInt8]
    var addresses: ArraySlice<SocketAddress>
  }

  var groups: [Group] = []
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ payload: [UInt8], _ addresses: ArraySlice<SocketAddress>) {
    guard !addresses.isEmpty else { return }
    groups.append(Group(payload: payload, addresses: addresses))
    count += addresses.count
  }

  /// Takes out all that waits.
  mutating func removeAll() -> [Group] {
    defer { self = DatagramQueue() }
    return groups
  }
}

extension UDPSocket {
  /// Sends `payload` to one address. What fails is told by ``onSendError``.
  public func send(_ payload: [UInt8], to address: SocketAddress) {
    send(payload, to: [address])
  }

  /// Sends the same `payload` to many addresses, up to 64 in one call of the kernel.
  ///
  /// What the kernel does not take now waits for it, in order and without being copied, up to `Options.queuedDatagrams`.
  public func send(_ payload: [UInt8], to addresses: [SocketAddress]) {
    guard descriptor >= 0 else { return fail(addresses[...], EBADF) }
    let rest = queue.isEmpty ? sendNow(payload, addresses[...]) : addresses[...]
    enqueue(payload, rest)
  }

  /// How many datagrams wait for the kernel to take them.
  public var queuedDatagrams: Int { queue.count }

  private func enqueue(_ payload: [UInt8], _ addresses: ArraySlice<SocketAddress>) {
    guard !addresses.isEmpty, descriptor >= 0 else { return }
    let room = max(0, queueLimit - queue.count)
    queue.append(payload, addresses.prefix(room))
    writeSource?.add()
    fail(addresses.dropFirst(room), ENOBUFS)
  }

  func flush() {
    let socket = self
    for group in socket.queue.removeAll() {
      let rest = socket.queue.isEmpty ? socket.sendNow(group.payload, group.addresses) : group.addresses
      socket.enqueue(group.payload, rest)
    }
  }

  /// Returns those that the kernel would not take now.
  private func sendNow(_ payload: [UInt8], _ addresses: ArraySlice<SocketAddress>) -> ArraySlice<SocketAddress> {
    var rest = addresses
    while !rest.isEmpty, descriptor >= 0 {
      let sent = sendBatch(payload, rest.prefix(Int(CEVENT_SEND_BATCH)))
      if sent > 0 {
        rest = rest.dropFirst(sent)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: return rest
      case let code:
        // What an earlier datagram met is told to whoever sends next, and is no fault of this one.
        if takeUnreachable() { continue }
        // The first of them failed; the others have not been tried.
        let failed = rest.prefix(1)
        rest = rest.dropFirst()
        fail(failed, code)
      }
    }
    return rest
  }

  /// How many were sent, or -1 with `errno` set.
  private func sendBatch(_ payload: [UInt8], _ addresses: ArraySlice<SocketAddress>) -> Int {
    withUnsafeTemporaryAllocation(of: cevent_address.self, capacity: addresses.count) { raw in
      for (index, address) in addresses.enumerated() { raw.initializeElement(at: index, to: address.raw) }
      return payload.withUnsafeBufferPointer { bytes in
        Int(
          cevent_send_each(
            descriptor, localAddress.isIPv6, bytes.baseAddress, bytes.count, raw.baseAddress, UInt32(addresses.count)))
      }
    }
  }

  /// Passes on what came back as undeliverable; false when there was nothing.
  @discardableResult
  func takeUnreachable() -> Bool {
    var raw = cevent_address()
    var code: Int32 = 0
    var isAny = false
    while descriptor >= 0, cevent_udp_take_unreachable(descriptor, &raw, &code) {
      isAny = true
      if code != 0 { onUnreachable?(SocketAddress(raw), code) }
    }
    return isAny
  }

  private func fail(_ addresses: ArraySlice<SocketAddress>, _ code: Int32) {
    guard let onSendError else { return }
    for address in addresses { onSendError(address, code) }
  }
}
