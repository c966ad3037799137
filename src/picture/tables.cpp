#include "picture/tables.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "picture/markup.hpp"
#include "picture/quotes.hpp"
#include "picture/svg.hpp"

namespace policygraph::inline v0::detail::picture {
namespace {

constexpr std::size_t kMaxColumns = 6;  // properties with a column of their own; a row's details show all
constexpr std::size_t kMaxCell = 160;
constexpr std::size_t kMaxWord = 40;

/// A value as a reader wants it: text without quotes, lists with commas.
std::string shown(const Value& value) {
  if (value.is_null()) return {};
  if (value.kind() == ValueKind::string) return value.as_string();
  if (value.kind() == ValueKind::decimal) return grouped(value.as_decimal().to_string());
  if (value.kind() == ValueKind::partial_date) return value.as_partial_date().to_string();
  if (value.kind() != ValueKind::list) return value.to_string();
  std::string out;
  for (const auto& item : value.as_list())
    out += (out.empty() ? "" : ", ") + (item.kind() == ValueKind::string ? item.as_string() : item.to_string());
  return out;
}

std::string node_id(const Snapshot& snapshot, NodeRow row) { return "n" + std::to_string(snapshot.key(row).value); }

std::string node_link(const Snapshot& snapshot, NodeRow row) {
  return "<a href=\"#" + node_id(snapshot, row) + "\"><bdi>" + escaped(shortened(grouped(snapshot.caption(row)), kMaxCell)) + "</bdi></a>";
}

std::string head_cell(std::string_view text) { return "<th scope=\"col\">" + escaped(text) + "</th>"; }
std::string cell(std::string_view text) { return text.empty() ? "<td></td>" : "<td><bdi>" + escaped(shortened(text, kMaxCell)) + "</bdi></td>"; }

/// One long word (a digest, an address) makes no column that reads well.
bool is_unbroken(std::string_view text) { return text.size() > kMaxWord && text.find(' ') == std::string_view::npos; }

/// The properties most rows have, at most kMaxColumns of them, by how many rows have them. Not those that the caption shows anyway.
template <class Row>
std::vector<Property> columns(const Snapshot& snapshot, const std::vector<Row>& rows, const std::vector<std::string>& captions) {
  std::map<Property, std::pair<std::size_t, bool>> counts;  // rows, and whether it is worth a column
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const auto property : snapshot.properties(rows[i])) {
      const auto text = shown(snapshot.value(rows[i], property));
      auto& [count, is_worth] = counts[property];
      ++count;
      is_worth |= !is_unbroken(text) && (captions.empty() || text != captions[i]);
    }
  }
  std::erase_if(counts, [](const auto& entry) { return !entry.second.second; });
  std::vector<Property> sorted;
  for (const auto& [property, count] : counts) sorted.push_back(property);
  std::ranges::stable_sort(sorted, [&](Property a, Property b) { return counts[a].first > counts[b].first; });
  sorted.resize(std::min(sorted.size(), kMaxColumns));
  return sorted;
}

/// Evidence of passages that are not among `shown`.
std::vector<EvidenceId> other_passages(const Snapshot& snapshot, std::vector<EvidenceId> ids, EvidenceIds shown) {
  std::erase_if(ids, [&](EvidenceId id) {
    const auto& piece = snapshot.evidence(id);
    return std::ranges::any_of(shown, [&](EvidenceId other) {
      const auto& above = snapshot.evidence(other);
      return above.document == piece.document && above.span == piece.span;
    });
  });
  return ids;
}

/// Every property with its value, and the words that value rests on where they are not shown above already.
template <class Row>
std::string property_details(const Snapshot& snapshot, Row row) {
  std::string out;
  const auto above = snapshot.evidence(row).first(std::min(snapshot.evidence(row).size(), kMaxQuotes));
  for (const auto property : snapshot.properties(row)) {
    out += "<dt>" + escaped(snapshot.name(property)) + "</dt><dd><bdi>" + escaped(shortened(shown(snapshot.value(row, property)), 600)) + "</bdi>";
    const auto others = other_passages(snapshot, snapshot.evidence(row, property), above);
    out += (others.empty() ? "" : quote_list(snapshot, others)) + "</dd>";
  }
  return out.empty() ? out : "<dl>" + out + "</dl>";
}

template <class Row>
std::string details(const Snapshot& snapshot, Row row, const std::string& summary) {
  const auto ids = snapshot.evidence(row);
  const std::vector<EvidenceId> all(ids.begin(), ids.end());
  return "<details><summary>" + summary + "</summary>" + quote_list(snapshot, all) + property_details(snapshot, row) +
         "</details>";
}

template <class Row>
std::string property_cells(const Snapshot& snapshot, Row row, const std::vector<Property>& shown_columns) {
  std::string out;
  for (const auto property : shown_columns) out += cell(shown(snapshot.value(row, property)));
  return out;
}

std::string labels_text(const Snapshot& snapshot, NodeRow row) {
  std::string out;
  const auto names = snapshot.label_names(row);
  for (std::size_t i = 1; i < names.size(); ++i) out += (out.empty() ? "" : ", ") + std::string(names[i]);
  return out;
}

std::string caption(std::string_view text, std::size_t shown_rows, std::size_t all) {
  auto out = "<caption>" + escaped(text) + " <span class=\"count\">" + std::to_string(all) + "</span>";
  if (shown_rows < all) out += " <span class=\"count\">(the first " + std::to_string(shown_rows) + " are shown)</span>";
  return out + "</caption>";
}

