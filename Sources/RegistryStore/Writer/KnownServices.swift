import RegistryModel

/// Services that are known to have a row, so that a registration need not look for it. For the writer alone, who tells it of
/// every removal.
final class KnownServices {
  private var keys: Set<ServiceKey> = []
  private static let most = 16_384

  func contains(_ key: ServiceKey) -> Bool { keys.contains(key) }

  func add(_ key: ServiceKey) {
    if keys.count >= Self.most { keys.removeAll(keepingCapacity: true) }
    // Two names that Swift takes for one may be two rows.
    if key.namespace.utf8.allSatisfy({ $0 < 0x80 }), key.grouped.utf8.allSatisfy({ $0 < 0x80 }) { keys.insert(key) }
  }

  func forget(_ key: ServiceKey) { keys.remove(key) }

  func forgetAll() { keys.removeAll(keepingCapacity: true) }
}
