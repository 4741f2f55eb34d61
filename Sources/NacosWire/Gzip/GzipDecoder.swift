import CZlib

/// Reads gzip (RFC 1952).
public enum GzipDecoder {
  /// Whether `bytes` begin as gzip does: how a receiver of pushes tells (naming-server-v1 4.4).
  public static func isGzip(_ bytes: some Collection<UInt8>) -> Bool { bytes.prefix(2).elementsEqual([0x1f, 0x8b]) }

  /// The text of one whole gzip member; nil when it is damaged, cut off, followed by something else, or longer than
  /// `limit` bytes: a small datagram may hold a text a thousand times its size (reliability R25).
  public static func decode(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    Deflation.inflate(bytes, limit: limit) { czlib_begin_gunzip($0) }
  }
}
