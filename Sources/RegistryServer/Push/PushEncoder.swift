import NacosWire
import RegistryEngine
import RegistryModel

/// Makes packets: each list once, however many subscribers it has.
final class PushEncoder {
  private let gzip = GzipEncoder()

  /// The lists of one service as it stands; nil `service` is one that is gone.
  func lists(of key: ServiceKey, _ service: Service?, cacheMillis: Int64) -> Lists {
    Lists(
      key: key, service: service, checksum: service.map(ServiceChecksum.text), cacheMillis: cacheMillis, at: ListClock.now())
  }

  /// Nil when it fits no datagram.
  func packet(_ list: ServiceList, nonce: Int64) -> [UInt8]? {
    PushPacket.encode(list: list.bytes, nonce: nonce, gzip: gzip)
  }

  struct Lists {
    let key: ServiceKey
    let service: Service?
    let checksum: String?
    let cacheMillis: Int64
    let at: WallTime

    func list(_ flavour: PushFlavour) -> ServiceList {
      let asked = ListFlavour(
        clusters: flavour.clusters, usesFullNames: flavour.naming == .grouped, cacheMillis: cacheMillis)
      guard let service, let checksum else { return ServiceList(unknown: key, asked) }
      return ServiceList(service, asked, checksum: checksum, at: at)
    }
  }
}
