#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bench::peers {

/// Edges of one type by the node at one end, rows counted from `first`.
struct HandEdges {
  std::uint32_t first = 0;
  std::vector<std::uint32_t> starts, ends, places;  // places: of the edge in its file
  std::span<const std::uint32_t> of(std::uint32_t id) const {
    const auto row = id - first;
    return row + 1 < starts.size() ? std::span(ends).subspan(starts[row], starts[row + 1] - starts[row])
                                   : std::span<const std::uint32_t>();
  }
};
using IdPair = std::pair<std::uint32_t, std::uint32_t>;
HandEdges edges_by_source(const std::vector<IdPair>& pairs, std::uint32_t first, std::uint32_t count);
/// The same pairs, each the other way round.
std::vector<IdPair> turned(const std::vector<IdPair>& pairs);

/// The CSV set as one would lay it out by hand for exactly these queries: a typed array a column, ids that are rows.
struct HandTables {
  explicit HandTables(const std::string& folder);

  struct Words {
    std::uint32_t document, begins, ends;
  };
  std::uint32_t first_act = 0, first_document = 0, first_sum = 0, first_programme = 0, first_partner = 0,
                first_agency = 0, node_count = 0;
  std::vector<std::string> document_titles, document_texts, act_numbers, agency_names, programme_names, partner_names,
      jurisdictions, kinds, currencies;
  std::vector<std::uint8_t> act_kind, act_jurisdiction, sum_currency, confidence;  // confidence in hundredths
  std::vector<std::uint32_t> act_date, force_from, force_to;                       // 20241231; 0: none
  std::vector<std::int64_t> sum_cents;
  std::vector<std::uint16_t> sum_year;
  std::vector<std::uint32_t> provider, programme, issuer, mentioned;  // of a sum, of a sum, of an act, of a mention
  std::vector<Words> authorised;                                      // by place in authorises.csv
  HandEdges cites, cited_by, amends, mentions, authorises, partners_of, all_in;
  std::vector<std::uint32_t> out_degrees;  // over all types, by id
  std::vector<IdPair> all;
  std::unordered_map<std::string_view, std::uint32_t> programme_by_name;
  std::vector<std::pair<std::string_view, std::uint32_t>> programmes_in_order;
  std::unordered_map<std::string, std::vector<std::uint32_t>> acts_by_word;

 private:
  std::vector<IdPair> pairs(const std::string& file, std::uint32_t columns = 2);
  void read_documents();
  void read_acts();
  void read_sums();
  void read_bodies();
  void read_edges();
  void read_words();
  std::string folder_;
};

/// "2024-12-31" to 20241231; nothing to 0.
std::uint32_t day_number(std::string_view text);
/// The number of a text in a list of a few, which it joins where it is new.
std::uint8_t code_of(std::vector<std::string>& names, std::string_view name);

}  // namespace bench::peers
