/// Lets equal values be one copy: thousands of instances say the same metadata, each in a copy of its own. It remembers
/// what it saw last, in tables of fixed size, so it neither grows nor keeps much alive that is long gone.
public struct SharingPool: Sendable {
  private static let places = 1_024

  private var metadata = [Metadata](repeating: Metadata(), count: places)
  private var texts = [String](repeating: "", count: places)
  private var placements = [Instance.Placement?](repeating: nil, count: places)
  /// What came last and what it was told: a store hands over the same copy again and again.
  private var last = (given: Metadata(), shared: Metadata())

  public init() {}

  /// Metadata equal to `metadata`, the same copy as before where one was seen.
  public mutating func shared(_ metadata: Metadata) -> Metadata {
    if metadata.isEmpty { return metadata }
    if !metadata.isIdentical(to: last.given) { last = (metadata, find(metadata)) }
    return last.shared
  }

  private mutating func find(_ metadata: Metadata) -> Metadata {
    let place = Self.place(of: metadata)
    if self.metadata[place] == metadata { return self.metadata[place] }
    let copy = metadata.mapTexts { shared($0) }
    self.metadata[place] = copy
    return copy
  }

  /// A text equal to `text`; those of up to 15 bytes have no copy to share.
  public mutating func shared(_ text: String) -> String {
    if text.utf8.count <= 15 { return text }
    let place = Self.place(of: text)
    if texts[place] != text { texts[place] = text }
    return texts[place]
  }

  /// Lets the instance's cluster and app be a copy that is known.
  public mutating func sharePlacement(of instance: inout Instance) {
    if instance.placement.isUsual { return }
    let place = Self.place(of: instance.placement)
    if let known = placements[place], known == instance.placement {
      instance.placement = known
    } else {
      placements[place] = instance.placement
    }
  }

  private static func place(of value: some Hashable) -> Int { Int(UInt(bitPattern: value.hashValue) % UInt(places)) }
}
