#include "kit_value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace policygraph::testing {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  KitValue run() {
    auto out = read();
    skip();
    if (at_ != text_.size()) fail();
    return out;
  }

 private:
  KitValue read() {
    skip();
    if (is("[:")) return read_edge();
    if (is("[")) return read_list();
    if (is("{")) return with_entries(KitValue::Kind::map);
    if (is("(")) return read_node();
    if (is("<")) return read_path();
    KitValue out;
    out.literal = is("'") ? Value(read_string()) : read_word();
    return out;
  }

  Value read_word() {
    const auto end = std::min(text_.find_first_of(",]})> ", at_), text_.size());
    const auto word = text_.substr(at_, end - at_);
    at_ = end;
    if (word == "null") return {};
    if (word == "true" || word == "false") return Value(word == "true");
    if (word == "NaN") return Value(std::numeric_limits<double>::quiet_NaN());
    if (word == "Inf" || word == "-Inf") return Value(word == "Inf" ? HUGE_VAL : -HUGE_VAL);
    const auto* const last = word.data() + word.size();
    std::int64_t integer = 0;
    if (const auto [stop, error] = std::from_chars(word.data(), last, integer); error == std::errc() && stop == last) return Value(integer);
    double floating = 0;
    if (const auto [stop, error] = std::from_chars(word.data(), last, floating); error == std::errc() && stop == last) return Value(floating);
    fail();
  }

  std::string read_string() {
    std::string out;
    for (++at_; at_ < text_.size() && text_[at_] != '\''; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '\'' || text_[at_ + 1] == '\\')) ++at_;
      out += text_[at_];
    }
    expect("'");
    return out;
  }

  KitValue read_list() {
    KitValue out;
    out.kind = KitValue::Kind::list;
    expect("[");
    for (skip(); !is("]"); skip()) {
      if (!out.items.empty()) expect(",");
      out.items.push_back(read());
    }
    expect("]");
    return out;
  }

  KitValue with_entries(KitValue::Kind kind) {
    KitValue out;
    out.kind = kind;
    expect("{");
    for (skip(); !is("}"); skip()) {
      if (!out.entries.empty()) expect(",");
      skip();
      auto key = read_name(":");
      expect(":");
      out.entries.push_back({std::move(key), read()});
    }
    expect("}");
    return out;
  }

  std::string read_name(std::string_view stops) {
    if (is("`")) {
      const auto end = text_.find('`', at_ + 1);
      if (end == std::string_view::npos) fail();
      std::string out(text_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      return out;
    }
    const auto end = std::min(text_.find_first_of(stops, at_), text_.size());
    std::string out(text_.substr(at_, end - at_));
    at_ = end;
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
  }

  // ":A:B {k: v}" up to the closing bracket.
  KitValue read_element(KitValue::Kind kind, std::string_view close) {
    std::vector<std::string> names;
    for (skip(); is(":"); skip()) {
      ++at_;
      names.push_back(read_name(":{)] "));
    }
    KitValue out;
    if (is("{")) out = with_entries(kind);
    out.kind = kind;
    out.names = std::move(names);
    skip();
    expect(close);
    return out;
  }

  KitValue read_node() {
    expect("(");
    return read_element(KitValue::Kind::node, ")");
  }
  KitValue read_edge() {
    expect("[");
    return read_element(KitValue::Kind::edge, "]");
  }

  KitValue read_path() {
    KitValue out;
    out.kind = KitValue::Kind::path;
    expect("<");
    out.items.push_back(read_node());
    while (!is(">")) {
      const bool is_backward = is("<-");
      expect(is_backward ? "<-" : "-");
      out.items.push_back(read_edge());
      expect(is_backward ? "-" : "->");
      out.is_forward.push_back(!is_backward);
      out.items.push_back(read_node());
    }
    expect(">");
    return out;
  }

  bool is(std::string_view token) const { return text_.substr(at_).starts_with(token); }
  void expect(std::string_view token) {
    if (!is(token)) fail();
    at_ += token.size();
  }
  void skip() { at_ = std::min(text_.find_first_not_of(' ', at_), text_.size()); }
  [[noreturn]] void fail() const {
    throw std::runtime_error("no value of the kit: '" + std::string(text_) + "' at " + std::to_string(at_));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string string_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' || c == '\\' ? std::string{'\\', c} : std::string{c};
  return out + "'";
}

std::string float_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Inf" : "-Inf";
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  std::string out(buffer, end);
  return out.find_first_of(".e") == std::string::npos ? out + ".0" : out;
}

std::string joined(std::vector<std::string> items, bool is_sorted) {
  if (is_sorted) std::sort(items.begin(), items.end());
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : ", ") + item;
  return out;
}

std::string element(std::vector<std::string> names, std::vector<std::string> properties) {
  std::sort(names.begin(), names.end());
  std::string out;
  for (const auto& name : names) out += ":" + name;
  if (!properties.empty()) out += (out.empty() ? "{" : " {") + joined(std::move(properties), true) + "}";
  return out;
}

