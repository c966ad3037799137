#include "picture/stated_sums.hpp"

#include <algorithm>
#include <array>

#include "picture/dates.hpp"
#include "picture/markup.hpp"

namespace policygraph::inline v0::detail::picture {
namespace {

std::string text_of(const Value& value) { return value.kind() == ValueKind::string ? value.as_string() : std::string(); }

std::string worded(const std::string& word) {
  std::string out(word);
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::string comparator_words(const std::string& comparator) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kWords{
      {{">=", "at least "}, {">", "more than "}, {"<=", "at most "}, {"~", "about "}}};
  const auto found = std::ranges::find_if(kWords, [&](const auto& entry) { return entry.first == comparator; });
  return found == kWords.end() ? std::string() : std::string(found->second);
}

std::string period(const Snapshot& snapshot, NodeRow row) {
  const auto from = date_in(snapshot.value(row, "period_from")).to_string(), to = date_in(snapshot.value(row, "period_to")).to_string();
  if (from == to || to.empty()) return from;
  return from.empty() ? "until " + to : from + " – " + to;
}

std::string about(const Snapshot& snapshot, NodeRow row) {
  std::string out;
  for (const auto& part : {worded(text_of(snapshot.value(row, "kind"))), worded(text_of(snapshot.value(row, "status"))),
                           text_of(snapshot.value(row, "scope")) == "per_year" ? std::string("per year") : std::string(), period(snapshot, row)})
    if (!part.empty() && part != "unknown") out += (out.empty() ? "" : ", ") + part;
  return out;
}

std::vector<NodeRow> ascending(std::vector<NodeRow> rows) {
  std::ranges::sort(rows);
  const auto rest = std::ranges::unique(rows);
  rows.erase(rest.begin(), rest.end());
  return rows;
}

std::vector<NodeRow> sources(const Snapshot& snapshot, NodeRow row, std::string_view type) {
  std::vector<NodeRow> rows;
  const auto number = snapshot.edge_type(type);
  if (!number) return rows;
  for (const auto source : snapshot.in_edges(row, *number).sources) rows.push_back(source);
  return ascending(std::move(rows));
}

std::vector<NodeRow> targets(const Snapshot& snapshot, NodeRow row, std::string_view type) {
  std::vector<NodeRow> rows;
  const auto number = snapshot.edge_type(type);
  if (!number) return rows;
  for (const auto target : snapshot.out_edges(row, *number).targets) rows.push_back(target);
  return ascending(std::move(rows));
}

std::optional<Decimal> amount_of(const Value& value) {
  if (value.kind() == ValueKind::decimal) return value.as_decimal();
  return value.kind() == ValueKind::integer ? std::optional<Decimal>(Decimal(value.as_integer())) : std::nullopt;
}

}  // namespace

std::map<std::string, std::vector<StatedSum>> stated_sums(const Snapshot& snapshot, std::span<const NodeRow> recipients) {
  std::map<std::string, std::vector<StatedSum>> sums;
  for (const auto row : snapshot.nodes("Funding")) {
    const auto amount = amount_of(snapshot.value(row, "amount"));
    if (!amount) continue;
    auto ends = targets(snapshot, row, "FUNDS");
    const auto is_wanted = [&](NodeRow end) { return std::ranges::find(recipients, end) != recipients.end(); };
    if (!recipients.empty() && std::ranges::none_of(ends, is_wanted)) continue;
    const auto currency = text_of(snapshot.value(row, "currency"));
    const auto text = comparator_words(text_of(snapshot.value(row, "comparator"))) + grouped(amount->to_string()) + (currency.empty() ? "" : " " + currency);
    sums[currency].push_back({row, *amount, text, about(snapshot, row), sources(snapshot, row, "PROVIDES"), std::move(ends)});
  }
  for (auto& [currency, list] : sums)
    std::ranges::stable_sort(list, [](const StatedSum& a, const StatedSum& b) { return a.amount > b.amount; });
  return sums;
}

}  // namespace policygraph::inline v0::detail::picture
