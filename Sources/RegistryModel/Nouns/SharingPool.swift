/// Lets equal values be one copy: thousands of instances say the same metadata, each in a copy of its own. It remembers
/// what it saw last, in tables of fixed size, so it neither grows nor keeps much alive that is long gone.
public struct SharingPool: Sendable {
  private static let places = 1_024

  private var metadata = [Metadata](repeating: Metadata(), count: places)
  private var traits = [Instance.Traits?](repeating: nil, count: places)
  /// Copies that came before, by where they lie, and what they were told: a store hands over the same few again and again.
  private var copies = [(given: Metadata, shared: Metadata)](repeating: (Metadata(), Metadata()), count: 64)

  public init() {}

  /// Metadata equal to `metadata`, the same copy as before where one was seen.
  public mutating func shared(_ metadata: Metadata) -> Metadata {
    if metadata.isEmpty { return metadata }
    let place = metadata.placeInMemory % copies.count
    if !metadata.isIdentical(to: copies[place].given) { copies[place] = (metadata, find(metadata)) }
    return copies[place].shared
  }

  private mutating func find(_ metadata: Metadata) -> Metadata {
    let place = Self.place(of: metadata)
    if self.metadata[place] != metadata { self.metadata[place] = metadata }
    return self.metadata[place]
  }

  /// Lets the instance's cluster, app and weight be a copy that is known.
  public mutating func shareTraits(of instance: inout Instance) {
    guard instance.traits.isShareable else { return }
    let place = Self.place(of: instance.traits)
    if let known = traits[place], known == instance.traits {
      instance.share(known)
    } else {
      traits[place] = instance.traits
    }
  }

  private static func place(of value: some Hashable) -> Int { Int(UInt(bitPattern: value.hashValue) % UInt(places)) }
}