std::string arrow(const std::string& edge, bool is_forward) { return is_forward ? "-" + edge + "->" : "<-" + edge + "-"; }

std::vector<std::string> entries_of(const KitValue& value, bool is_bag) {
  std::vector<std::string> out;
  for (const auto& [key, item] : value.entries) out.push_back(key + ": " + canonical(item, is_bag));
  return out;
}

template <class Row>
std::vector<std::string> properties_of(Row row, const Snapshot& snapshot, bool is_bag) {
  std::vector<std::string> out;
  for (const auto property : snapshot.properties(row)) {
    out.push_back(std::string(snapshot.name(property)) + ": " + canonical(snapshot.value(row, property), snapshot, is_bag));
  }
  return out;
}

std::string node_text(NodeKey key, const Snapshot& snapshot, bool is_bag) {
  const auto row = snapshot.find(key);
  if (!row) return "(deleted)";
  const auto labels = snapshot.label_names(*row);
  return "(" + element({labels.begin(), labels.end()}, properties_of(*row, snapshot, is_bag)) + ")";
}

std::string edge_text(EdgeKey key, const Snapshot& snapshot, bool is_bag) {
  const auto row = snapshot.find(key);
  if (!row) return "[deleted]";
  return "[" + element({std::string(snapshot.name(snapshot.type(*row)))}, properties_of(*row, snapshot, is_bag)) + "]";
}

std::string path_text(const Path& path, const Snapshot& snapshot, bool is_bag) {
  std::string out = "<" + node_text(path.nodes.at(0), snapshot, is_bag);
  for (std::size_t i = 0; i < path.edges.size(); ++i) {
    const auto row = snapshot.find(path.edges[i]);
    const bool is_forward = row && snapshot.key(snapshot.source(*row)) == path.nodes[i];
    out += arrow(edge_text(path.edges[i], snapshot, is_bag), is_forward) + node_text(path.nodes.at(i + 1), snapshot, is_bag);
  }
  return out + ">";
}

std::string literal_text(const Value& value) {
  switch (value.kind()) {
    case ValueKind::floating: return float_text(value.as_double());
    case ValueKind::string: return string_text(value.as_string());
    case ValueKind::date: return string_text(to_string(value.as_date()));
    case ValueKind::local_time: return string_text(to_string(value.as_local_time()));
    case ValueKind::time: return string_text(to_string(value.as_time()));
    case ValueKind::local_date_time: return string_text(to_string(value.as_local_date_time()));
    case ValueKind::date_time: return string_text(to_string(value.as_date_time()));
    case ValueKind::duration: return string_text(to_string(value.as_duration()));
    default: return value.to_string();
  }
}

}  // namespace

KitValue read_kit_value(std::string_view text) { return Reader(text).run(); }

Value to_value(const KitValue& value) {
  if (value.kind == KitValue::Kind::literal) return value.literal;
  if (value.kind == KitValue::Kind::list) {
    ValueList out;
    for (const auto& item : value.items) out.push_back(to_value(item));
    return Value(std::move(out));
  }
  if (value.kind != KitValue::Kind::map) throw std::runtime_error("a parameter cannot be " + canonical(value, false));
  ValueMap out;
  for (const auto& [key, item] : value.entries) out[key] = to_value(item);
  return Value(std::move(out));
}

std::string canonical(const KitValue& value, bool is_bag) {
  std::vector<std::string> items;
  for (const auto& item : value.items) items.push_back(canonical(item, is_bag));
  switch (value.kind) {
    case KitValue::Kind::literal: return literal_text(value.literal);
    case KitValue::Kind::list: return "[" + joined(std::move(items), is_bag) + "]";
    case KitValue::Kind::map: return "{" + joined(entries_of(value, is_bag), true) + "}";
    case KitValue::Kind::node: return "(" + element(value.names, entries_of(value, is_bag)) + ")";
    case KitValue::Kind::edge: return "[" + element(value.names, entries_of(value, is_bag)) + "]";
    case KitValue::Kind::path: break;
  }
  std::string out = "<" + items.at(0);
  for (std::size_t i = 0; i < value.is_forward.size(); ++i) out += arrow(items[2 * i + 1], value.is_forward[i]) + items[2 * i + 2];
  return out + ">";
}

std::string canonical(const Value& value, const Snapshot& snapshot, bool is_bag) {
  std::vector<std::string> items;
  switch (value.kind()) {
    case ValueKind::node: return node_text(value.as_node(), snapshot, is_bag);
    case ValueKind::edge: return edge_text(value.as_edge(), snapshot, is_bag);
    case ValueKind::path: return path_text(value.as_path(), snapshot, is_bag);
    case ValueKind::list:
      for (const auto& item : value.as_list()) items.push_back(canonical(item, snapshot, is_bag));
      return "[" + joined(std::move(items), is_bag) + "]";
    case ValueKind::map:
      for (const auto& [key, item] : value.as_map()) items.push_back(key + ": " + canonical(item, snapshot, is_bag));
      return "{" + joined(std::move(items), true) + "}";
    default: return literal_text(value);
  }
}

}  // namespace policygraph::testing
