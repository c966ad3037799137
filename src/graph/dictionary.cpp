#include "graph/dictionary.hpp"

#include <utility>

namespace policygraph::inline v0::detail::graph {

std::string_view Dictionary::later(std::uint32_t number) const noexcept {
  auto table = tables_.end() - 1;
  while (table->first > number) --table;
  return (*table->strings)[number - table->first];
}

std::optional<std::uint32_t> Dictionary::find(std::string_view text) const noexcept {
  for (const auto& table : tables_) {
    if (const auto found = table.strings->find(text)) return table.first + *found;
  }
  return std::nullopt;
}

std::uint32_t Dictionary::size() const noexcept {
  return tables_.empty() ? 0 : tables_.back().first + static_cast<std::uint32_t>(tables_.back().strings->size());
}

std::size_t Dictionary::memory_bytes() const noexcept {
  std::size_t bytes = tables_.capacity() * sizeof(Table);
  for (const auto& table : tables_) bytes += table.strings->memory_bytes();
  return bytes;
}

void Dictionary::join_last() {
  const auto& last = *tables_.back().strings;
  auto& before = tables_[tables_.size() - 2];
  auto joined = std::make_shared<Interner>(*before.strings);
  for (std::uint32_t number = 0; number < last.size(); ++number) joined->intern(last[number]);
  before.strings = std::move(joined);
  tables_.pop_back();
}

std::uint32_t Dictionary::Writer::number(std::string_view text) {
  if (first_ > 0) {
    if (const auto known = dictionary_.find(text)) return *known;
  }
  return first_ + added_.intern(text);
}

void Dictionary::Writer::finish() {
  if (added_.size() == 0) return;
  auto& tables = dictionary_.tables_;
  tables.push_back({first_, std::make_shared<const Interner>(std::move(added_))});
  added_ = Interner();
  first_ = dictionary_.size();
  const auto size = [&](std::size_t from_back) { return tables[tables.size() - from_back].strings->size(); };
  while (tables.size() > 2 && size(1) * 2 >= size(2)) dictionary_.join_last();
  dictionary_.first_size_ = static_cast<std::uint32_t>(tables.front().strings->size());
}

}  // namespace policygraph::inline v0::detail::graph
