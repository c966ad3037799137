// CSV after RFC 4180.
#include <ostream>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

#include "exchange/csv_cell.hpp"
#include "exchange/shown.hpp"
#include "policygraph/exchange/csv.hpp"

namespace policygraph::inline v0 {
namespace {

bool is_number(ValueKind kind) {
  return kind == ValueKind::integer || kind == ValueKind::floating || kind == ValueKind::decimal || kind == ValueKind::boolean;
}

std::string cell(std::string text, bool is_text, const WriteCsvOptions& options) {
  return detail::exchange::csv_cell(std::move(text), is_text, options.escape_formulas);
}

std::string evidence_text(const Row& row) {
  std::string out;
  std::set<std::pair<DocumentId, Span>> told;
  for (const auto& citation : row.evidence()) {
    if (!told.emplace(citation.document, citation.span).second) continue;
    if (!out.empty()) out += " | ";
    const auto& name = citation.uri.empty() ? citation.title : citation.uri;
    out += name + ":" + std::to_string(citation.start) + "-" + std::to_string(citation.end) + " " + citation.quote;
  }
  return out;
}

void write_head(const Rows& rows, std::ostream& out, const WriteCsvOptions& options) {
  bool is_first = true;
  for (const auto& column : rows.columns()) {
    out << (is_first ? "" : ",") << cell(column, true, options);
    is_first = false;
  }
  if (options.evidence) out << (is_first ? "" : ",") << "evidence";
  out << "\r\n";
}

}  // namespace

void write_csv(const Rows& rows, std::ostream& out, const WriteCsvOptions& options) {
  write_head(rows, out, options);
  for (const auto row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      out << (i == 0 ? "" : ",") << cell(detail::exchange::shown(row[i], rows.snapshot()), !is_number(row[i].kind()), options);
    if (options.evidence) out << (row.size() == 0 ? "" : ",") << cell(evidence_text(row), true, options);
    out << "\r\n";
  }
}

std::string to_csv(const Rows& rows, const WriteCsvOptions& options) {
  std::ostringstream out;
  write_csv(rows, out, options);
  return std::move(out).str();
}

}  // namespace policygraph::inline v0
