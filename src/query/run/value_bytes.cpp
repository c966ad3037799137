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

Measure measure(const Value& value, std::size_t most) {
  Measure out{own_bytes(value), false};
  if (!is_container(value)) return out;
  std::vector<std::pair<const Value*, std::size_t>> open = {{&value, 1}};
  const auto visit = [&](const Value& item, std::size_t depth) {
    out.bytes += own_bytes(item);
    if (is_container(item)) open.emplace_back(&item, depth + 1);
  };
  while (!open.empty() && out.bytes <= most) {
    const auto [holder, depth] = open.back();
    open.pop_back();
    out.is_too_deep = out.is_too_deep || depth > kMaxValueDepth;
    if (holder->kind() == ValueKind::list) {
      for (const auto& item : holder->as_list()) visit(item, depth);
    } else {
      for (const auto& [key, item] : holder->as_map()) visit(item, depth);
    }
  }
  return out;
}

}  // namespace

std::size_t value_bytes(const Value& value, std::size_t most) { return measure(value, most).bytes; }

std::size_t check_value(const Value& value, std::size_t most) {
  const auto [bytes, is_too_deep] = measure(value, most);
  if (bytes > most) throw Error(ErrorCode::limit, "a value of more than " + std::to_string(most) + " bytes; raise max_memory");
  if (is_too_deep) throw Error(ErrorCode::limit, "a value nested deeper than " + std::to_string(kMaxValueDepth) + " lists and maps");
  return bytes;
}

}  // namespace policygraph::inline v0::detail::query