template <class Row>
std::string table_head(const Snapshot& snapshot, std::string_view first, const std::vector<Property>& shown_columns) {
  auto out = std::string(first);
  for (const auto property : shown_columns) out += head_cell(snapshot.name(property));
  return "<thead><tr>" + out + "</tr></thead>";
}

template <class Rows>
void add_documents(const Snapshot& snapshot, const Rows& rows, std::set<DocumentId>& documents) {
  for (const auto row : rows) {
    for (const auto id : snapshot.evidence(row)) documents.insert(snapshot.evidence(id).document);
    for (const auto property : snapshot.properties(row))
      for (const auto id : snapshot.evidence(row, property)) documents.insert(snapshot.evidence(id).document);
  }
}

std::set<DocumentId> cited_documents(const Snapshot& snapshot) {
  std::set<DocumentId> documents;
  add_documents(snapshot, snapshot.nodes(), documents);
  add_documents(snapshot, snapshot.edges(), documents);
  return documents;
}

std::string modality_cell(Modality modality) { return cell(modality == Modality::unknown ? "" : modality_name(modality)); }

}  // namespace

std::string node_table(const Snapshot& snapshot, const Families::Present& of, base::Steps& steps) {
  std::vector<NodeRow> rows;
  for (std::uint32_t set = 0; set < snapshot.label_set_count(); ++set) {
    const auto nodes = snapshot.nodes_of(LabelSet{set});
    if (nodes.empty() || family(snapshot, nodes.front()) != of.name) continue;
    const auto taken = nodes.first(std::min(nodes.size(), kMaxTableRows - rows.size()));
    rows.insert(rows.end(), taken.begin(), taken.end());
  }
  std::ranges::stable_sort(rows, [&](NodeRow a, NodeRow b) { return snapshot.caption(a) < snapshot.caption(b); });
  std::vector<std::string> captions;
  for (const auto row : rows) captions.push_back(snapshot.caption(row));
  const auto shown_columns = columns(snapshot, rows, captions);
  const bool has_narrower = std::ranges::any_of(rows, [&](NodeRow row) { return snapshot.label_names(row).size() > 1; });
  std::string out = "<table>" + caption(of.name.empty() ? "Without label" : of.name, rows.size(), of.nodes);
  out += table_head<NodeRow>(snapshot, head_cell("what") + (has_narrower ? head_cell("labels") : ""), shown_columns) + "<tbody>";
  for (const auto row : rows) {
    steps.step();
    out += "<tr id=\"" + node_id(snapshot, row) + "\"><th scope=\"row\">" +
           details(snapshot, row, "<bdi>" + escaped(shortened(grouped(snapshot.caption(row)), kMaxCell)) + "</bdi>") + "</th>";
    out += (has_narrower ? cell(labels_text(snapshot, row)) : "") + property_cells(snapshot, row, shown_columns) + "</tr>\n";
  }
  return out + "</tbody></table>\n";
}

std::string edge_table(const Snapshot& snapshot, EdgeType type, base::Steps& steps) {
  std::vector<EdgeRow> rows;
  for (const auto row : snapshot.edges_of(type)) {
    if (rows.size() == kMaxTableRows) break;
    rows.push_back(row);
  }
  const auto shown_columns = columns(snapshot, rows, {});
  std::string out = "<table>" + caption(snapshot.name(type), rows.size(), snapshot.edge_count(type));
  out += table_head<EdgeRow>(snapshot, head_cell("words") + head_cell("from") + head_cell("to") + head_cell("how far") + head_cell("since") + head_cell("until"),
                             shown_columns) + "<tbody>";
  for (const auto row : rows) {
    steps.step();
    out += "<tr id=\"e" + std::to_string(snapshot.key(row).value) + "\"><td>" + details(snapshot, row, "quotes") + "</td><td>";
    out += node_link(snapshot, snapshot.source(row)) + "</td><td>" + node_link(snapshot, snapshot.target(row)) + "</td>";
    out += modality_cell(snapshot.modality(row)) + cell(snapshot.valid_from(row).to_string()) + cell(snapshot.valid_to(row).to_string());
    out += property_cells(snapshot, row, shown_columns) + "</tr>\n";
  }
  return out + "</tbody></table>\n";
}

std::string document_table(const Snapshot& snapshot, bool only_cited) {
  auto documents = snapshot.sources().documents();
  if (only_cited) std::erase_if(documents, [cited = cited_documents(snapshot)](const auto& document) { return !cited.contains(document.id); });
  std::string out = "<table>" + caption("Documents", std::min(documents.size(), kMaxTableRows), documents.size()) + "<thead><tr>" +
                    head_cell("title") + head_cell("published") + head_cell("publisher") + head_cell("language") + head_cell("tier") +
                    head_cell("address") + head_cell("sha256 of the text") + "</tr></thead><tbody>";
  for (std::size_t i = 0; i < documents.size() && i < kMaxTableRows; ++i) {
    const auto& document = documents[i];
    const auto address = link_address(document.uri);
    out += "<tr id=\"d" + std::to_string(document.id.value) + "\"><th scope=\"row\"><bdi>" +
           escaped(shortened(document.title.empty() ? document.uri : document.title, kMaxCell)) + "</bdi></th>";
    out += cell(document.published.to_string()) + cell(document.publisher) + cell(document.language) + cell(tier_name(document.tier));
    out += address.empty() ? cell(document.uri) : "<td><a href=\"" + address + "\" target=\"_blank\" rel=\"noreferrer noopener\">" + escaped(shortened(document.uri, 60)) + "</a></td>";
    out += "<td><code>" + escaped(document.sha256.substr(0, 12)) + "</code></td></tr>\n";
  }
  return out + "</tbody></table>\n";
}

}  // namespace policygraph::inline v0::detail::picture
