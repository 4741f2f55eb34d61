#pragma once
// Reads one HTTP/1 request at a time by Boost.Beast's basic_parser (RFC 9112), behind a C surface.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct chttp_parser chttp_parser;

/// Bytes that belong to the parser: valid until it is begun anew, ended or destroyed.
typedef struct {
  const uint8_t *start;
  size_t count;
} chttp_bytes;

enum : int32_t {
  CHTTP_METHOD_OTHER = 0,
  CHTTP_METHOD_GET,
  CHTTP_METHOD_HEAD,
  CHTTP_METHOD_POST,
  CHTTP_METHOD_PUT,
  CHTTP_METHOD_DELETE,
  CHTTP_METHOD_PATCH,
  CHTTP_METHOD_OPTIONS,
  CHTTP_METHOD_CONNECT,
  CHTTP_METHOD_TRACE,
};

/// What one request may cost.
typedef struct {
  uint32_t head_bytes;
  uint32_t header_lines;
  /// Asked once the request's target is known, with `context`.
  uint64_t (*body_bytes)(const void *context, chttp_bytes target);
  const void *context;
} chttp_limits;

/// A complete request.
typedef struct {
  int32_t method;
  bool is_http_1_0;
  bool keeps_alive;
  chttp_bytes target;
  chttp_bytes body;
} chttp_request;

/// What `chttp_parser_put` answers beside an HTTP status of 400 and above, with which the request is to be refused.
enum : int32_t { CHTTP_NEEDS_MORE = 0, CHTTP_COMPLETE = 1 };

/// Null when there is no memory.
chttp_parser *chttp_parser_create(void);
void chttp_parser_destroy(chttp_parser *parser);
/// Makes ready for a new request; nothing of the last one remains.
void chttp_parser_begin(chttp_parser *parser, chttp_limits limits);
/// The request has been dealt with: only a little memory is kept for the next one.
void chttp_parser_end(chttp_parser *parser);
/// Takes what it can of `bytes`. Those beyond `*consumed` are to be given again, followed by more.
int32_t chttp_parser_put(chttp_parser *parser, const uint8_t *bytes, size_t count, size_t *consumed);
/// The head has been read, the body is awaited.
bool chttp_parser_awaits_body(const chttp_parser *parser);
/// True once for a request that waits for `100 Continue` before it sends its body.
bool chttp_parser_take_expectation(chttp_parser *parser);
/// After `CHTTP_COMPLETE`.
chttp_request chttp_parser_request(const chttp_parser *parser);
/// The value of the first header line of that name, letter case ignored; a null `start` when there is none.
chttp_bytes chttp_parser_header(const chttp_parser *parser, const uint8_t *name, size_t count);

#ifdef __cplusplus
}
#endif
