// Hostile input can reach states that Beast asserts against (a last chunk that arrives in pieces) and then handles well.
#define BOOST_DISABLE_ASSERTS 1
#define BOOST_BEAST_HEADER_ONLY 1
#include "CHTTPParser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <vector>

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::iequals;
using boost::beast::string_view;

namespace {

struct Piece {
  size_t start = 0;
  size_t count = 0;
};

struct HeaderLine {
  Piece name;
  Piece value;
};

/// What has been read of a request: one run of bytes, and where its parts lie in it.
struct Message {
  std::string text;
  std::vector<HeaderLine> lines;
  chttp_limits limits{};
  size_t head_taken = 0;
  int32_t method = CHTTP_METHOD_OTHER;
  Piece target;
  size_t body_start = 0;
  bool is_http_1_0 = false;
  bool has_started_body = false;
  bool expects_continue = false;
  /// The status of a refusal that Beast has no error for.
  int32_t refusal = 0;

  Piece keep(string_view part) {
    Piece piece{text.size(), part.size()};
    text.append(part.data(), part.size());
    return piece;
  }

  chttp_bytes view(Piece piece) const {
    return {reinterpret_cast<const uint8_t *>(text.data()) + piece.start, piece.count};
  }

  void begin(chttp_limits new_limits) {
    text.clear();
    lines.clear();
    limits = new_limits;
    head_taken = 0;
    method = CHTTP_METHOD_OTHER;
    target = {};
    body_start = 0;
    is_http_1_0 = has_started_body = expects_continue = false;
    refusal = 0;
  }
};

int32_t method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get: return CHTTP_METHOD_GET;
    case http::verb::head: return CHTTP_METHOD_HEAD;
    case http::verb::post: return CHTTP_METHOD_POST;
    case http::verb::put: return CHTTP_METHOD_PUT;
    case http::verb::delete_: return CHTTP_METHOD_DELETE;
    case http::verb::patch: return CHTTP_METHOD_PATCH;
    case http::verb::options: return CHTTP_METHOD_OPTIONS;
    case http::verb::connect: return CHTTP_METHOD_CONNECT;
    case http::verb::trace: return CHTTP_METHOD_TRACE;
    default: return CHTTP_METHOD_OTHER;
  }
}

class Reader final : public http::basic_parser<true> {
 public:
  explicit Reader(Message &message) : message_(message) {
    header_limit(message.limits.head_bytes);
    body_limit(0);
    eager(true);
  }

 private:
  Message &message_;
  size_t header_lines_ = 0;
  size_t extension_bytes_ = 0;
  int hosts_ = 0;
  bool has_length_ = false;

  void refuse(int32_t status, error_code &error) {
    message_.refusal = status;
    error = http::error::bad_value;
  }

  void on_request_impl(http::verb verb, string_view, string_view target, int version, error_code &) override {
    message_.method = method_of(verb);
    message_.is_http_1_0 = version == 10;
    message_.target = message_.keep(target);
    body_limit(message_.limits.body_bytes(message_.limits.context, message_.view(message_.target)));
  }

  void on_response_impl(int, string_view, int, error_code &) override {}

  void on_field_impl(http::field field, string_view name, string_view value, error_code &error) override {
    if (header_lines_++ == message_.limits.header_lines) {
      error = http::error::header_limit;
      return;
    }
    // Trailers are read and forgotten: RFC 9110, 6.5.1.
    if (message_.has_started_body) return;
    check(field, value, error);
    if (!error) message_.lines.push_back({message_.keep(name), message_.keep(value)});
  }

  /// What RFC 9112 leaves to the server, and what makes two readers of one request disagree on where it ends.
  void check(http::field field, string_view value, error_code &error) {
    switch (field) {
      case http::field::host:
        hosts_ += 1;
        break;
      case http::field::content_length:
        if (has_length_ || !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
          error = http::error::bad_content_length;
        has_length_ = true;
        break;
      case http::field::transfer_encoding:
        if (message_.is_http_1_0) error = http::error::bad_transfer_encoding;
        else if (!iequals(value, "chunked")) refuse(501, error);
        break;
      case http::field::expect:
        if (message_.is_http_1_0) break;
        if (!iequals(value, "100-continue")) refuse(417, error);
        message_.expects_continue = true;
        break;
      default:
        break;
    }
  }

  void on_header_impl(error_code &error) override {
    // RFC 9112, 3.2: exactly one Host; HTTP/1.0 knew none.
    if (hosts_ > 1 || (hosts_ == 0 && !message_.is_http_1_0)) error = http::error::bad_field;
    message_.body_start = message_.text.size();
    message_.has_started_body = true;
  }

  void on_body_init_impl(boost::optional<std::uint64_t> const &, error_code &) override {}

  std::size_t on_body_impl(string_view body, error_code &) override {
    message_.text.append(body.data(), body.size());
    return body.size();
  }

  void on_chunk_header_impl(std::uint64_t, string_view extension, error_code &error) override {
    // Extensions may not carry more than the body they come with is worth.
    extension_bytes_ += extension.size();
    if (extension_bytes_ > message_.limits.head_bytes) error = http::error::bad_chunk_extension;
  }

  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code &error) override {
    return on_body_impl(body, error);
  }

