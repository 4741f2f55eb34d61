#include "CJSON.h"

#include <simdjson.h>

#include <cstring>
#include <memory>
#include <new>
#include <type_traits>

using simdjson::dom::element;

struct cjson_document {
  simdjson::dom::parser parser;
  element root;
  size_t depth = 0;
};

namespace {

// Memory that a large text needed is not kept: simdjson takes some ten times the text.
constexpr size_t kept_bytes = 64 * 1024;
thread_local std::unique_ptr<cjson_document> kept;

// A place in a document is one pointer and one index on either side.
static_assert(sizeof(element) == sizeof(cjson_value) && std::is_trivially_copyable_v<element>);
static_assert(sizeof(simdjson::dom::array::iterator) == sizeof(cjson_value));
static_assert(sizeof(simdjson::dom::object::iterator) == sizeof(cjson_value));

template <typename To, typename From> To as(const From &from) {
  To to;
  std::memcpy(static_cast<void *>(&to), &from, sizeof to);
  return to;
}

template <typename Value, typename From> Value get(From value) {
  Value result{};
  if (as<element>(value).get(result) != simdjson::SUCCESS) return Value{};
  return result;
}

}  // namespace

cjson_document *cjson_open(const uint8_t *bytes, size_t count, size_t depth, const char **reason) {
  std::unique_ptr<cjson_document> document = std::move(kept);
  if (!document || document->depth != depth) {
    document.reset(new (std::nothrow) cjson_document);
    if (!document || document->parser.allocate(1024, depth) != simdjson::SUCCESS) {
      *reason = "no memory";
      return nullptr;
    }
    document->depth = depth;
  }
  auto error = document->parser.parse(bytes, count).get(document->root);
  if (error == simdjson::SUCCESS) return document.release();
  *reason = simdjson::error_message(error);
  cjson_close(document.release());
  return nullptr;
}

void cjson_close(cjson_document *document) {
  std::unique_ptr<cjson_document> closed(document);
  if (closed && closed->parser.capacity() <= kept_bytes && !kept) kept = std::move(closed);
}

cjson_value cjson_root(const cjson_document *document) { return as<cjson_value>(document->root); }

cjson_kind cjson_kind_of(cjson_value value) {
  switch (as<element>(value).type()) {
    case simdjson::dom::element_type::ARRAY: return CJSON_ARRAY;
    case simdjson::dom::element_type::OBJECT: return CJSON_OBJECT;
    case simdjson::dom::element_type::INT64: return CJSON_INT64;
    case simdjson::dom::element_type::UINT64: return CJSON_UINT64;
    case simdjson::dom::element_type::DOUBLE: return CJSON_DOUBLE;
    case simdjson::dom::element_type::STRING: return CJSON_STRING;
    case simdjson::dom::element_type::BOOL: return CJSON_BOOL;
    case simdjson::dom::element_type::NULL_VALUE: return CJSON_NULL;
  }
  return CJSON_NULL;
}

bool cjson_bool(cjson_value value) { return get<bool>(value); }
int64_t cjson_int64(cjson_value value) { return get<int64_t>(value); }
uint64_t cjson_uint64(cjson_value value) { return get<uint64_t>(value); }
double cjson_double(cjson_value value) { return get<double>(value); }

const char *cjson_string(cjson_value value, size_t *count) {
  auto text = get<std::string_view>(value);
  *count = text.size();
  return text.data();
}

bool cjson_member(cjson_value object, const char *name, size_t count, cjson_value *member) {
  simdjson::dom::object members;
  element found;
  if (as<element>(object).get(members) != simdjson::SUCCESS) return false;
  if (members.at_key(std::string_view(name, count)).get(found) != simdjson::SUCCESS) return false;
  *member = as<cjson_value>(found);
  return true;
}

cjson_cursor cjson_begin(cjson_value container) {
  cjson_cursor cursor{container, container.index, false};
  simdjson::dom::array elements;
  simdjson::dom::object members;
  if (as<element>(container).get(elements) == simdjson::SUCCESS) {
    cursor.here = as<cjson_value>(elements.begin());
    cursor.end = as<cjson_value>(elements.end()).index;
  } else if (as<element>(container).get(members) == simdjson::SUCCESS) {
    cursor.here = as<cjson_value>(members.begin());
    cursor.end = as<cjson_value>(members.end()).index;
    cursor.is_object = true;
  }
  return cursor;
}

bool cjson_next(cjson_cursor *cursor, const char **name, size_t *name_count, cjson_value *value) {
  if (cursor->here.index >= cursor->end) return false;
  if (cursor->is_object) {
    auto member = as<simdjson::dom::object::iterator>(cursor->here);
    auto key = member.key();
    *name = key.data();
    *name_count = key.size();
    *value = as<cjson_value>(member.value());
    cursor->here = as<cjson_value>(++member);
  } else {
    auto item = as<simdjson::dom::array::iterator>(cursor->here);
    *value = as<cjson_value>(*item);
    cursor->here = as<cjson_value>(++item);
  }
  return true;
}
