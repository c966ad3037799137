#include "policygraph/exchange/graph_csv.hpp"

#include <ostream>
#include <string>
#include <vector>

#include "exchange/csv_cell.hpp"
#include "exchange/graph_order.hpp"
#include "exchange/shown.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::exchange::by_key;
using detail::exchange::csv_cell;
using detail::exchange::joined_labels;
using detail::exchange::properties_of;

std::string text_cell(std::string_view text) { return csv_cell(std::string(text), true, true); }

std::string value_cell(const Value& value, const Snapshot& snapshot) {
  const auto kind = value.kind();
  const bool is_number = kind == ValueKind::integer || kind == ValueKind::floating || kind == ValueKind::decimal;
  return csv_cell(detail::exchange::shown(value, snapshot), !is_number, true);
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

}  // namespace

void write_nodes_csv(const Snapshot& snapshot, std::ostream& out) {
  const auto properties = properties_of<NodeRow>(snapshot);
  write_head(snapshot, out, "id,labels,caption,modality", properties);
  for (const auto row : by_key<NodeRow>(snapshot, snapshot.nodes())) {
    out << snapshot.key(row).value << ',' << text_cell(joined_labels(snapshot, row)) << ',' << text_cell(snapshot.caption(row)) << ','
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
