#include "exchange/csv_cell.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

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

}  // namespace

std::string csv_cell(std::string text, bool is_text, bool escape_formulas) {
  if (is_text && escape_formulas && looks_like_formula(text)) text.insert(0, 1, '\'');
  return quoted(text);
}

}  // namespace policygraph::inline v0::detail::exchange
