/// Configurations as files in an archive (naming-client-v1 3.2): `group/dataId` each, beside them a text that says what no
/// file can. There are two kinds of that text, by which the two kinds of archives are told apart.
public struct ConfigurationArchive: Hashable, Sendable {
  public struct Item: Hashable, Sendable {
    public var group: String
    public var dataID: String
    public var content: String
    public var app: String?
    /// Nil where the archive does not say.
    public var type: String?
    public var about: String?

    public init(
      group: String, dataID: String, content: String, app: String? = nil, type: String? = nil, about: String? = nil
    ) {
      self.group = group
      self.dataID = dataID
      self.content = content
      self.app = app
      self.type = type
      self.about = about
    }
  }

  public enum Form: Hashable, Sendable {
    /// `.meta.yml`, which says of each that has one its app.
    case former
    /// `.metadata.yml`, which says of each its app, type and description.
    case current
  }

  public enum Problem: Error, Hashable, Sendable {
    case illegalMetadata
  }

  static let formerName = ".meta.yml"
  static let currentName = ".metadata.yml"

  public var items: [Item]
  /// Entries that are no configuration, in Nacos' words.
  public var unrecognized: [String] = []

  public init(_ items: [Item]) { self.items = items }

  /// Nil when they are too much for an archive.
  public func encoded(as form: Form) -> [UInt8]? {
    var archive = ZipArchive(
      items.map { ZipArchive.Entry(name: "\($0.group)/\($0.dataID)", bytes: Array($0.content.utf8)) })
    let metadata = form == .former ? ArchiveMetadata.formerText(of: items) : ArchiveMetadata.text(of: items)
    if let metadata {
      let name = form == .former ? Self.formerName : Self.currentName
      archive.entries.append(ZipArchive.Entry(name: name, bytes: Array(metadata.utf8)))
    }
    return archive.encoded()
  }

  /// What an archive holds, whichever kind it is of.
  public init(_ archive: ZipArchive) throws(Problem) {
    var files: [(name: String, text: String)] = []
    var metadata: (name: String, text: String)?
    for entry in archive.entries {
      let file = (name: entry.name, text: String(decoding: entry.bytes, as: UTF8.self))
      if metadata == nil, entry.name == Self.formerName || entry.name == Self.currentName {
        metadata = file
      } else {
        files.append(file)
      }
    }
    self.init([])
    if let metadata, metadata.name == Self.currentName {
      try take(files, metadata.text)
    } else {
      try take(files, former: metadata?.text)
    }
  }

  private mutating func take(_ files: [(name: String, text: String)], former metadata: String?) throws(Problem) {
    let apps = try metadata.map { text throws(Problem) in try ArchiveMetadata.formerApps(text) } ?? [:]
    for file in files {
      guard let (group, dataID) = Self.place(file.name) else {
        unrecognized.append(file.name)
        continue
      }
      let app = apps[ArchiveMetadata.formerName(group: group, dataID: dataID)]
      items.append(Item(group: group, dataID: dataID, content: file.text, app: app))
    }
  }

  /// Here the metadata decides what there is.
  private mutating func take(_ files: [(name: String, text: String)], _ metadata: String) throws(Problem) {
    let told = try ArchiveMetadata.items(metadata)
    let known = Set(told.map { "\($0.group)/\($0.dataID)" })
    var contents: [String: String] = [:]
    for file in files {
      guard let (group, dataID) = Self.place(file.name) else {
        unrecognized.append(file.name)
        continue
      }
      let name = "\(group)/\(dataID)"
      if known.contains(name) { contents[name] = file.text } else { unrecognized.append("未在元数据中找到: \(file.name)") }
    }
    for item in told {
      let name = "\(item.group)/\(item.dataID)"
      guard let content = contents[name] else {
        unrecognized.append("未在文件中找到: \(name)")
        continue
      }
      var item = item
      item.content = content
      items.append(item)
    }
  }

  private static func place(_ name: String) -> (group: String, dataID: String)? {
    let pieces = name.javaSplit("/")
    return pieces.count == 2 ? (pieces[0], pieces[1]) : nil
  }
}
