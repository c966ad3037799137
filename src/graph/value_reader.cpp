#include "graph/value_reader.hpp"

#include <algorithm>

#include "graph/preference.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

void add_once(ValueList& list, const Value& value) {
  if (std::ranges::find(list, value) == list.end()) list.push_back(value);
}

// Lists do not compete: each source names some of the items, and the property reads as all of them, each once.
Value united(const History& history, std::span<const Claim> claims) {
  std::vector<Claim> sorted(claims.begin(), claims.end());
  sort_by_preference(history, sorted);
  ValueList all;
  for (const auto claim : sorted) {
    if (claim.value_kind() != ValueKind::list) continue;
    const auto value = claim.value();
    for (const auto& item : value.as_list()) add_once(all, item);
  }
  return all;
}

// Many documents say the same: whichever is preferred, this is what is read.
bool are_one_text(std::span<const Claim> claims) noexcept {
  return std::ranges::all_of(claims, [&](const Claim& claim) {
    return claim.value_kind() == ValueKind::string && (&claim == claims.data() || claim.text() == claims.front().text());
  });
}

}  // namespace

ReadClaim read_of(const History& history, std::span<const Claim> claims, std::deque<Value>& made) {
  if (claims.size() == 1 || are_one_text(claims)) return {claims.front()};
  const auto read = preferred_of(history, claims);
  if (read.value_kind() != ValueKind::list || read.rank() != Rank::normal) return {read};
  return {read, &made.emplace_back(united(history, claims))};
}

bool may_have_aliases(const Snapshot::Data& data, std::uint32_t row) {
  const auto& labels = data.labels_of(row).names;
  return std::ranges::any_of(labels, [&](auto label) { return data.schema.property(label, kAliases) != nullptr; });
}

ValueReader::ValueReader(const History& history, NameNumbers& names, std::deque<Value>& made, HasAliases has_aliases)
    : history_(history), names_(names), made_(made), has_aliases_(std::move(has_aliases)) {
  for (auto& name : names_of_nodes_) name.number = history.strings()->find(name.text);
}

void ValueReader::read_row(std::uint32_t row, std::span<const std::uint32_t> claims) {
  row_.clear();
  for (const auto id : claims) {
    const auto claim = history_.claim(id);
    if (is_wanted(claim) && is_value(claim)) row_.emplace_back(names_.number(claim), claim);
  }
  if (row_.empty()) return;
  sort_row();
  if (values_.size() < names_.names().size()) values_.resize(names_.names().size());
  for (std::size_t first = 0; first < row_.size();) {
    auto end = first + 1;
    while (end < row_.size() && row_[end].first == row_[first].first) ++end;
    values_[row_[first].first].emplace_back(row, read_property(std::span(row_).subspan(first, end - first)));
    first = end;
  }
  gather_aliases(row);
}

// By name, else as they came. Most rows have a few claims, which is not worth asking for memory.
void ValueReader::sort_row() {
  constexpr std::size_t kFew = 24;
  if (row_.size() > kFew) {
    std::ranges::stable_sort(row_, {}, &NumberedClaims::value_type::first);
    return;
  }
  for (std::size_t i = 1; i < row_.size(); ++i) {
    const auto claim = row_[i];
    auto at = i;
    for (; at > 0 && row_[at - 1].first > claim.first; --at) row_[at] = row_[at - 1];
    row_[at] = claim;
  }
}

const Value* ValueReader::read_property(std::span<const NumberedClaims::value_type> claims) {
  if (claims.size() == 1) return &made_.emplace_back(claims.front().second.value());
  competing_.clear();
  for (const auto& [number, claim] : claims) competing_.push_back(claim);
  const auto read = read_of(history_, competing_, made_);
  return read.made != nullptr ? read.made : &made_.emplace_back(read.claim.value());
}

// Where the schema gives a node other names, a name that another one is read before is one of them.
void ValueReader::gather_aliases(std::uint32_t row) {
  ValueList losers;
  for (const auto& name : names_of_nodes_) add_losers(losers, name);
  if (losers.empty() || !has_aliases_(row)) return;
  auto& column = column_of(kAliases);
  const bool has_list = !column.empty() && column.back().first == row;
  ValueList aliases = has_list && column.back().second->kind() == ValueKind::list ? column.back().second->as_list() : ValueList();
  for (const auto& loser : losers) add_once(aliases, loser);
  const auto* made = &made_.emplace_back(std::move(aliases));
  if (has_list) column.back().second = made;
  else column.emplace_back(row, made);
}

void ValueReader::add_losers(ValueList& losers, const KeptName& name) {
  if (!name.number) return;
  const auto is_it = [&](const auto& entry) { return entry.second.name_number() == *name.number; };
  if (std::ranges::count_if(row_, is_it) < 2) return;
  const auto& column = column_of(name.text);
  for (const auto& entry : row_) {
    const auto claim = entry.second;
    if (is_it(entry) && claim.rank() == Rank::normal && !claim.has_value(*column.back().second)) add_once(losers, claim.value());
  }
  if (std::ranges::any_of(row_, [&](const auto& entry) { return is_it(entry) && entry.second.rank() == Rank::preferred; })) losers.clear();
}

ColumnEntries& ValueReader::column_of(std::string_view property) {
  const auto number = names_.number(property);
  if (values_.size() <= number) values_.resize(number + 1);
  return values_[number];
}

}  // namespace policygraph::inline v0::detail::graph
