// A retelling: varints, the highest ids (8), the count of parts, and of each its commit and its sizes (10); packed numbers, the
// place of each string that records are made of, in the order of History::strings_in_order; a count of further strings, and
// of each its place and its text.
#include "store/retelling.hpp"

#include <memory>
#include <utility>

#include "policygraph/base/error.hpp"
#include "store/bytes.hpp"
#include "store/numbers.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

constexpr std::size_t kMostFurther = std::size_t{1} << 20U;  // bytes
constexpr std::size_t kMostStrings = 0xFFFF'FFFFU;

[[noreturn]] void refuse() { throw Error(ErrorCode::format, "the snapshot file is of other commits"); }

template <class Counters, class Each>
void for_counters(Counters& c, Each each) {
  each(c.commit), each(c.document), each(c.evidence), each(c.node), each(c.edge), each(c.assertion), each(c.judgement), each(c.run);
}

struct Told {
  graph::Counters counters;
  std::vector<PartSizes> parts;
  std::vector<std::uint64_t> places;                                  // of strings
  std::vector<std::pair<std::uint64_t, std::string_view>> further;  // strings that no record has
};

Told read(std::string_view retelling) {
  ByteView in(retelling);
  Told told;
  for_counters(told.counters, [&](std::uint64_t& last) { last = in.varint(); });
  told.parts.resize(in.count(1 + PartSizes::kinds));
  for (auto& part : told.parts) {
    part.commit = in.varint();
    for (auto& count : part.count) count = in.varint();
  }
  told.places = unpack_numbers(in, kMostStrings);
  told.further.resize(in.count(2));
  for (auto& [place, text] : told.further) {
    place = in.varint();
    text = in.text();
  }
  in.end();
  return told;
}

std::shared_ptr<graph::StringTable> strings_as_told(const Told& told, const graph::History& replayed, const graph::StringTable::HashKey& key) {
  const auto order = replayed.strings_in_order();
  std::vector<std::string_view> texts(told.places.size() + told.further.size());
  if (order.size() != told.places.size()) refuse();
  const auto put = [&](std::uint64_t place, std::string_view text) {
    if (place >= texts.size()) refuse();
    texts[place] = text;
  };
  for (std::size_t i = 0; i < order.size(); ++i) put(told.places[i], (*replayed.strings())[order[i]]);
  for (const auto& [place, text] : told.further) put(place, text);
  auto strings = std::make_shared<graph::StringTable>(key);
  for (std::size_t place = 0; place < texts.size(); ++place)
    if (strings->number(texts[place]) != place) refuse();
  return strings;
}

/// Puts the records of each commit, which come kind by kind, into the parts that they came in.
class Parts {
 public:
  Parts(const Told& told, std::shared_ptr<graph::StringTable> strings) : told_(told), history_(std::move(strings)) {}

  void take(const Batch& batch) {
    if (batch.commit.value != commit_) end_commit();
    if (open_.empty()) begin_commit(batch.commit);
    using enum PartSizes::Kind;
    for (auto item : batch.documents) {
      item.text.reset();
      next(documents).documents.push_back(std::move(item));
    }
    for (const auto id : batch.removed_documents) next(removed).removed_documents.push_back(id);
    for (const auto& item : batch.evidence) next(evidence).evidence->add(item.id, graph::view_of(item.evidence));
    for (const auto& mention : batch.mentions) {
      auto& part = next(mentions);
      part.mentions->add(mention, static_cast<std::uint32_t>(first_ + at_[mentions]));
    }
    for (const auto& claim : batch.assertions) next(claims).claims->add(claim);
    for (const auto id : batch.withdrawn) next(withdrawn).withdrawn.push_back(id);
    for (const auto& judgement : batch.judgements) next(judgements).judgements->push_back(judgement);
    for (const auto id : batch.withdrawn_judgements) next(withdrawn_judgements).withdrawn_judgements.push_back(id);
    for (const auto& run : batch.runs) next(runs).runs.push_back(run);
    for (const auto& finding : batch.findings) next(findings).findings.push_back(finding);
  }
  graph::History finish() {
    end_commit();
    if (first_ != told_.parts.size()) refuse();
    return std::move(history_);
  }