  void on_finish_impl(error_code &) override {}
};

bool has_line_end(const uint8_t *bytes, size_t count) { return std::memchr(bytes, '\n', count) != nullptr; }

/// Whether the first line ends in a version that is well formed, yet is none that we speak.
bool names_other_version(const uint8_t *bytes, size_t count) {
  auto end = static_cast<const uint8_t *>(std::memchr(bytes, '\r', count));
  if (!end || end - bytes < 9) return false;
  auto version = reinterpret_cast<const char *>(end) - 8;
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  bool is_version = std::memcmp(version, "HTTP/", 5) == 0 && is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
  bool is_ours = version[5] == '1' && (version[7] == '0' || version[7] == '1');
  return is_version && !is_ours;
}

int32_t status_of(const Message &message, error_code error, const uint8_t *bytes, size_t count) {
  if (message.refusal) return message.refusal;
  if (error == http::error::body_limit) return 413;
  if (error == http::error::header_limit) return has_line_end(bytes, count) || message.head_taken > 0 ? 431 : 414;
  if (error == http::error::bad_version && names_other_version(bytes, count)) return 505;
  return 400;
}

/// RFC 9112, 2.2: empty lines before a request are passed over.
size_t leading_empty_lines(const uint8_t *bytes, size_t count) {
  size_t skipped = 0;
  while (count - skipped >= 2 && bytes[skipped] == '\r' && bytes[skipped + 1] == '\n') skipped += 2;
  return skipped;
}

}  // namespace

struct chttp_parser {
  Message message;
  std::optional<Reader> reader;
};

chttp_parser *chttp_parser_create(void) { return new (std::nothrow) chttp_parser; }

void chttp_parser_destroy(chttp_parser *parser) { delete parser; }

void chttp_parser_begin(chttp_parser *parser, chttp_limits limits) {
  parser->message.begin(limits);
  parser->reader.emplace(parser->message);
}

void chttp_parser_end(chttp_parser *parser) {
  constexpr size_t worth_keeping = 64 * 1024;
  if (parser->message.text.capacity() > worth_keeping) std::string().swap(parser->message.text);
}

int32_t chttp_parser_put(chttp_parser *parser, const uint8_t *bytes, size_t count, size_t *consumed) {
  Reader &reader = *parser->reader;
  Message &message = parser->message;
  size_t limit = message.limits.head_bytes;
  size_t taken = 0;
  if (!reader.got_some()) {
    taken = leading_empty_lines(bytes, count);
    message.head_taken += taken;
    *consumed = taken;
    if (count - taken == 1 && bytes[taken] == '\r') return message.head_taken < limit ? CHTTP_NEEDS_MORE : 400;
  }
  *consumed = taken;
  while (taken < count) {
    // Beast limits what it is given at once; the whole head may not be larger either.
    bool in_head = !reader.is_header_done();
    size_t offered = count - taken;
    size_t given = in_head ? std::min(offered, limit - std::min(message.head_taken, limit)) : offered;
    error_code error;
    size_t used = given ? reader.put(boost::asio::const_buffer(bytes + taken, given), error) : 0;
    if (error && error != http::error::need_more) return status_of(message, error, bytes + taken, given);
    taken += used;
    *consumed = taken;
    if (in_head) message.head_taken += used;
    if (reader.is_done()) return CHTTP_COMPLETE;
    if (!reader.is_header_done()) {
      return given < offered ? status_of(message, http::error::header_limit, bytes, count) : CHTTP_NEEDS_MORE;
    }
    // What remains is the line of a chunk, or trailers; they have to end some time.
    if (used == 0 && !in_head) return offered > limit ? 400 : CHTTP_NEEDS_MORE;
  }
  return CHTTP_NEEDS_MORE;
}

bool chttp_parser_awaits_body(const chttp_parser *parser) { return parser->message.has_started_body; }

bool chttp_parser_take_expectation(chttp_parser *parser) {
  bool expects = parser->message.has_started_body && parser->message.expects_continue;
  if (expects) parser->message.expects_continue = false;
  return expects;
}

chttp_request chttp_parser_request(const chttp_parser *parser) {
  const Message &message = parser->message;
  chttp_request request;
  request.method = message.method;
  request.is_http_1_0 = message.is_http_1_0;
  request.keeps_alive = parser->reader->keep_alive();
  request.target = message.view(message.target);
  request.body = message.view({message.body_start, message.text.size() - message.body_start});
  return request;
}

chttp_bytes chttp_parser_header(const chttp_parser *parser, const uint8_t *name, size_t count) {
  const Message &message = parser->message;
  string_view wanted{reinterpret_cast<const char *>(name), count};
  for (const HeaderLine &line : message.lines) {
    if (iequals(string_view{message.text.data() + line.name.start, line.name.count}, wanted)) return message.view(line.value);
  }
  return {nullptr, 0};
}
