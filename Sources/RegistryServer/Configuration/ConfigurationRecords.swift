import NacosWire
import RegistryEngine
import RegistryModel

/// Configurations as records, and what was done to them as records with a document for the content.
enum ConfigurationRecords {
  private static let configurationKind = "configuration"
  private static let eventKind = "configuration.event"

  /// What was stored, as a book begins with it, and how many records could not be read.
  static func book(_ records: [Record], limits: Limits) -> (book: ConfigurationBook, unreadable: Int) {
    var configurations: [Configuration] = []
    var events: [ConfigurationEvent] = []
    var unreadable = 0
    for record in records {
      do throws(JSONError) {
        let value = Array(record.value.utf8)
        switch record.key.kind {
        case configurationKind: configurations.append(try JSONCoding.decode(Configuration.self, from: value))
        case eventKind: events.append(try JSONCoding.decode(ConfigurationEvent.self, from: value))
        default: break
        }
      } catch {
        unreadable += 1
      }
    }
    return (ConfigurationBook(limits: limits, configurations: configurations, events: events), unreadable)
  }

  static func changes(_ change: ConfigurationChange) throws(RegistryError) -> [RecordChange] {
    switch change {
    case .put(let configuration):
      return [.put(Record(key: key(configuration.place), value: try text(configuration)))]
    case .remove(let place): return [.remove(key(place))]
    case .note(let event, let content):
      return [
        .put(Record(key: key(event: event.id), value: try text(event))),
        .putDocument(Record(key: key(event: event.id), value: content)),
      ]
    case .forget(let id): return [.remove(key(event: id)), .removeDocument(key(event: id))]
    }
  }

  static func key(event id: Int64) -> RecordKey { RecordKey(kind: eventKind, name: "\(id)") }

  /// No part of it has the separator: names are checked before.
  private static func key(_ place: ConfigurationPlace) -> RecordKey {
    let variant =
      switch place.variant {
      case .main: ""
      case .beta: "\u{1}beta"
      case .tag(let tag): "\u{1}tag\u{1}\(tag)"
      }
    let key = place.key
    return RecordKey(kind: configurationKind, name: "\(key.tenant)\u{1}\(key.group)\u{1}\(key.dataID)\(variant)")
  }

  private static func text(_ value: some Encodable) throws(RegistryError) -> String {
    do {
      return String(decoding: try JSONCoding.encode(value), as: UTF8.self)
    } catch {
      throw .storeFailed(error.reason)
    }
  }
}
