/// The tables of `registry.db`. Each row ends with a digest of the columns before it (`RowDigest`). Maps and what only
/// few rows have stand there as JSON, the rest in columns of its own; times are milliseconds since 1970.
enum Schema {
  /// "MUST" in ASCII.
  static let migrations = SQLiteMigrations(applicationID: 0x4d55_5354, steps: [first, records])

  /// Never changed once released: a later format is a further step.
  private static let first = """
    CREATE TABLE progress (
      id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
      revision INTEGER NOT NULL, journal_rows INTEGER NOT NULL, journal_bytes INTEGER NOT NULL, digest INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE switches (
      id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), entries TEXT NOT NULL, digest INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE namespace (
      id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, about TEXT NOT NULL, created_at INTEGER NOT NULL,
      digest INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE service (
      namespace TEXT NOT NULL, name TEXT NOT NULL,
      declared INTEGER NOT NULL, protect_threshold REAL NOT NULL, metadata TEXT, selector TEXT,
      created_at INTEGER NOT NULL, digest INTEGER NOT NULL,
      PRIMARY KEY (namespace, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE cluster (
      namespace TEXT NOT NULL, service TEXT NOT NULL, name TEXT NOT NULL,
      checker TEXT NOT NULL, check_port INTEGER NOT NULL, uses_instance_port INTEGER NOT NULL, metadata TEXT,
      digest INTEGER NOT NULL,
      PRIMARY KEY (namespace, service, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE instance (
      namespace TEXT NOT NULL, service TEXT NOT NULL, cluster TEXT NOT NULL, ip TEXT NOT NULL, port INTEGER NOT NULL,
      weight REAL NOT NULL, enabled INTEGER NOT NULL, healthy INTEGER NOT NULL, metadata TEXT, app TEXT, number INTEGER,
      registered_at INTEGER NOT NULL, health_changed_at INTEGER NOT NULL, overlay TEXT, mark TEXT,
      digest INTEGER NOT NULL,
      PRIMARY KEY (namespace, service, cluster, ip, port)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE note (
      namespace TEXT NOT NULL, service TEXT NOT NULL, cluster TEXT NOT NULL, ip TEXT NOT NULL, port INTEGER NOT NULL,
      overlay TEXT, mark TEXT, digest INTEGER NOT NULL,
      PRIMARY KEY (namespace, service, cluster, ip, port)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE journal (
      revision INTEGER NOT NULL, position INTEGER NOT NULL,
      at INTEGER NOT NULL, origin TEXT NOT NULL, who TEXT NOT NULL, agent TEXT, reason TEXT,
      kind TEXT NOT NULL, namespace TEXT NOT NULL, service TEXT NOT NULL, target TEXT NOT NULL, cause TEXT,
      before TEXT, after TEXT, bytes INTEGER NOT NULL, digest INTEGER NOT NULL,
      PRIMARY KEY (revision, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE damaged (
      found_at INTEGER NOT NULL, source TEXT NOT NULL, why TEXT NOT NULL, row TEXT NOT NULL
    ) STRICT;
    """

  /// Records are read whole, as the tables before them; documents are long and looked up by their index.
  private static let records = """
    CREATE TABLE record (
      kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, digest INTEGER NOT NULL, PRIMARY KEY (kind, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE document (
      kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, digest INTEGER NOT NULL, PRIMARY KEY (kind, name)
    ) STRICT;
    """
}
