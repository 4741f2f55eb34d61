#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include "CTOML.h"

#include <toml++/toml.h>

#include <cstdio>
#include <string_view>

namespace {

constexpr int deepest = 64;

struct Walk {
    void *context;
    ctoml_visitor visit;

    /// False when the document nests too deeply.
    bool node(const char *key, size_t key_length, const toml::node &value, int depth) {
        if (depth > deepest) return false;
        ctoml_event event{};
        event.kind = CTOML_TIME;
        event.key = key;
        event.key_length = key_length;
        event.line = value.source().begin.line;
        event.column = value.source().begin.column;
        if (const toml::table *table = value.as_table()) {
            event.kind = CTOML_TABLE;
            visit(context, &event);
            for (auto &&[name, child] : *table)
                if (!node(name.str().data(), name.str().size(), child, depth + 1)) return false;
            event.kind = CTOML_END;
        } else if (const toml::array *array = value.as_array()) {
            event.kind = CTOML_ARRAY;
            visit(context, &event);
            for (const toml::node &child : *array)
                if (!node(nullptr, 0, child, depth + 1)) return false;
            event.kind = CTOML_END;
        } else {
            scalar(value, event);
        }
        visit(context, &event);
        return true;
    }

    void scalar(const toml::node &value, ctoml_event &event) {
        if (auto string = value.as_string()) {
            event.kind = CTOML_STRING;
            event.text = string->get().data();
            event.text_length = string->get().size();
        } else if (auto integer = value.as_integer()) {
            event.kind = CTOML_INTEGER;
            event.integer = integer->get();
        } else if (auto real = value.as_floating_point()) {
            event.kind = CTOML_REAL;
            event.real = real->get();
        } else if (auto boolean = value.as_boolean()) {
            event.kind = CTOML_BOOLEAN;
            event.integer = boolean->get();
        }
    }
};

int fail(ctoml_error *error, toml::source_position at, std::string_view message) {
    error->line = at.line;
    error->column = at.column;
    std::snprintf(error->message, sizeof error->message, "%.*s", static_cast<int>(message.size()), message.data());
    return -1;
}

}  // namespace

extern "C" int ctoml_walk(const char *text, size_t length, void *context, ctoml_visitor visit, ctoml_error *error) {
    toml::parse_result result = toml::parse(std::string_view(text, length));
    if (!result) return fail(error, result.error().source().begin, result.error().description());
    Walk walk{context, visit};
    if (!walk.node(nullptr, 0, result.table(), 0)) return fail(error, {1, 1}, "nested too deeply");
    return 0;
}
