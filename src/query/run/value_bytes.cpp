#include "query/run/value_bytes.hpp"

#include <string>
#include <utility>
#include <vector>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

bool is_container(const Value& value) { return value.kind() == ValueKind::list || value.kind() == ValueKind::map; }

// Of the value without what a list or a map holds.
std::size_t own_bytes(const Value& value) {
  switch (value.kind()) {
    case ValueKind::string: return sizeof(Value) + (value.as_string().size() > 15 ? value.as_string().size() : 0);
    case ValueKind::list: return sizeof(Value) + 48;
    case ValueKind::map: return sizeof(Value) + 48 + value.as_map().size() * 64;
    case ValueKind::path: return sizeof(Value) + 48 + value.as_path().nodes.size() * 16;
    default: return sizeof(Value);
  }
}

struct Measure {
  std::size_t bytes = 0;
  bool is_too_deep = false;
};

// A list or a map, and how far it is walked.
struct Opened {
  const Value* holder;
  std::size_t next = 0;
  ValueMap::const_iterator entry{};

  explicit Opened(const Value& value) : holder(&value) {
    if (value.kind() == ValueKind::map) entry = value.as_map().begin();
  }
  const Value* take() {
    if (holder->kind() == ValueKind::list) return next < holder->as_list().size() ? &holder->as_list()[next++] : nullptr;
    return entry == holder->as_map().end() ? nullptr : &(entry++)->second;
  }
};

Measure measure(const Value& value, std::size_t most, Limits* limits) {
  Measure out{own_bytes(value), false};
  if (!is_container(value)) return out;
  std::vector<Opened> open = {Opened(value)};
  while (!open.empty() && out.bytes <= most && !out.is_too_deep) {
    const auto* const item = open.back().take();
    if (item == nullptr) {
      open.pop_back();
      continue;
    }
    if (limits != nullptr) limits->step();
    out.bytes += own_bytes(*item);
    if (is_container(*item)) open.emplace_back(*item);
    out.is_too_deep = open.size() > kMaxValueDepth;
  }
  return out;
}

}  // namespace

std::size_t value_bytes(const Value& value, std::size_t most, Limits* limits) {
  return is_container(value) ? measure(value, most, limits).bytes : own_bytes(value);
}

std::size_t long_bytes(const Value& value, Limits& limits) {
  constexpr std::size_t kShort = 256;
  switch (value.kind()) {
    case ValueKind::string: return value.as_string().size() > kShort ? own_bytes(value) : 0;
    case ValueKind::list:
    case ValueKind::map: return measure(value, ~std::size_t{0}, &limits).bytes;
    case ValueKind::path: return own_bytes(value);
    default: return 0;
  }
}

std::size_t check_value(const Value& value, std::size_t most, Limits* limits) {
  const auto [bytes, is_too_deep] = measure(value, most, limits);
  if (bytes > most) throw Error(ErrorCode::limit, "a value of more than " + std::to_string(most) + " bytes; raise max_memory");
  if (is_too_deep) throw Error(ErrorCode::limit, "a value nested deeper than " + std::to_string(kMaxValueDepth) + " lists and maps");
  return bytes;
}

}  // namespace policygraph::inline v0::detail::query