 private:
  void begin_commit(CommitId commit) {
    commit_ = commit.value;
    for (auto i = first_; i < told_.parts.size() && told_.parts[i].commit == commit_; ++i) open_.emplace_back(history_.strings(), commit);
    if (open_.empty()) refuse();
    at_ = taken_ = {};
  }
  /// The part that the next record of that kind is of.
  graph::Part& next(PartSizes::Kind kind) {
    auto& at = at_[kind];
    while (at < open_.size() && taken_[kind] == told_.parts[first_ + at].count[kind]) ++at, taken_[kind] = 0;
    if (at == open_.size()) refuse();
    ++taken_[kind];
    return open_[at];
  }
  void end_commit() {
    for (const auto& part : open_) {
      if (sizes_of(part).count != told_.parts[first_].count) refuse();
      ++first_;
      if (first_ == told_.parts.size()) history_.push(part, told_.counters);
      else history_.push(part);
    }
    open_.clear();
  }

  const Told& told_;
  graph::History history_;
  std::vector<graph::Part> open_;  // of the commit
  std::uint64_t commit_ = 0;
  std::size_t first_ = 0;  // of them, among all
  std::array<std::size_t, PartSizes::kinds> at_{};
  std::array<std::uint64_t, PartSizes::kinds> taken_{};  // of those `at_`
};

}  // namespace

PartSizes sizes_of(const Batch& batch) {
  return {batch.commit.value,
          {batch.documents.size(), batch.removed_documents.size(), batch.evidence.size(), batch.mentions.size(), batch.assertions.size(),
           batch.withdrawn.size(), batch.judgements.size(), batch.withdrawn_judgements.size(), batch.runs.size(), batch.findings.size()}};
}

PartSizes sizes_of(const graph::Part& part) {
  return {part.commit.value,
          {part.documents.size(), part.removed_documents.size(), part.evidence->size(), part.mentions->size(), part.claims->size(),
           part.withdrawn.size(), part.judgements->size(), part.withdrawn_judgements.size(), part.runs.size(), part.findings.size()}};
}

std::string retelling_bytes(const graph::History& history, std::span<const PartSizes> parts) {
  if (parts.size() != history.part_count() || parts.size() > kMostParts) return {};
  ByteOut out;
  for_counters(history.counters(), [&](std::uint64_t last) { out.varint(last); });
  out.varint(parts.size());
  for (const auto& part : parts) {
    out.varint(part.commit);
    for (const auto count : part.count) out.varint(count);
  }
  const auto order = history.strings_in_order();
  pack_numbers(std::vector<std::uint64_t>(order.begin(), order.end()), out);
  const auto& strings = *history.strings();
  std::vector<bool> is_told(strings.size());
  for (const auto place : order) is_told[place] = true;
  out.varint(strings.size() - order.size());
  std::size_t further = 0;
  for (std::uint32_t place = 0; place < strings.size(); ++place) {
    if (is_told[place]) continue;
    out.varint(place);
    out.text(strings[place]);
    if ((further += strings[place].size()) > kMostFurther) return {};
  }
  return out.take();
}

graph::History retold(std::string_view retelling, const graph::StringTable::HashKey& key, const Replay& replay) {
  const auto told = read(retelling);
  std::shared_ptr<graph::StringTable> strings;
  {
    graph::History replayed(std::make_shared<graph::StringTable>(key));
    replay([&](const Batch& batch) { replayed.push(batch); });
    strings = strings_as_told(told, replayed, key);
  }
  Parts parts(told, std::move(strings));
  replay([&](const Batch& batch) { parts.take(batch); });
  return parts.finish();
}

}  // namespace policygraph::inline v0::detail::store
