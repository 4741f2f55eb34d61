/// A configuration that is to be copied, and under what name (naming-client-v1 3.2).
public struct CopyWish: Hashable, Sendable {
  public var id: Int64
  /// Nil keeps the one it has.
  public var group: String?
  public var dataID: String?

  init(id: Int64, group: String? = nil, dataID: String? = nil) {
    self.id = id
    self.group = group
    self.dataID = dataID
  }

  /// Reads `[{"cfgId":1,"group":"g","dataId":"d"}]`.
  public static func read(_ body: UnsafeRawBufferPointer, most: Int) throws(Refusal) -> [CopyWish] {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONDocument(body).root
    } catch {
      throw .illegal("the body is not JSON: \(error.reason)")
    }
    guard root.kind == .array else { throw .illegal("the body is not a JSON array") }
    var wishes: [CopyWish] = []
    for element in root.elements where !element.isNull {
      guard wishes.count < most else { throw .illegal("more than \(most) ids") }
      guard element.kind == .object, let id = element["cfgId"]?.asText.flatMap({ Int64($0) }) else {
        throw .illegal("a copy without a cfgId")
      }
      wishes.append(CopyWish(id: id, group: name(element["group"]), dataID: name(element["dataId"])))
    }
    return wishes
  }

  private static func name(_ value: JSONValue?) -> String? { value?.asText.flatMap { $0.isBlank ? nil : $0 } }
}
