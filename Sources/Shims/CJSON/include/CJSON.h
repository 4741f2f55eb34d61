#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A text that simdjson has read. It owns all that its values point at.
typedef struct cjson_document cjson_document;

/// A place in a document; valid while the document is.
typedef struct cjson_value {
  const void *document;
  size_t index;
} cjson_value;

/// Walks the elements of an array or the members of an object.
typedef struct cjson_cursor {
  cjson_value here;
  size_t end;
  bool is_object;
} cjson_cursor;

typedef enum cjson_kind {
  CJSON_NULL,
  CJSON_BOOL,
  CJSON_INT64,
  CJSON_UINT64,
  CJSON_DOUBLE,
  CJSON_STRING,
  CJSON_ARRAY,
  CJSON_OBJECT,
} cjson_kind;

/// Reads one JSON text, UTF-8, at most `depth` containers deep. NULL when it is none: `*reason` is then a constant text.
/// A small document's memory is kept by the thread that closes it, for the next one that this thread opens.
cjson_document *cjson_open(const uint8_t *bytes, size_t count, size_t depth, const char **reason);
void cjson_close(cjson_document *document);
cjson_value cjson_root(const cjson_document *document);

cjson_kind cjson_kind_of(cjson_value value);
/// Each of these is called on a value of its kind; on another one it answers nothing: 0, false, an empty text.
bool cjson_bool(cjson_value value);
int64_t cjson_int64(cjson_value value);
uint64_t cjson_uint64(cjson_value value);
double cjson_double(cjson_value value);
const char *cjson_string(cjson_value value, size_t *count);

/// The first member named so; false when there is none or the value is no object.
bool cjson_member(cjson_value object, const char *name, size_t count, cjson_value *member);
/// At the first element or member; past the end at once for a value that has none.
cjson_cursor cjson_begin(cjson_value container);
/// Gives the element, or the member with its name, and moves on; false past the end.
bool cjson_next(cjson_cursor *cursor, const char **name, size_t *name_count, cjson_value *value);

#ifdef __cplusplus
}
#endif
