import Glibc
import NacosWire
import RegistryModel

/// Reads columns that say the same in row after row, and shares one copy of what they say: the rows of a service lie
/// together, and its instances have a cluster, an application and most metadata in common.
struct RepeatedColumns {
  private var namespace = ""
  private var service = ""
  private var cluster = ""
  private var app = ""
  private var lastMetadata: (text: String, value: Metadata)?
  /// By a digest of the text, with the text itself to make sure.
  private var metadata: [Int64: (text: String, value: Metadata)] = [:]
  private static let mostMetadata = 16_384

  /// The columns `namespace` and `service` with which the tables begin.
  mutating func service(_ row: borrowing SQLiteRow) throws(UnreadableColumn) -> ServiceKey {
    try Self.read(row, 0, into: &namespace)
    try Self.read(row, 1, into: &service)
    return ServiceKey(namespace: namespace, grouped: service)
  }

  /// The columns `namespace`, `service`, `cluster`, `ip` and `port` with which the tables begin.
  mutating func instance(_ row: borrowing SQLiteRow, isEphemeral: Bool) throws(UnreadableColumn) -> InstanceKey {
    let service = try service(row)
    try Self.read(row, 2, into: &cluster)
    let address = InstanceAddress(
      cluster: cluster, ip: try row.text(at: 3), port: Int(try row.int32(at: 4)), isEphemeral: isEphemeral)
    return InstanceKey(service: service, address: address)
  }

  mutating func app(_ row: borrowing SQLiteRow, _ column: Int) throws(UnreadableColumn) -> String? {
    if row.isNull(column) { return nil }
    try Self.read(row, column, into: &app)
    return app
  }

  /// Metadata, where NULL stands for none.
  mutating func metadata(_ row: borrowing SQLiteRow, _ column: Int) throws(UnreadableColumn) -> Metadata {
    if row.isNull(column) { return Metadata() }
    if let lastMetadata, Self.says(row, column, lastMetadata.text) { return lastMetadata.value }
    let found = try findMetadata(row, column)
    lastMetadata = found
    return found.value
  }

  private mutating func findMetadata(
    _ row: borrowing SQLiteRow, _ column: Int
  ) throws(UnreadableColumn) -> (text: String, value: Metadata) {
    let digest = row.withText(column) { bytes in
      var digest = RowDigest(table: "")
      digest.mix(bytes)
      return digest.value
    }
    if let digest, let known = metadata[digest], Self.says(row, column, known.text) { return known }
    let text = try row.text(at: column)
    guard let value = Metadata(storedText: text) else { throw UnreadableColumn(column: column) }
    if metadata.count >= Self.mostMetadata { metadata.removeAll(keepingCapacity: true) }
    if let digest { metadata[digest] = (text, value) }
    return (text, value)
  }

  /// Leaves `text` as it is, and the same copy, when the column says it already.
  private static func read(
    _ row: borrowing SQLiteRow, _ column: Int, into text: inout String
  ) throws(UnreadableColumn) {
    if !says(row, column, text) { text = try row.text(at: column) }
  }

  private static func says(_ row: borrowing SQLiteRow, _ column: Int, _ text: String) -> Bool {
    row.withText(column) { bytes in
      var text = text
      return text.withUTF8 { known in
        guard known.count == bytes.count, let left = known.baseAddress, let right = bytes.baseAddress else {
          return known.count == bytes.count
        }
        return memcmp(left, right, bytes.count) == 0
      }
    } ?? false
  }
}
