#include "graph/record_tables.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include "base/name_table.hpp"
#include "base/sip_hash.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

std::size_t hash_of(std::uint32_t extractor, float confidence) noexcept {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;
  const auto& key = base::random_hash_key();  // both may be chosen by others
  auto mixed = (((std::uint64_t{extractor} << 32) | std::bit_cast<std::uint32_t>(confidence)) ^ key[0]) * kMultiplier;
  mixed = (mixed ^ (mixed >> 29) ^ key[1]) * kMultiplier;
  return static_cast<std::size_t>(mixed ^ (mixed >> 31));
}

}  // namespace

std::uint32_t EvidenceTable::number_of(const Finder& finder) {
  if (last_finder_ < finders_.size() && finders_[last_finder_] == finder) return last_finder_;  // they come in runs
  const auto place = [&](const Finder& one) {
    auto slot = hash_of(one.extractor, one.confidence) & (slots_.size() - 1);
    while (slots_[slot] != 0 && !(finders_[slots_[slot] - 1] == one)) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  };
  if (2 * (finders_.size() + 1) > slots_.size()) {
    slots_.assign(std::bit_ceil(std::max<std::size_t>(16, 4 * finders_.size())), 0);
    for (std::uint32_t i = 0; i < finders_.size(); ++i) slots_[place(finders_[i])] = i + 1;
  }
  auto& slot = slots_[place(finder)];
  if (slot == 0) {
    finders_.push_back(finder);
    slot = static_cast<std::uint32_t>(finders_.size());
  }
  return last_finder_ = slot - 1;
}

void EvidenceTable::add(EvidenceId id, const EvidenceView& evidence) {
  const auto number = narrow(id.value, "an id of evidence");
  const auto document = narrow(evidence.document.value, "a document's id");
  if (evidence.span.start > evidence.span.end)
    throw Error(ErrorCode::format, "evidence " + std::to_string(number) + " ends before it starts");
  finder_.push_back(number_of({strings_->number(evidence.extractor), evidence.confidence}));
  document_.push_back(document);
  start_.push_back(evidence.span.start);
  length_.push_back(evidence.span.end - evidence.span.start);
  ids_.push_back(number);
}

void EvidenceTable::add(const EvidenceTable& other) {
  for (std::uint32_t place = 0; place < other.size(); ++place) {
    finder_.push_back(number_of(other.finders_[other.finder_[place]]));
    document_.push_back(other.document_[place]);
    start_.push_back(other.start_[place]);
    length_.push_back(other.length_[place]);
    ids_.push_back(other.ids_[place]);
  }
}

void EvidenceTable::seal() {
  for (auto* column : {&document_, &start_, &length_, &finder_}) column->seal();
  ids_.seal();
  std::vector<std::uint32_t>().swap(slots_);
  finders_.shrink_to_fit();
}

Evidence EvidenceTable::operator[](std::size_t place) const {
  const auto& finder = finders_[finder_[place]];
  const auto start = start_[place];
  return {
      document(place), {start, start + length_[place]}, std::string((*strings_)[finder.extractor]), finder.confidence};
}

bool EvidenceTable::is_at(std::size_t place, const EvidenceView& evidence) const noexcept {
  if (start_[place] != evidence.span.start || length_[place] != evidence.span.end - evidence.span.start) return false;
  const auto& finder = finders_[finder_[place]];
  return document(place) == evidence.document && finder.confidence == evidence.confidence &&
         base::are_same_names((*strings_)[finder.extractor], evidence.extractor);
}

std::size_t EvidenceTable::memory_bytes() const noexcept {
  std::size_t bytes = sizeof(*this) + ids_.memory_bytes() + finders_.capacity() * sizeof(Finder) +
                      slots_.capacity() * sizeof(slots_[0]);
  for (const auto* column : {&document_, &start_, &length_, &finder_}) bytes += column->memory_bytes();
  return bytes;
}

void MentionTable::add(const Mention& mention, std::uint32_t part) {
  if (!mention.key) throw Error(ErrorCode::format, "a mention has no key");
  const auto key = narrow(mention.key.value, "a mention's key");
  const auto evidence = narrow(mention.evidence.value, "an id of evidence");
  const auto type = strings_->number(mention.type);
  const auto surface = strings_->number(mention.surface);
  type_.push_back(type);
  surface_.push_back(surface);
  evidence_.push_back(evidence);
  part_.push_back(part);
  key_.push_back(key);
}

void MentionTable::add(const MentionTable& other) {
  for (std::uint32_t place = 0; place < other.size(); ++place) {
    type_.push_back(other.type_[place]);
    surface_.push_back(other.surface_[place]);
    evidence_.push_back(other.evidence_[place]);
    part_.push_back(other.part_[place]);
    key_.push_back(other.key_[place]);
  }
}

void MentionTable::seal() {
  for (auto* column : {&key_, &type_, &surface_, &evidence_, &part_}) column->seal();
}

std::size_t MentionTable::memory_bytes() const noexcept {
  std::size_t bytes = sizeof(*this);
  for (const auto* column : {&key_, &type_, &surface_, &evidence_, &part_}) bytes += column->memory_bytes();
  return bytes;
}

}  // namespace policygraph::inline v0::detail::graph
