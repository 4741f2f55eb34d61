import NacosWire
import RegistryModel

extension Namespace: StoredJSON {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", id)
    writer.member("name", name)
    writer.member("about", about)
    writer.member("createdAt", createdAt.milliseconds)
    writer.endObject()
  }

  init?(json: JSONValue) {
    guard let id = json["id"]?.string, let name = json["name"]?.string, let about = json["about"]?.string,
      let createdAt = json["createdAt"]?.integer
    else { return nil }
    self.init(id: id, name: name, about: about, createdAt: WallTime(milliseconds: createdAt))
  }
}
