#include "picture/stated_sums.hpp"

#include <algorithm>
#include <array>

#include "picture/called_off.hpp"
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

/// Nodes at the other ends of edges of one type, and whether all there are were called off.
struct Ends {
  std::vector<NodeRow> rows, called_off;
  bool is_none_left() const noexcept { return rows.empty() && !called_off.empty(); }
};

void take(const Snapshot& snapshot, NodeRow end, EdgeRow edge, Ends& ends) {
  (is_called_off(snapshot.modality(edge)) ? ends.called_off : ends.rows).push_back(end);
}

Ends givers_of(const Snapshot& snapshot, NodeRow row) {
  Ends ends;
  if (const auto type = snapshot.edge_type("PROVIDES")) {
    const auto edges = snapshot.in_edges(row, *type);
    for (std::size_t i = 0; i < edges.size(); ++i) take(snapshot, edges.sources[i], edges.edges[i], ends);
  }
  ends.rows = ascending(std::move(ends.rows));
  return ends;
}

Ends recipients_of(const Snapshot& snapshot, NodeRow row) {
  Ends ends;
  if (const auto type = snapshot.edge_type("FUNDS")) {
    const auto edges = snapshot.out_edges(row, *type);
    for (std::size_t i = 0; i < edges.size(); ++i) take(snapshot, edges.targets[i], edges.edge(i), ends);
  }
  ends.rows = ascending(std::move(ends.rows));
  return ends;
}

std::optional<Decimal> amount_of(const Value& value) {
  if (value.kind() == ValueKind::decimal) return value.as_decimal();
  return value.kind() == ValueKind::integer ? std::optional<Decimal>(Decimal(value.as_integer())) : std::nullopt;
}

}  // namespace

StatedSums stated_sums(const Snapshot& snapshot, std::span<const NodeRow> recipients) {
  StatedSums sums;
  const auto is_wanted = [&](NodeRow end) { return std::ranges::find(recipients, end) != recipients.end(); };
  for (const auto row : snapshot.nodes("Funding")) {
    const auto amount = amount_of(snapshot.value(row, "amount"));
    if (!amount) continue;
    auto givers = givers_of(snapshot, row), ends = recipients_of(snapshot, row);
    if (!recipients.empty() && std::ranges::none_of(ends.rows, is_wanted) && std::ranges::none_of(ends.called_off, is_wanted)) continue;
    if (is_called_off(snapshot.modality(row)) || givers.is_none_left() || ends.is_none_left()) {
      ++sums.called_off;
      continue;
    }
    if (!recipients.empty() && std::ranges::none_of(ends.rows, is_wanted)) continue;
    const auto currency = text_of(snapshot.value(row, "currency"));
    const auto text = comparator_words(text_of(snapshot.value(row, "comparator"))) + grouped(amount->to_string()) + (currency.empty() ? "" : " " + currency);
    sums.by_currency[currency].push_back({row, *amount, text, about(snapshot, row), std::move(givers.rows), std::move(ends.rows)});
  }
  for (auto& [currency, list] : sums.by_currency)
    std::ranges::stable_sort(list, [](const StatedSum& a, const StatedSum& b) { return a.amount > b.amount; });
  return sums;
}

}  // namespace policygraph::inline v0::detail::picture
