#include "policygraph/exchange/graph_csv.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "exchange/csv_cell.hpp"
#include "exchange/shown.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::exchange::csv_cell;

std::string text_cell(std::string_view text) { return csv_cell(std::string(text), true, true); }

std::string value_cell(const Value& value, const Snapshot& snapshot) {
  const auto kind = value.kind();
  const bool is_number = kind == ValueKind::integer || kind == ValueKind::floating || kind == ValueKind::decimal;
  return csv_cell(detail::exchange::shown(value, snapshot), !is_number, true);
}

const Column* column(const Snapshot& snapshot, Property property, NodeRow) { return snapshot.node_column(property); }
const Column* column(const Snapshot& snapshot, Property property, EdgeRow) { return snapshot.edge_column(property); }

/// Properties that some node (or edge) has, by name.
template <class Row>
std::vector<Property> properties_of(const Snapshot& snapshot) {
  std::vector<Property> out;
  for (std::uint32_t i = 0; i < snapshot.property_count(); ++i)
    if (column(snapshot, Property{i}, Row{}) != nullptr) out.push_back(Property{i});
  return out;
}

template <class Row, class Rows>
std::vector<Row> by_key(const Snapshot& snapshot, const Rows& all) {
  std::vector<Row> rows(all.begin(), all.end());
  std::ranges::sort(rows, [&](Row a, Row b) { return snapshot.key(a) < snapshot.key(b); });
  return rows;
}

void write_head(const Snapshot& snapshot, std::ostream& out, std::string_view fixed, const std::vector<Property>& properties) {
  out << fixed;
  for (const auto property : properties) out << ',' << text_cell(snapshot.name(property));
  out << "\r\n";
}

template <class Row>
void write_properties(const Snapshot& snapshot, std::ostream& out, Row row, const std::vector<Property>& properties) {
  for (const auto property : properties) out << ',' << value_cell(snapshot.value(row, property), snapshot);
  out << "\r\n";
}

std::string labels_cell(const Snapshot& snapshot, NodeRow row) {
  std::string out;
  for (const auto label : snapshot.label_names(row)) out += (out.empty() ? "" : ";") + std::string(label);
  return text_cell(out);
}

}  // namespace

void write_nodes_csv(const Snapshot& snapshot, std::ostream& out) {
  const auto properties = properties_of<NodeRow>(snapshot);
  write_head(snapshot, out, "id,labels,caption,modality", properties);
  for (const auto row : by_key<NodeRow>(snapshot, snapshot.nodes())) {
    out << snapshot.key(row).value << ',' << labels_cell(snapshot, row) << ',' << text_cell(snapshot.caption(row)) << ','
        << modality_name(snapshot.modality(row));
    write_properties(snapshot, out, row, properties);
  }
}

void write_edges_csv(const Snapshot& snapshot, std::ostream& out) {
  const auto properties = properties_of<EdgeRow>(snapshot);
  write_head(snapshot, out, "id,type,from,to,modality,valid_from,valid_to", properties);
  for (const auto row : by_key<EdgeRow>(snapshot, snapshot.edges())) {
    out << snapshot.key(row).value << ',' << text_cell(snapshot.name(snapshot.type(row))) << ','
        << snapshot.key(snapshot.source(row)).value << ',' << snapshot.key(snapshot.target(row)).value << ','
        << modality_name(snapshot.modality(row)) << ',' << snapshot.valid_from(row).to_string() << ',' << snapshot.valid_to(row).to_string();
    write_properties(snapshot, out, row, properties);
  }
}

}  // namespace policygraph::inline v0
