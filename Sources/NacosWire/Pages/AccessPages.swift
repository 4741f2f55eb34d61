/// Answers about logins, users, roles and permissions (naming-server-v1 1.12); nulls are written.
public enum AccessPages {
  /// What a login answers; `lifetime` is in seconds.
  public static func login(token: String, lifetime: Int, isAdministrator: Bool, user: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("accessToken", token)
    writer.member("tokenTtl", lifetime)
    writer.member("globalAdmin", isAdministrator)
    writer.member("username", user)
    writer.endObject()
    return writer.bytes
  }

  /// `RestResult` without data.
  public static func result(code: Int = 200, _ message: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("code", code)
    writer.member("message", message)
    writer.key("data")
    writer.null()
    writer.endObject()
    return writer.bytes
  }

  /// One page of a list whose items are objects of texts, with their members as given.
  /// - Parameters:
  ///   - page: counted from 1.
  ///   - size: more than nothing.
  public static func page(
    of items: some Sequence<[(name: StaticString, value: String)]>, total: Int, number page: Int, size: Int
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("totalCount", total)
    writer.member("pageNumber", page)
    writer.member("pagesAvailable", total / size + (total.isMultiple(of: size) ? 0 : 1))
    writer.key("pageItems")
    writer.beginArray()
    for item in items {
      writer.beginObject()
      for member in item { writer.member(member.name, member.value) }
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  public static func names(_ names: some Sequence<String>) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginArray()
    for name in names { writer.string(name) }
    writer.endArray()
    return writer.bytes
  }
}
