/// Lets equal values be one copy: thousands of instances say the same metadata, each in a copy of its own. It remembers
/// what it saw last, in a table of fixed size, so it neither grows nor keeps alive what is long gone.
public struct SharingPool: Sendable {
  private static let places = 1_024

  private var metadata = [Metadata](repeating: Metadata(), count: places)
  private var texts = [String](repeating: "", count: places)

  public init() {}

  /// Metadata equal to `metadata`, the same copy as before where one was seen.
  public mutating func shared(_ metadata: Metadata) -> Metadata {
    if metadata.isEmpty { return metadata }
    let place = Int(UInt(bitPattern: metadata.hashValue) % UInt(Self.places))
    if self.metadata[place] == metadata { return self.metadata[place] }
    let copy = metadata.mapTexts { shared($0) }
    self.metadata[place] = copy
    return copy
  }

  /// A text equal to `text`; those of up to 15 bytes have no copy to share.
  public mutating func shared(_ text: String) -> String {
    if text.utf8.count <= 15 { return text }
    let place = Int(UInt(bitPattern: text.hashValue) % UInt(Self.places))
    if texts[place] != text { texts[place] = text }
    return texts[place]
  }

  /// Puts shared copies into an instance.
  public mutating func share(_ instance: inout Instance) {
    instance.registeredMetadata = shared(instance.registeredMetadata)
    instance.address.cluster = shared(instance.address.cluster)
    instance.app = instance.app.map { shared($0) }
  }
}
