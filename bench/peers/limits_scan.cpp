#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "limits.hpp"

namespace bench::peers {
namespace {

constexpr std::uint32_t kYears = 64;  // from 2000 on
constexpr std::size_t kTop = 10;

std::uint8_t known_code(const std::vector<std::string>& names, std::string_view name) {
  return static_cast<std::uint8_t>(std::ranges::find(names, name) - names.begin());
}

// The greatest first; equal ones by what stands second.
template <class Row>
void keep_top(std::vector<Row>& rows) {
  const auto kept = std::min(kTop, rows.size());
  std::ranges::partial_sort(rows, rows.begin() + static_cast<std::ptrdiff_t>(kept));
  rows.resize(kept);
}

std::size_t money_by_year(const HandTables& t, const Arguments& a, AnswerLines* lines) {
  const auto currency = known_code(t.currencies, a[0].text);
  std::vector<std::int64_t> sums(t.partner_names.size() * kYears);
  for (std::size_t i = 0; i < t.sum_cents.size(); ++i)
    if (t.sum_currency[i] == currency)
      sums[(t.provider[i] - t.first_partner) * kYears + t.sum_year[i] - 2000U] += t.sum_cents[i];
  std::vector<std::tuple<std::int64_t, std::string_view, std::uint32_t>> top;
  for (std::uint32_t i = 0; i < sums.size(); ++i)
    if (sums[i] != 0) top.emplace_back(-sums[i], t.partner_names[i / kYears], 2000 + i % kYears);
  keep_top(top);
  if (lines != nullptr)
    for (const auto& [sum, name, year] : top)
      lines->push_back(row_text(std::string(name), std::to_string(year), money_text(-sum)));
  return top.size();
}

std::size_t in_force(const HandTables& t, const Arguments& a, AnswerLines* lines) {
  const auto day = day_number(a[0].text);
  std::vector<std::uint32_t> counts(256);
  for (std::size_t i = 0; i < t.force_from.size(); ++i)
    counts[t.act_jurisdiction[i]] += t.force_from[i] <= day && (t.force_to[i] == 0 || t.force_to[i] > day) ? 1 : 0;
  for (std::size_t i = 0; lines != nullptr && i < t.jurisdictions.size(); ++i)
    if (counts[i] != 0) lines->push_back(row_text(t.jurisdictions[i], std::to_string(counts[i])));
  return t.jurisdictions.size();
}

std::size_t most_cited(const HandTables& t, const Arguments&, AnswerLines* lines) {
  std::vector<std::pair<std::int64_t, std::uint32_t>> top;
  for (std::uint32_t i = 0; i < t.act_numbers.size(); ++i) {
    const auto times = t.cited_by.starts[i + 1] - t.cited_by.starts[i];
    if (times != 0) top.emplace_back(-std::int64_t{times}, t.first_act + i);
  }
  keep_top(top);
  if (lines != nullptr)
    for (const auto& [times, act] : top) lines->push_back(row_text(std::to_string(act), std::to_string(-times)));
  return top.size();
}

std::size_t optional_sum(const HandTables& t, const Arguments&, AnswerLines* lines) {
  struct Total {
    std::int64_t cents = 0;
    std::uint32_t sums = 0;
  };
  const auto euro = known_code(t.currencies, "EUR");
  std::vector<Total> totals(t.programme_names.size());
  for (std::size_t i = 0; i < t.sum_cents.size(); ++i) {
    if (t.sum_currency[i] != euro) continue;
    auto& total = totals[t.programme[i] - t.first_programme];
    total.cents += t.sum_cents[i];
    ++total.sums;
  }
  std::map<std::uint32_t, std::pair<std::uint32_t, std::int64_t>> by_sums;
  for (const auto& total : totals) ++by_sums[total.sums].first, by_sums[total.sums].second += total.cents;
  if (lines != nullptr)
    for (const auto& [sums, row] : by_sums)
      lines->push_back(row_text(std::to_string(sums), std::to_string(row.first), money_text(row.second)));
  return by_sums.size();
}

std::size_t not_exists(const HandTables& t, const Arguments&, AnswerLines* lines) {
  const auto decree = known_code(t.kinds, "decree");
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < t.act_kind.size(); ++i)
    count += t.act_kind[i] == decree && t.authorises.starts[i] == t.authorises.starts[i + 1] ? 1 : 0;
  if (lines != nullptr) lines->push_back(std::to_string(count));
  return count;
}

/// Counts by how often an end is cited, so that parallel edges count each.
/// Marks what an act cites and adds up the marks of what those cite. Lists are short, and how short is not to be foreseen: of each, four places are
/// looked at whatever there are, and only then is it asked whether there are more. An act that cites once is in no triangle as its first.
class Triangles {
 public:
  explicit Triangles(const HandTables& tables) : t_(&tables), times_(tables.act_numbers.size()), kept_(tables.act_numbers.size()) {}
  std::size_t operator()(const Arguments&, AnswerLines* lines) {
    std::size_t size = 0;
    for (std::uint32_t act = 0; act < times_.size(); ++act) {
      kept_[size] = act;
      size += t_->cites.starts[act + 1] - t_->cites.starts[act] > 1 ? 1 : 0;
    }
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const auto cited = t_->cites.of(t_->first_act + kept_[i]);
      for (const auto act : cited) ++times_[act - t_->first_act];
      for (const auto act : cited) count += marks_of(act);
      for (const auto act : cited) times_[act - t_->first_act] = 0;
    }
    if (lines != nullptr) lines->push_back(std::to_string(count));
    return count;
  }

