// CSV after RFC 4180.
#include <ostream>
#include <sstream>
#include <string_view>

#include "exchange/shown.hpp"
#include "policygraph/exchange/csv.hpp"

namespace policygraph {
namespace {

bool is_number(ValueKind kind) {
  return kind == ValueKind::integer || kind == ValueKind::floating || kind == ValueKind::decimal || kind == ValueKind::boolean;
}

/// A spreadsheet runs what begins like a formula.
bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

std::string quoted(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out += '"';
}

std::string cell(std::string text, bool is_text, const WriteCsvOptions& options) {
  if (is_text && options.escape_formulas && looks_like_formula(text)) text.insert(0, 1, '\'');
  return quoted(text);
}

std::string evidence_text(const Row& row) {
  std::string out;
  for (const auto& citation : row.evidence()) {
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

}  // namespace policygraph
