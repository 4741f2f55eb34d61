import CEvent
import Glibc

/// Sockets that are connected to nobody any more, kept for the connections to come.
///
/// To make a socket and to close it takes a third of what the system does for a connection that is there only to see
/// whether it can be made.
final class SpareSockets {
  /// As many as a turn may begin where thousands a second are begun, and where some turns are late.
  static let most = 256

  private var ipv4: [Int32] = []
  private var ipv6: [Int32] = []

  deinit {
    for descriptor in ipv4 + ipv6 { close(descriptor) }
  }

  var count: Int { ipv4.count + ipv6.count }

  /// One that is free, non-blocking and without options.
  func take(isIPv6: Bool) -> Int32? { isIPv6 ? ipv6.popLast() : ipv4.popLast() }

  /// Ends the connection with a reset. The descriptor is not the caller's any more.
  func retire(_ descriptor: Int32, isIPv6: Bool) {
    guard count < Self.most, cevent_disconnect(descriptor) == 0 else {
      cevent_reset_on_close(descriptor)
      close(descriptor)
      return
    }
    if isIPv6 { ipv6.append(descriptor) } else { ipv4.append(descriptor) }
  }
}
