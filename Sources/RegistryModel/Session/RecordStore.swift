/// Names one record: what kind it is of, and which of that kind. Two texts are the same only where their bytes are.
public struct RecordKey: Sendable, Hashable {
  public var kind: String
  public var name: String

  public init(kind: String, name: String) {
    self.kind = kind
    self.name = name
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.kind.utf8.elementsEqual(right.kind.utf8) && left.name.utf8.elementsEqual(right.name.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    for byte in kind.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8(0xff))
    for byte in name.utf8 { hasher.combine(byte) }
  }
}

/// A text under a name, kept beside the catalogue.
public struct Record: Sendable, Hashable {
  public var key: RecordKey
  public var value: String

  public init(key: RecordKey, value: String) {
    self.key = key
    self.value = value
  }

  public init(kind: String, name: String, value: String) {
    self.init(key: RecordKey(kind: kind, name: name), value: value)
  }
}

/// One step of a write.
public enum RecordChange: Sendable, Hashable {
  /// Puts a record in, in place of the one with its key.
  case put(Record)
  /// Takes a record out; that there is none is no error.
  case remove(RecordKey)
  /// The same for a document: a text that is not read at the start but one by one, when somebody asks for it. Documents
  /// and records have separate names.
  case putDocument(Record)
  case removeDocument(RecordKey)
}

/// Where durable things live that are not of the catalogue: configuration, users. Each part of the program has kinds of
/// its own and alone writes them.
///
/// Records are read once, at the start: they are `StoredState.records`. A write is all or nothing, is stored in the
/// order in which it was given, together with whatever commits wait at that moment, and is answered once it is on disk
/// (reliability G2). What a part shows to others before that is its own to decide.
public protocol RecordStore: Sendable {
  /// Makes the changes in their order and calls `done` once they are on disk, or with the reason why they are not
  /// (`storeFailed`, `unavailable`; none of them was made then). `done` comes on a thread of the store's own, never
  /// before this returns or on the caller's thread, in the order of the writes. The caller never waits.
  func write(_ changes: [RecordChange], done: @escaping @Sendable (RegistryError?) -> Void)

  /// Reads a document after all that was written before; nil where there is none, or none that can be believed. `done`
  /// comes as for `write`.
  func document(_ key: RecordKey, done: @escaping @Sendable (Result<String?, RegistryError>) -> Void)
}

extension RecordStore {
  /// Makes the changes and returns once they are on disk.
  public func write(_ changes: [RecordChange]) async throws(RegistryError) {
    let failure: RegistryError? = await withCheckedContinuation { continuation in
      write(changes) { continuation.resume(returning: $0) }
    }
    if let failure { throw failure }
  }

  /// Reads a document; nil where there is none.
  public func document(_ key: RecordKey) async throws(RegistryError) -> String? {
    let result: Result<String?, RegistryError> = await withCheckedContinuation { continuation in
      document(key) { continuation.resume(returning: $0) }
    }
    return try result.get()
  }
}
