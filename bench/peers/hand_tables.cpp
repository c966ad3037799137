#include "hand_tables.hpp"

#include <algorithm>

#include "data.hpp"

namespace bench::peers {
namespace {

std::uint32_t id_of(std::string_view field) { return static_cast<std::uint32_t>(number_of(field)); }

// For each row of the file: act(fields).
template <class Act>
void for_rows(const std::string& path, Act act) {
  CsvFile in(path);
  for (auto row = in.next(); !row.empty(); row = in.next()) act(row);
}

using Fields = std::vector<std::string_view>;

std::vector<std::string> names(const std::string& path, std::uint32_t& first) {
  std::vector<std::string> found;
  for_rows(path, [&](const Fields& row) {
    if (found.empty()) first = id_of(row[0]);
    found.emplace_back(row[1]);
  });
  return found;
}

}  // namespace

std::uint32_t day_number(std::string_view text) {
  if (text.empty()) return 0;
  return id_of(text.substr(0, 4)) * 10'000 + id_of(text.substr(5, 2)) * 100 + id_of(text.substr(8, 2));
}

std::uint8_t code_of(std::vector<std::string>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  const auto code = static_cast<std::uint8_t>(found - names.begin());
  if (found == names.end()) names.emplace_back(name);
  return code;
}

HandEdges edges_by_source(const std::vector<IdPair>& pairs, std::uint32_t first, std::uint32_t count) {
  HandEdges out;
  out.first = first;
  out.starts.assign(count + 2, 0);
  for (const auto& [source, target] : pairs) ++out.starts[source - first + 2];
  for (std::size_t i = 2; i < out.starts.size(); ++i) out.starts[i] += out.starts[i - 1];
  out.ends.resize(pairs.size());
  out.places.resize(pairs.size());
  for (std::uint32_t place = 0; place < pairs.size(); ++place) {
    const auto at = out.starts[pairs[place].first - first + 1]++;
    out.ends[at] = pairs[place].second;
    out.places[at] = place;
  }
  out.starts.pop_back();
  return out;
}

std::vector<IdPair> turned(const std::vector<IdPair>& pairs) {
  std::vector<IdPair> out;
  out.reserve(pairs.size());
  for (const auto& [source, target] : pairs) out.emplace_back(target, source);
  return out;
}

HandTables::HandTables(const std::string& folder) : folder_(folder) {
  read_documents();
  read_acts();
  read_sums();
  read_bodies();
  read_edges();
  read_words();
}

void HandTables::read_documents() {
  document_titles = names(folder_ + "/documents.csv", first_document);
  for_rows(folder_ + "/documents.csv", [&](const Fields& row) { document_texts.emplace_back(row[4]); });
}

void HandTables::read_acts() {
  act_numbers = names(folder_ + "/acts.csv", first_act);
  for_rows(folder_ + "/acts.csv", [&](const Fields& row) {
    act_kind.push_back(code_of(kinds, row[2]));
    act_jurisdiction.push_back(code_of(jurisdictions, row[4]));
    act_date.push_back(day_number(row[5]));
    force_from.push_back(day_number(row[6]));
    force_to.push_back(day_number(row[7]));
  });
}

void HandTables::read_sums() {
  for_rows(folder_ + "/fundings.csv", [&](const Fields& row) {
    if (sum_cents.empty()) first_sum = id_of(row[0]);
    sum_cents.push_back(cents_of(row[1]));
    sum_currency.push_back(code_of(currencies, row[2]));
    sum_year.push_back(static_cast<std::uint16_t>(number_of(row[4])));
  });
}

void HandTables::read_bodies() {
  agency_names = names(folder_ + "/agencies.csv", first_agency);
  programme_names = names(folder_ + "/programmes.csv", first_programme);
  partner_names = names(folder_ + "/partners.csv", first_partner);
  for (std::uint32_t i = 0; i < programme_names.size(); ++i) {
    programme_by_name.emplace(programme_names[i], first_programme + i);
    programmes_in_order.emplace_back(programme_names[i], first_programme + i);
  }
  std::ranges::sort(programmes_in_order);
  node_count = static_cast<std::uint32_t>(document_titles.size() + act_numbers.size() + agency_names.size() +
                                          sum_cents.size() + programme_names.size() + partner_names.size());
}

std::vector<IdPair> HandTables::pairs(const std::string& file, std::uint32_t columns) {
  std::vector<IdPair> found;
  for_rows(folder_ + "/" + file, [&](const Fields& row) {
    if (row.size() < columns) fail(file + " lacks a field");
    found.emplace_back(id_of(row[0]), id_of(row[1]));
  });
  all.insert(all.end(), found.begin(), found.end());
  return found;
}

void HandTables::read_edges() {
  const auto acts = static_cast<std::uint32_t>(act_numbers.size());
  const auto cite_pairs = pairs("cites.csv"), mention_pairs = pairs("mentions.csv", 5);
  cites = edges_by_source(cite_pairs, first_act, acts);
  cited_by = edges_by_source(turned(cite_pairs), first_act, acts);
  amends = edges_by_source(pairs("amends.csv", 3), first_act, acts);
  mentions = edges_by_source(mention_pairs, first_document, static_cast<std::uint32_t>(document_titles.size()));
  for (const auto& [document, act] : mention_pairs) mentioned.push_back(act);
  for_rows(folder_ + "/mentions.csv",
           [&](const Fields& row) { confidence.push_back(static_cast<std::uint8_t>(number_of(row[4].substr(2)))); });
  authorises = edges_by_source(pairs("authorises.csv", 5), first_act, acts);
  for_rows(folder_ + "/authorises.csv", [&](const Fields& row) {
    authorised.push_back({id_of(row[2]), id_of(row[3]), id_of(row[4])});
  });
  partners_of = edges_by_source(turned(pairs("partner_in.csv")), first_programme,
                                static_cast<std::uint32_t>(programme_names.size()));
  provider.resize(sum_cents.size()), programme.resize(sum_cents.size()), issuer.resize(acts);
  for (const auto& [partner, sum] : pairs("provides.csv")) provider[sum - first_sum] = partner;
  for (const auto& [sum, to] : pairs("funds.csv")) programme[sum - first_sum] = to;
  for (const auto& [act, agency] : pairs("issued_by.csv")) issuer[act - first_act] = agency;
  pairs("part_of.csv");
  all_in = edges_by_source(turned(all), 1, node_count);
  out_degrees.assign(node_count + 1, 0);
  for (const auto& [source, target] : all) ++out_degrees[source];
}

void HandTables::read_words() {
  for_rows(folder_ + "/acts.csv", [&](const Fields& row) {
    const auto act = id_of(row[0]);
    for (auto title = row[3]; !title.empty();) {
      const auto end = std::min(title.find(' '), title.size());
      auto& acts = acts_by_word[std::string(title.substr(0, end))];
      if (acts.empty() || acts.back() != act) acts.push_back(act);
      title.remove_prefix(std::min(end + 1, title.size()));
    }
  });
}

}  // namespace bench::peers
