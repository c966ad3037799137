// An answer with its sources as CommonMark. Text comes from documents: whatever could be markup is escaped.
#include "exchange/one_line.hpp"
#include "exchange/passages.hpp"
#include "exchange/shown.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

/// A backslash before a mark makes it a mark of no meaning; $ would begin a formula in a notebook.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) {
    if (std::string_view("\\`*_{}[]()<>|~&#!$@:").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string cell(std::string_view text) { return " " + escaped(text) + " |"; }

std::string marks(const std::vector<std::size_t>& numbers) {
  std::string out = " ";
  for (const auto number : numbers) out += "\\[" + std::to_string(number) + "\\] ";
  return out + "|";
}

std::string note(std::size_t number, const Citation& citation) {
  auto title = escaped(citation.title.empty() ? citation.uri : citation.title);
  if (is_web_address(citation.uri)) title = "[" + title + "](<" + encoded_uri(citation.uri) + ">)";
  const auto date = citation.published.empty() ? "" : ", " + escaped(citation.published);
  const auto place = place_of(citation);
  return std::to_string(number) + ". “" + escaped(citation.quote) + "” — " + title + date + (place.empty() ? "" : ", " + place) + "\n";
}

}  // namespace

std::string to_markdown(const Rows& rows, const std::vector<std::size_t>& chosen) {
  std::string out = "|", rule = "|";
  for (const auto& column : rows.columns()) {
    out += cell(column);
    rule += " --- |";
  }
  out += " sources |\n" + rule + " --- |\n";
  Passages passages;
  for (const auto number : chosen) {
    const auto row = rows[number];
    out += "|";
    for (std::size_t i = 0; i < row.size(); ++i) out += cell(shown(row[i], rows.snapshot()));
    out += marks(passages.numbers(row)) + "\n";
  }
  if (!passages.all().empty()) out += "\n";
  for (std::size_t i = 0; i < passages.all().size(); ++i) out += note(i + 1, passages.all()[i]);
  return out;
}

}  // namespace policygraph::inline v0::detail::exchange
