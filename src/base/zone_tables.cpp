// zone.tab and zone1970.tab of the tz database: country codes, coordinates, the name of a zone, comments, by tabs.
#include "base/zone_tables.hpp"

#include <optional>

namespace policygraph::inline v0::detail::base {
namespace {

struct TableLine {
  std::string_view countries;  // "DE,DK,NO,SE,SJ"
  std::string_view zone;
};

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return taken;
}

// The next line that is no comment; empty at the end.
std::optional<TableLine> next_line(std::string_view& text) {
  while (!text.empty()) {
    std::string_view line = take_until(text, '\n');
    if (line.empty() || line.front() == '#') continue;
    TableLine out;
    out.countries = take_until(line, '\t');
    take_until(line, '\t');
    out.zone = take_until(line, '\t');
    return out;
  }
  return std::nullopt;
}

bool has_country(std::string_view countries, std::string_view code) {
  while (!countries.empty())
    if (take_until(countries, ',') == code) return true;
  return false;
}

}  // namespace

std::vector<std::string_view> merge_candidates(std::string_view zone_tab, std::string_view zone1970_tab,
                                               std::string_view name) {
  std::string_view country;
  while (const auto line = next_line(zone_tab))
    if (line->zone == name) country = line->countries;
  std::vector<std::string_view> out;
  if (country.empty()) return out;
  while (const auto line = next_line(zone1970_tab)) {
    if (line->zone == name) return {};
    if (!line->zone.empty() && has_country(line->countries, country)) out.push_back(line->zone);
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::base
