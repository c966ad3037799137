#include <ostream>
#include <sstream>
#include <string>

#include "exchange/json_out.hpp"
#include "exchange/shown.hpp"
#include "policygraph/exchange/csv.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::exchange::JsonOut;

void write_citation(JsonOut& json, const Citation& citation) {
  json.begin_object();
  json.key("document");
  json.text(citation.uri.empty() ? citation.title : citation.uri);
  json.key("title");
  json.text(citation.title);
  json.key("start");
  json.number(citation.start);
  json.key("end");
  json.number(citation.end);
  if (citation.page != 0) {
    json.key("page");
    json.number(citation.page);
  }
  json.key("quote");
  json.text(citation.quote);
  json.key("extractor");
  json.text(citation.extractor);
  json.key("confidence");
  json.real(citation.confidence);
  json.end_object();
}

std::string key_text(const Value& value) {
  return value.kind() == ValueKind::node ? "n" + std::to_string(value.as_node().value) : "e" + std::to_string(value.as_edge().value);
}

/// A node or an edge as its id, labels or type, and properties; one level deep.
template <class Row>
void write_element(JsonOut& json, const Snapshot& snapshot, const Value& value, Row row) {
  json.begin_object();
  json.key("id");
  json.text(key_text(value));
  json.key("caption");
  json.text(detail::exchange::shown(value, snapshot));
  json.key("properties");
  json.begin_object();
  for (const auto property : snapshot.properties(row)) {
    json.key(snapshot.name(property));
    json.value(snapshot.value(row, property));
  }
  json.end_object();
  json.end_object();
}

void write_cell(JsonOut& json, const Snapshot& snapshot, const Value& value);

template <class Keys>
void write_elements(JsonOut& json, const Snapshot& snapshot, const Keys& keys) {
  json.begin_list();
  for (const auto key : keys) write_cell(json, snapshot, Value(key));
  json.end_list();
}

void write_path(JsonOut& json, const Snapshot& snapshot, const Value& value) {
  json.begin_object();
  json.key("caption");
  json.text(detail::exchange::shown(value, snapshot));
  json.key("nodes");
  write_elements(json, snapshot, value.as_path().nodes);
  json.key("edges");
  write_elements(json, snapshot, value.as_path().edges);
  json.end_object();
}

/// What a query answers with is at most 1,000 deep.
void write_cell(JsonOut& json, const Snapshot& snapshot, const Value& value) {
  if (value.kind() == ValueKind::node)
    if (const auto row = snapshot.find(value.as_node())) return write_element(json, snapshot, value, *row);
  if (value.kind() == ValueKind::edge)
    if (const auto row = snapshot.find(value.as_edge())) return write_element(json, snapshot, value, *row);
  if (value.kind() == ValueKind::path) return write_path(json, snapshot, value);
  if (value.kind() == ValueKind::list) {
    json.begin_list();
    for (const auto& item : value.as_list()) write_cell(json, snapshot, item);
    return json.end_list();
  }
  if (value.kind() == ValueKind::map) {
    json.begin_object();
    for (const auto& [key, item] : value.as_map()) {
      json.key(key);
      write_cell(json, snapshot, item);
    }
    return json.end_object();
  }
  json.value(value);
}

}  // namespace

void write_rows_json(const Rows& rows, std::ostream& out, bool evidence) {
  JsonOut json(out);
  json.begin_list();
  for (const auto row : rows) {
    json.new_line();
    json.begin_object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      json.key(rows.columns()[i]);
      write_cell(json, rows.snapshot(), row[i]);
    }
    if (evidence) {
      json.key("_evidence");
      json.begin_list();
      for (const auto& citation : row.evidence()) write_citation(json, citation);
      json.end_list();
    }
    json.end_object();
  }
  if (!rows.empty()) json.raw_line();
  json.end_list();
  json.raw_line();
  json.flush();
}

std::string to_rows_json(const Rows& rows, bool evidence) {
  std::ostringstream out;
  write_rows_json(rows, out, evidence);
  return std::move(out).str();
}

}  // namespace policygraph::inline v0
