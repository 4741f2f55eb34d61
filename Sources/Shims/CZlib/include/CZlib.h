#pragma once
// What Swift cannot see of zlib: the calls that are macros.
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

/// The stream keeps its own address: it must stay where it is. False when there is no memory.
static inline bool czlib_begin_gzip(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;
}

/// Without a wrapping.
static inline bool czlib_begin_deflate(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) == Z_OK;
}

static inline bool czlib_begin_inflate(z_stream *stream) { return inflateInit2(stream, -15) == Z_OK; }

static inline bool czlib_begin_gunzip(z_stream *stream) { return inflateInit2(stream, 15 + 16) == Z_OK; }
