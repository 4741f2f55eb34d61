#pragma once
#include <sqlite3.h>

/* What is bound here must stay where it is for as long as it is bound. An empty value may come without an address, and SQLite
   would bind NULL for it. */
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_text64(statement, index, bytes ? bytes : "", count, SQLITE_STATIC, SQLITE_UTF8);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_STATIC);
}

/* Result codes that are sums of others, which Swift cannot import. */
enum { CSQLITE_IOERR_FSYNC = SQLITE_IOERR_FSYNC, CSQLITE_IOERR_DIR_FSYNC = SQLITE_IOERR_DIR_FSYNC };
