public import RegistryModel

/// A listener is to be told of a change, and waits no more.
public struct ConfigurationCall: Sendable, Hashable {
  public var listener: UInt64
  public var key: ConfigurationKey
}

/// Who waits for a change of what.
struct ConfigurationListeners: Sendable {
  struct Listener: Sendable {
    var reader: ConfigurationReader
    var interests: [ConfigurationKey: String]
  }

  private(set) var waiting: [UInt64: Listener] = [:]
  private(set) var byKey: [ConfigurationKey: Set<UInt64>] = [:]
  private(set) var interestCount = 0
  private var nextNumber: UInt64 = 1

  mutating func add(_ listener: Listener) -> UInt64 {
    defer { nextNumber += 1 }
    waiting[nextNumber] = listener
    interestCount += listener.interests.count
    for key in listener.interests.keys { byKey[key, default: []].insert(nextNumber) }
    return nextNumber
  }

  mutating func remove(_ number: UInt64) {
    guard let listener = waiting.removeValue(forKey: number) else { return }
    interestCount -= listener.interests.count
    for key in listener.interests.keys {
      byKey[key]?.remove(number)
      if byKey[key]?.isEmpty == true { byKey[key] = nil }
    }
  }
}

// Listening (naming-client-v1 3.1).
extension ConfigurationBook {
  public var listenerCount: Int { listeners.waiting.count }

  /// Those of `interests` of which the reader has something else, in their order.
  public func changed(_ interests: [ConfigurationInterest], for reader: ConfigurationReader) -> [ConfigurationKey] {
    interests.filter { $0.md5 != md5($0.key, for: reader) }.map(\.key)
  }

  /// Waits for a change; the listener's number, or nil where no more may wait. What has changed already has to be asked
  /// for before.
  public mutating func listen(to interests: [ConfigurationInterest], as reader: ConfigurationReader) -> UInt64? {
    guard listenerCount < limits.configurationListeners,
      interests.count <= limits.configurationInterests - listeners.interestCount
    else { return nil }
    let byKey = Dictionary(interests.map { ($0.key, $0.md5) }, uniquingKeysWith: { $1 })
    return listeners.add(ConfigurationListeners.Listener(reader: reader, interests: byKey))
  }

  /// Nobody waits there any more; harmless for one that was called.
  public mutating func stopListening(_ listener: UInt64) { listeners.remove(listener) }

  /// The digest of each listener's content of a key, by address.
  public func listeners(of key: ConfigurationKey) -> [(address: String, md5: String)] {
    (listeners.byKey[key] ?? []).compactMap { number in
      guard let listener = listeners.waiting[number], let md5 = listener.interests[key] else { return nil }
      return (listener.reader.address, md5)
    }
  }

  /// What the listeners at an address listen to.
  public func interests(of address: String) -> [ConfigurationInterest] {
    listeners.waiting.values.filter { $0.reader.address == address }
      .flatMap { $0.interests.map { ConfigurationInterest($0.key, md5: $0.value) } }
  }

  /// Takes out the listeners for whom a key now has another content than they have.
  mutating func call(_ key: ConfigurationKey) -> [ConfigurationCall] {
    let numbers = (listeners.byKey[key] ?? []).sorted().filter { number in
      guard let listener = listeners.waiting[number] else { return false }
      return listener.interests[key] != md5(key, for: listener.reader)
    }
    for number in numbers { listeners.remove(number) }
    return numbers.map { ConfigurationCall(listener: $0, key: key) }
  }

  private func md5(_ key: ConfigurationKey, for reader: ConfigurationReader) -> String {
    configuration(key, for: reader)?.content.md5 ?? ""
  }
}
