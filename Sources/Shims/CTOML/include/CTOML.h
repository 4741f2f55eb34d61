#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    CTOML_TABLE,
    CTOML_ARRAY,
    CTOML_END,
    CTOML_STRING,
    CTOML_INTEGER,
    CTOML_REAL,
    CTOML_BOOLEAN,
    CTOML_TIME,
} ctoml_kind;

/// One step of the walk through a document. Texts live until the call returns; lines and columns count from 1.
typedef struct {
    ctoml_kind kind;
    const char *key; /* NULL inside of an array and at the root */
    size_t key_length;
    const char *text; /* strings alone */
    size_t text_length;
    int64_t integer; /* integers, and booleans as 0 and 1 */
    double real;
    uint32_t line, column;
} ctoml_event;

typedef struct {
    uint32_t line, column;
    char message[256];
} ctoml_error;

typedef void (*ctoml_visitor)(void *context, const ctoml_event *event);

/// Parses a document and walks it, a table's or array's content between its event and the matching CTOML_END.
/// Returns 0, or -1 with `error` filled. Documents that nest too deeply are refused.
int ctoml_walk(const char *text, size_t length, void *context, ctoml_visitor visit, ctoml_error *error);

#ifdef __cplusplus
}
#endif
