#include "policygraph/exchange/graphml.hpp"

#include <array>
#include <ostream>
#include <string>
#include <string_view>

#include "base/steps.hpp"
#include "exchange/graph_order.hpp"
#include "exchange/shown.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::exchange::by_key;
using detail::exchange::joined_labels;
using detail::exchange::properties_of;

/// XML 1.0, "Char": what no document may hold, even escaped.
bool is_forbidden(char32_t c) { return (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0xFFFE || c == 0xFFFF; }

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto point = code_point_at(text, i);
    i += point.size;
    switch (point.value) {
      case U'&': out += "&amp;"; break;
      case U'<': out += "&lt;"; break;
      case U'>': out += "&gt;"; break;
      case U'"': out += "&quot;"; break;
      case U'\r': out += "&#13;"; break;  // a reader takes it for the end of a line
      default:
        if (!is_forbidden(point.value)) append_utf8(out, point.value);
    }
  }
  return out;
}

/// The type of GraphML that values of these kinds have; several kinds, and all that is not a number or a truth, are text.
class AttributeType {
 public:
  void see(ValueKind kind) {
    if (kind == ValueKind::null) return;
    const auto type = kind == ValueKind::integer ? "long" : kind == ValueKind::boolean ? "boolean" : is_real(kind) ? "double" : "string";
    type_ = type_.empty() || type_ == type ? type : is_number(type_) && is_number(type) ? "double" : "string";
  }
  std::string_view name() const { return type_; }

 private:
  static bool is_real(ValueKind kind) { return kind == ValueKind::floating || kind == ValueKind::decimal; }
  static bool is_number(std::string_view type) { return type == "long" || type == "double"; }
  std::string_view type_;
};

/// Nodes, or edges: the attributes before their properties, the properties, and the ids of their keys.
template <class Row>
class Attributes {
 public:
  Attributes(const Snapshot& snapshot, std::string_view of, char letter, std::vector<std::string_view> fixed)
      : snapshot_(snapshot), of_(of), letter_(letter), fixed_(std::move(fixed)), properties_(properties_of<Row>(snapshot)) {}

  template <class Rows>
  void declare(std::ostream& out, const Rows& rows, detail::base::Steps& steps) const {
    for (std::size_t i = 0; i < fixed_.size(); ++i) declare(out, i, fixed_[i], "string");
    for (std::size_t i = 0; i < properties_.size(); ++i) {
      AttributeType type;
      for (const auto row : rows) {
        steps.step();
        type.see(snapshot_.value(row, properties_[i]).kind());
      }
      const auto name = snapshot_.name(properties_[i]);
      const bool is_taken = std::ranges::find(fixed_, name) != fixed_.end();
      declare(out, fixed_.size() + i, (is_taken ? "property " : "") + escaped(name), type.name());
    }
  }
  void write(std::ostream& out, std::size_t number, std::string_view text) const {
    if (!text.empty()) out << "<data key=\"" << letter_ << number << "\">" << escaped(text) << "</data>";
  }
  void write_properties(std::ostream& out, Row row) const {
    for (std::size_t i = 0; i < properties_.size(); ++i) {
      const auto value = snapshot_.value(row, properties_[i]);
      if (value.is_null()) continue;
      out << "<data key=\"" << letter_ << fixed_.size() + i << "\">" << escaped(detail::exchange::shown(value, snapshot_)) << "</data>";
    }
  }

 private:
  void declare(std::ostream& out, std::size_t number, std::string_view name, std::string_view type) const {
    out << "  <key id=\"" << letter_ << number << "\" for=\"" << of_ << "\" attr.name=\"" << name << "\" attr.type=\"" << type << "\"/>\n";
  }
  const Snapshot& snapshot_;
  std::string_view of_;
  char letter_;
  std::vector<std::string_view> fixed_;
  std::vector<Property> properties_;
};

bool is_refused(Modality modality) { return modality == Modality::denied || modality == Modality::cancelled; }

/// "AMENDS", and "AMENDS (denied)": what is not so must not look as if it were.
std::string edge_label(const Snapshot& snapshot, EdgeRow row) {
  const std::string type(snapshot.name(snapshot.type(row)));
  const auto modality = snapshot.modality(row);
  return modality == Modality::unknown ? type : type + " (" + std::string(modality_name(modality)) + ")";
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const auto point = code_point_at(text, i);
    i += point.size;
    if (point.value == U'"' || point.value == U'\\') out += '\\';
    if (point.value == U'\n') out += "\\n";
    else if (point.value >= 0x20) append_utf8(out, point.value);
  }
  return out += '"';
}

}  // namespace

void write_graphml(const Snapshot& snapshot, std::ostream& out, const std::stop_token& stop) {
  detail::base::Steps steps(stop, "writing GraphML");
  const auto nodes = by_key<NodeRow>(snapshot, snapshot.nodes());
  const auto edges = by_key<EdgeRow>(snapshot, snapshot.edges());
  const Attributes<NodeRow> of_nodes(snapshot, "node", 'a', {"label", "labels", "modality"});
  const Attributes<EdgeRow> of_edges(snapshot, "edge", 'b', {"label", "modality", "valid_from", "valid_to"});
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  of_nodes.declare(out, nodes, steps);
  of_edges.declare(out, edges, steps);
  out << "  <graph edgedefault=\"directed\">\n";
  for (const auto row : nodes) {
    steps.step();
    out << "    <node id=\"n" << snapshot.key(row).value << "\">";
    of_nodes.write(out, 0, snapshot.caption(row));
    of_nodes.write(out, 1, joined_labels(snapshot, row));
    of_nodes.write(out, 2, modality_name(snapshot.modality(row)));
    of_nodes.write_properties(out, row);
    out << "</node>\n";
  }
  for (const auto row : edges) {
    steps.step();
    out << "    <edge id=\"e" << snapshot.key(row).value << "\" source=\"n" << snapshot.key(snapshot.source(row)).value << "\" target=\"n"
        << snapshot.key(snapshot.target(row)).value << "\">";
    of_edges.write(out, 0, snapshot.name(snapshot.type(row)));
    of_edges.write(out, 1, modality_name(snapshot.modality(row)));
    of_edges.write(out, 2, snapshot.valid_from(row).to_string());
    of_edges.write(out, 3, snapshot.valid_to(row).to_string());
    of_edges.write_properties(out, row);
    out << "</edge>\n";
  }
  out << "  </graph>\n</graphml>\n";
}

void write_dot(const Snapshot& snapshot, std::ostream& out, const std::stop_token& stop) {
  detail::base::Steps steps(stop, "writing DOT");
  out << "digraph policygraph {\n";
  for (const auto row : by_key<NodeRow>(snapshot, snapshot.nodes())) {
    steps.step();
    out << "  n" << snapshot.key(row).value << " [label=" << quoted(snapshot.caption(row)) << ", labels=" << quoted(joined_labels(snapshot, row)) << "];\n";
  }
  for (const auto row : by_key<EdgeRow>(snapshot, snapshot.edges())) {
    steps.step();
    out << "  n" << snapshot.key(snapshot.source(row)).value << " -> n" << snapshot.key(snapshot.target(row)).value
        << " [label=" << quoted(edge_label(snapshot, row)) << (is_refused(snapshot.modality(row)) ? ", style=dashed" : "") << "];\n";
  }
  out << "}\n";
}

}  // namespace policygraph::inline v0
