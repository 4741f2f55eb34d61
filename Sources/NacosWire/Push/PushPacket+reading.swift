extension PushPacket {
  /// The nonce that an acknowledgement of `datagram` must carry, compressed or not; nil for what is no push.
  public static func nonce(of datagram: UnsafeRawBufferPointer) -> Int64? {
    let bytes = Array(datagram)
    guard let text = GzipDecoder.isGzip(bytes) ? GzipDecoder.decode(bytes, limit: mostText) : bytes,
      let document = try? JSONDocument(text), let value = document.root["lastRefTime"], value.kind == .integer
    else { return nil }
    return value.integer
  }

  /// Bytes that a compressed list may have when it is expanded.
  private static let mostText = 64 << 20

  /// The acknowledgement of the push that carried `nonce`, as clients write it.
  public static func acknowledgement(of nonce: Int64) -> [UInt8] {
    Array("{\"type\": \"push-ack\", \"lastRefTime\":\"\(nonce)\", \"data\":\"\"}".utf8)
  }
}
