import NacosWire
import RegistryModel

extension AccessEvent: StoredJSON {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("kind", kind.rawValue)
    writer.member("subject", subject)
    writer.member("detail", detail)
    writer.member("address", address)
    writer.endObject()
  }

  init?(json: JSONValue) {
    guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)), let subject = json["subject"]?.string,
      let detail = json["detail"]?.string, let address = json["address"]?.string
    else { return nil }
    self.init(kind, subject: subject, detail: detail, address: address)
  }
}
