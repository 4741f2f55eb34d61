/// What a client sends back when it has received a push (naming-server-v1 4.5):
/// `{"type": "push-ack", "lastRefTime":"123456789012345", "data":""}`.
public enum PushAnswer {
  /// Longer datagrams are nobody's acknowledgement.
  public static let mostBytes = 1_024

  /// The nonce of the push it answers; nil for anything that is no acknowledgement. `type` and `data` are not looked at,
  /// as in Nacos; the number may be quoted.
  public static func nonce(_ datagram: UnsafeRawBufferPointer) -> Int64? {
    guard datagram.count <= mostBytes, let document = try? JSONDocument(trimmed(datagram)),
      let value = document.root["lastRefTime"]
    else { return nil }
    switch value.kind {
    case .integer: return value.integer
    case .string: return value.string.flatMap { Int64($0) }
    default: return nil
    }
  }

  /// Some clients send their whole buffer, zeros and all.
  private static func trimmed(_ datagram: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var rest = datagram[...]
    while let last = rest.last, last <= 0x20 { rest.removeLast() }
    return UnsafeRawBufferPointer(rebasing: rest)
  }
}
