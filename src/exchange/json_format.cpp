#include "exchange/json_format.hpp"

#include <cerrno>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "exchange/json_out.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

std::vector<std::string> labels_of(const Snapshot& snapshot, NodeKey mention) {
  std::vector<std::string> labels;
  if (const auto row = snapshot.find(mention))
    for (const auto label : snapshot.label_names(*row)) labels.emplace_back(label);
  return labels;
}

bool is_plain(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null:
    case ValueKind::boolean:
    case ValueKind::integer:
    case ValueKind::string: return true;
    case ValueKind::floating: return std::isfinite(value.as_double());
    case ValueKind::list:
      for (const auto& item : value.as_list())
        if (item.kind() == ValueKind::list || item.kind() == ValueKind::map || !is_plain(item)) return false;
      return true;
    default: return false;
  }
}

}  // namespace

Value plain(const Value& value) {
  if (is_plain(value)) return value;
  const auto text = value_text(value);
  return text.size() >= 2 && text.front() == '"' ? Value(std::string_view(text).substr(1, text.size() - 2)) : Value();
}

bool reads_back(const Snapshot& snapshot, const Assertion& assertion, bool is_node) {
  if (is_plain(assertion.value)) return true;
  if (!is_node || snapshot.schema().is_open()) return false;
  const auto labels = labels_of(snapshot, assertion.subject);
  return snapshot.schema().coerced(labels, assertion.name, plain(assertion.value)) == assertion.value;
}

std::string rules_to_write(const Schema& schema) {
  auto rules = schema.to_json();
  const auto is_it = [&](const Schema& known) { return schema.name() == known.name() && rules == known.to_json(); };
  return is_it(Schema::policy()) || is_it(Schema::open()) ? std::string() : rules;
}

void write_whole(const std::string& path, const std::function<void(std::ostream&)>& write) {
  const auto partial = path + ".partial";
  {
    std::ofstream out(partial, std::ios::binary | std::ios::trunc);
    if (!out) throw Error(ErrorCode::io, "cannot write '" + path + "': " + std::generic_category().message(errno));
    try {
      write(out);
      out.close();
    } catch (...) {
      std::error_code ignored;
      std::filesystem::remove(partial, ignored);
      throw;
    }
    if (!out) throw Error(ErrorCode::io, "cannot write '" + partial + "'; is the disk full?");
  }
  std::error_code error;
  std::filesystem::rename(partial, path, error);
  if (error) throw Error(ErrorCode::io, "cannot rename '" + partial + "' to '" + path + "': " + error.message());
}

}  // namespace policygraph::inline v0::detail::exchange