 private:
  std::uint64_t marks_of(std::uint32_t act) const {
    constexpr std::uint32_t kFew = 4;
    const auto cited = t_->cites.of(act);
    const auto* const acts = cited.empty() ? &t_->first_act : cited.data();
    std::uint64_t count = 0;
    for (std::uint32_t i = 0; i < kFew; ++i) {
      const auto mask = 0U - static_cast<std::uint32_t>(i < cited.size());
      count += times_[acts[i & mask] - t_->first_act] & mask;
    }
    for (std::size_t i = kFew; i < cited.size(); ++i) count += times_[cited[i] - t_->first_act];
    return count;
  }

  const HandTables* t_;
  std::vector<std::uint32_t> times_, kept_;
};

std::size_t three_way(const HandTables& t, const Arguments&, AnswerLines* lines) {
  std::vector<std::uint32_t> of_act(t.act_numbers.size()), of_agency(t.agency_names.size());
  for (std::size_t i = 0; i < t.mentioned.size(); ++i)
    of_act[t.mentioned[i] - t.first_act] += t.confidence[i] > 50 ? 1 : 0;
  for (std::size_t i = 0; i < of_act.size(); ++i) of_agency[t.issuer[i] - t.first_agency] += of_act[i];
  std::vector<std::pair<std::int64_t, std::string_view>> top;
  for (std::size_t i = 0; i < of_agency.size(); ++i)
    if (of_agency[i] != 0) top.emplace_back(-std::int64_t{of_agency[i]}, t.agency_names[i]);
  keep_top(top);
  if (lines != nullptr)
    for (const auto& [times, name] : top) lines->push_back(row_text(std::string(name), std::to_string(-times)));
  return top.size();
}

std::size_t co_mention(const HandTables& t, const Arguments&, AnswerLines* lines) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i + 1 < t.mentions.starts.size(); ++i) {
    const std::uint64_t times = t.mentions.starts[i + 1] - t.mentions.starts[i];
    count += times * (times - 1);
  }
  if (lines != nullptr) lines->push_back(std::to_string(count));
  return count;
}

