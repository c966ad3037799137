#include <algorithm>
#include <span>

#include "policygraph/graph/search.hpp"
#include "query/limits.hpp"
#include "query/rows_data.hpp"

namespace policygraph::inline v0 {
namespace {

// What belongs to a row.
template <class Item>
std::span<const Item> slice(const std::vector<Item>& all, const std::vector<std::size_t>& ends, std::size_t row) {
  if (row >= ends.size()) return {};
  const auto start = row == 0 ? 0 : ends[row - 1];
  return std::span(all).subspan(start, ends[row] - start);
}

// The row's own, and that of the rows it is a group of.
std::vector<EvidenceId> group_evidence(const Rows::Data& data, std::size_t row) {
  const auto own = slice(data.marks, data.mark_ends, row);
  std::vector<detail::query::Mark> marks(own.begin(), own.end());
  if (const auto set = data.groups->evidence(row, *data.kept, data.snapshot))
    marks.insert(marks.end(), set->marks.begin(), set->marks.end());
  return detail::query::resolve_marks(marks, data.snapshot, *data.kept->names);
}

}  // namespace

Rows::Rows(std::shared_ptr<const Data> data) noexcept : data_(std::move(data)) {}

const std::vector<std::string>& Rows::columns() const noexcept { return data_->columns(); }
std::size_t Rows::size() const noexcept { return data_->size; }
const Snapshot& Rows::snapshot() const noexcept { return data_->snapshot; }
const WriteCounts& Rows::counts() const noexcept { return data_->counts; }
const std::vector<Diagnostic>& Rows::notifications() const noexcept { return data_->notifications; }
void Rows::gather_evidence(std::size_t first, std::size_t count, const QueryOptions& bounds) const {
  detail::query::checked(bounds);
  if (data_->groups == nullptr || first >= size() || count == 0) return;
  data_->groups->gather(first, std::min(count, size() - first), *data_->kept, data_->snapshot, bounds);
}
Rows::Iterator Rows::begin() const noexcept { return {this, 0}; }
Rows::Iterator Rows::end() const noexcept { return {this, size()}; }

Row Rows::operator[](std::size_t row) const {
  if (row >= size()) {
    throw Error(ErrorCode::invalid_argument, "row " + std::to_string(row) + " of an answer of " + std::to_string(size()));
  }
  return {this, row};
}

std::size_t Row::size() const noexcept { return rows_->columns().size(); }

const Value& Row::operator[](std::size_t column) const {
  const auto width = size();
  if (column >= width) {
    throw Error(ErrorCode::invalid_argument, "column " + std::to_string(column) + " of a row of " + std::to_string(width));
  }
  return rows_->data_->cell(index_, column);
}

const Value& Row::operator[](std::string_view column) const {
  const auto& columns = rows_->columns();
  const auto found = std::find(columns.begin(), columns.end(), column);
  if (found != columns.end()) return (*this)[static_cast<std::size_t>(found - columns.begin())];
  std::string names;
  for (const auto& name : columns) names += (names.empty() ? "" : ", ") + name;
  throw Error(ErrorCode::not_found, "no column '" + std::string(column) + "'; there are: " + names);
}

std::vector<EvidenceId> Row::evidence_ids() const {
  const auto& data = *rows_->data_;
  if (data.groups != nullptr) return group_evidence(data, index_);
  if (!data.evidence_ends.empty()) {
    const auto ids = slice(data.evidence, data.evidence_ends, index_);
    return {ids.begin(), ids.end()};
  }
  if (data.mark_ends.empty()) return {};
  return detail::query::resolve_marks(slice(data.marks, data.mark_ends, index_), data.snapshot, *data.kept->names);
}

std::vector<Citation> Row::evidence() const {
  std::vector<Citation> out;
  for (const auto id : evidence_ids()) out.push_back(rows_->snapshot().cite(id));
  const auto& data = *rows_->data_;
  for (const auto& mark : slice(data.marks, data.mark_ends, index_)) {
    if (mark.kind() != detail::query::Mark::Kind::passage) continue;
    const auto& [document, words] = data.passages[mark.row];
    out.push_back(cite(rows_->snapshot(), document, words, "text.search/1"));
  }
  std::ranges::stable_sort(out, [](const Citation& a, const Citation& b) { return a.span.size() > b.span.size(); });
  return out;
}

std::size_t Row::evidence_left_out() const {
  const auto& data = *rows_->data_;
  if (data.groups != nullptr) {
    const auto set = data.groups->evidence(index_, *data.kept, data.snapshot);
    return set == nullptr ? 0 : set->left_out;
  }
  const auto& left_out = data.left_out;
  return index_ < left_out.size() ? left_out[index_] : 0;
}

}  // namespace policygraph::inline v0
