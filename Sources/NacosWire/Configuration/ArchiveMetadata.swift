/// The text in an archive of configurations that says what their files do not.
enum ArchiveMetadata {
  /// `group.dataId.app=…`, a line for each that has an app. Nil where none has.
  static func formerText(of items: [ConfigurationArchive.Item]) -> String? {
    let lines = items.compactMap { item -> String? in
      guard let app = item.app, !app.isBlank else { return nil }
      return "\(formerName(group: item.group, dataID: item.dataID))=\(app)\r\n"
    }
    return lines.isEmpty ? nil : lines.joined()
  }

  /// The name of an app's line: of the last dot in a `dataId` a tilde is made.
  static func formerName(group: String, dataID: String) -> String {
    guard let dot = dataID.lastIndex(of: ".") else { return "\(group).\(dataID).app" }
    return "\(group).\(dataID[..<dot])~\(dataID[dataID.index(after: dot)...]).app"
  }

  static func formerApps(_ text: String) throws(ConfigurationArchive.Problem) -> [String: String] {
    var apps: [String: String] = [:]
    // As Java splits: nothing at all is one line that is wrong.
    var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline || $0 == "|" }.map(String.init)
    while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines where !line.isEmpty || lines.count == 1 {
      let pieces = line.javaSplit("=")
      guard pieces.count == 2 else { throw .illegalMetadata }
      apps[pieces[0]] = pieces[1]
    }
    return apps
  }

  /// A list in YAML, its members in the order of their names.
  static func text(of items: [ConfigurationArchive.Item]) -> String {
    if items.isEmpty { return "metadata: []\n" }
    var text = "metadata:\n"
    for item in items {
      let members = [
        ("appName", item.app), ("dataId", item.dataID), ("desc", item.about), ("group", item.group), ("type", item.type),
      ]
      var lead = "- "
      for (name, value) in members {
        guard let value else { continue }
        text += "\(lead)\(name): \(YAMLList.scalar(value))\n"
        lead = "  "
      }
    }
    return text
  }

  /// Those that a list tells of, without their contents.
  static func items(_ text: String) throws(ConfigurationArchive.Problem) -> [ConfigurationArchive.Item] {
    guard let maps = YAMLList.read(text, under: "metadata"), !maps.isEmpty else { throw .illegalMetadata }
    var items: [ConfigurationArchive.Item] = []
    for map in maps {
      guard let group = map["group"], let dataID = map["dataId"], let type = map["type"],
        ![group, dataID, type].contains(where: \.isBlank)
      else { throw .illegalMetadata }
      items.append(
        ConfigurationArchive.Item(
          group: group, dataID: dataID, content: "", app: map["appName"], type: type, about: map["desc"]))
    }
    return items
  }
}