std::size_t all_mentions(const HandTables& t, const Arguments&, AnswerLines* lines) {
  struct Row {
    std::uint32_t document, act;
    double confidence;
  };
  std::vector<Row> rows(t.mentioned.size());
  for (std::uint32_t document = t.mentions.first; document - t.mentions.first + 1 < t.mentions.starts.size();
       ++document)
    for (auto at = t.mentions.starts[document - t.mentions.first];
         at < t.mentions.starts[document - t.mentions.first + 1]; ++at)
      rows[at] = {document, t.mentions.ends[at], t.confidence[t.mentions.places[at]] / 100.0};
  for (std::size_t i = 0; lines != nullptr && i < rows.size(); ++i) {
    char confidence[16];
    std::snprintf(confidence, sizeof confidence, "%g", rows[i].confidence);
    lines->push_back(row_text(std::to_string(rows[i].document), std::to_string(rows[i].act), std::string(confidence)));
  }
  return rows.size();
}

// Pulled along edges that enter, until all changes together are below 1e-8.
std::size_t page_rank(const HandTables& t, const Arguments&, AnswerLines* lines) {
  const auto count = t.node_count;
  const double share = 1.0 / count;
  std::vector<double> ranks(count + 1, share), given(count + 1);
  for (double change = 1; change > 1e-8;) {
    double leaping = 0;
    for (std::uint32_t id = 1; id <= count; ++id) {
      if (t.out_degrees[id] == 0)
        leaping += ranks[id];
      else
        given[id] = ranks[id] / t.out_degrees[id];
    }
    const double base = (0.15 + 0.85 * leaping) * share;
    change = 0;
    for (std::uint32_t id = 1; id <= count; ++id) {
      double sum = 0;
      for (const auto from : t.all_in.of(id)) sum += given[from];
      change += std::abs(base + 0.85 * sum - ranks[id]);
      ranks[id] = base + 0.85 * sum;
    }
  }
  if (lines == nullptr) return kTop;
  std::vector<std::pair<double, std::uint32_t>> top;
  for (std::uint32_t id = 1; id <= count; ++id) top.emplace_back(-ranks[id], id);
  keep_top(top);
  for (const auto& [rank, id] : top) {
    char score[32];
    std::snprintf(score, sizeof score, "%.2e", -rank);
    lines->push_back(row_text(std::to_string(id), std::string(score)));
  }
  return kTop;
}

// Sets united edge by edge, the least id leads.
std::size_t components(const HandTables& t, const Arguments&, AnswerLines* lines) {
  std::vector<std::uint32_t> leader(t.node_count + 1);
  std::iota(leader.begin(), leader.end(), 0U);
  const auto find = [&](std::uint32_t id) {
    while (leader[id] != id) id = leader[id] = leader[leader[id]];
    return id;
  };
  for (const auto& [a, b] : t.all) {
    const auto one = find(a), other = find(b);
    if (one != other) leader[std::max(one, other)] = std::min(one, other);
  }
  std::vector<std::uint32_t> sizes(leader.size());
  for (std::uint32_t id = 1; id <= t.node_count; ++id) ++sizes[find(id)];
  const auto parts = std::ranges::count_if(sizes, [](auto size) { return size != 0; });
  if (lines != nullptr) lines->push_back(row_text(std::to_string(parts), std::to_string(std::ranges::max(sizes))));
  return static_cast<std::size_t>(parts);
}

}  // namespace

Runner hand_scan(const HandTables& tables, const std::string& query) {
  const auto loop = [&tables](auto* act) {
    return [&tables, act](const Arguments& a, AnswerLines* lines) { return act(tables, a, lines); };
  };
  if (query == "money_by_year") return loop(money_by_year);
  if (query == "in_force") return loop(in_force);
  if (query == "most_cited") return loop(most_cited);
  if (query == "optional_sum") return loop(optional_sum);
  if (query == "not_exists") return loop(not_exists);
  if (query == "triangles") return Triangles(tables);
  if (query == "three_way") return loop(three_way);
  if (query == "co_mention") return loop(co_mention);
  if (query == "all_mentions") return loop(all_mentions);
  if (query == "page_rank") return loop(page_rank);
  if (query == "components") return loop(components);
  return {};
}

}  // namespace bench::peers
