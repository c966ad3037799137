#include "graph/history.hpp"

#include <algorithm>
#include <string>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

// Ids mostly count up without gaps, so the place is usually right at once.
template <class Record, class Key, class KeyOf>
const Record* find_in(const std::vector<Record>& records, Key id, KeyOf key_of) noexcept {
  if (records.empty() || id < key_of(records.front())) return nullptr;
  const auto guess = id.value - key_of(records.front()).value;
  if (guess < records.size() && key_of(records[guess]) == id) return &records[guess];
  const auto found = std::lower_bound(records.begin(), records.end(), id,
                                      [&](const Record& record, Key wanted) { return key_of(record) < wanted; });
  return found != records.end() && key_of(*found) == id ? &*found : nullptr;
}

template <class Firsts, class Member>
std::size_t part_of(const Firsts& firsts, Member member, std::uint64_t id) noexcept {
  const auto after = std::upper_bound(firsts.begin(), firsts.end(), id,
                                      [&](std::uint64_t wanted, const auto& first) { return wanted < first.*member; });
  return static_cast<std::size_t>(after - firsts.begin());  // 1 + its number; 0: before the first
}

template <class Records, class IdOf>
void check_order(const Records& records, std::uint64_t last, const char* what, IdOf id_of) {
  for (const auto& record : records) {
    const std::uint64_t id = id_of(record);
    if (id <= last)
      throw Error(ErrorCode::format, std::string(what) + " ids of a commit do not count up at " + std::to_string(id));
    if (id > kMostKeys) throw Error(ErrorCode::limit, std::string("more than 4,294,967,280 ") + what + " ids");
    last = id;
  }
}

std::size_t heap_of(const std::string& text) noexcept { return text.capacity() > 15 ? text.capacity() + 1 : 0; }

}  // namespace

void IdSet::insert(std::uint64_t id) {
  if (id / 64 >= words_.size()) words_.resize(id / 64 + 1);
  words_[id / 64] |= std::uint64_t{1} << (id % 64);
}

void History::check(const Batch& part) const {
  check_order(part.assertions, counters_.assertion, "assertion", [](const Assertion& a) { return a.id.value; });
  check_order(part.evidence, counters_.evidence, "evidence", [](const Batch::NewEvidence& e) { return e.id.value; });
  check_order(part.judgements, counters_.judgement, "judgement", [](const Judgement& j) { return j.id.value; });
  for (const auto& mention : part.mentions) {
    if (!mention.key || mention.key.value > kMostKeys) throw Error(ErrorCode::limit, "a mention's key is out of range");
  }
  for (const auto& assertion : part.assertions) {
    if (assertion.edge.value > kMostKeys) throw Error(ErrorCode::limit, "an edge's key is out of range");
  }
}

void History::count(const Batch& part) {
  auto& c = counters_;
  c.commit = std::max(c.commit, part.commit.value);
  if (!part.assertions.empty()) c.assertion = part.assertions.back().id.value;
  if (!part.evidence.empty()) c.evidence = part.evidence.back().id.value;
  if (!part.judgements.empty()) c.judgement = part.judgements.back().id.value;
  for (const auto& item : part.documents) c.document = std::max(c.document, item.document.id.value);
  for (const auto& mention : part.mentions) c.node = std::max(c.node, mention.key.value);
  for (const auto& assertion : part.assertions) c.edge = std::max(c.edge, assertion.edge.value);
  for (const auto& run : part.runs) c.run = std::max(c.run, run.id.value);
}

void History::push(std::shared_ptr<const Batch> part) {
  check(*part);
  first_.push_back({counters_.assertion + 1, counters_.evidence + 1, counters_.judgement + 1});
  count(*part);
  const Edition edition = parts_.size() + 1;
  for (const auto id : part->removed_documents) documents_.set(id.value, nullptr, edition);
  for (const auto& item : part->documents)
    documents_.set(item.document.id.value, std::make_shared<const Source>(Source{item.document, parts_.size()}), edition);
  for (const auto id : part->withdrawn) withdrawn_.insert(id.value);
  for (const auto id : part->withdrawn_judgements) withdrawn_judgements_.insert(id.value);
  parts_.push_back(std::move(part));
}

std::optional<Claim> History::find_claim(AssertionId id) const noexcept {
  const auto part = part_of(first_, &First::assertion, id.value);
  if (part == 0) return std::nullopt;
  const auto* found = find_in(parts_[part - 1]->assertions, id, [](const Assertion& a) { return a.id; });
  return found == nullptr ? std::nullopt : std::optional(Claim(*found));
}

const Evidence* History::evidence(EvidenceId id) const noexcept {
  const auto part = part_of(first_, &First::evidence, id.value);
  if (part == 0) return nullptr;
  const auto* found = find_in(parts_[part - 1]->evidence, id, [](const Batch::NewEvidence& e) { return e.id; });
  return found == nullptr ? nullptr : &found->evidence;
}

const Judgement* History::judgement(JudgementId id) const noexcept {
  const auto part = part_of(first_, &First::judgement, id.value);
  return part == 0 ? nullptr : find_in(parts_[part - 1]->judgements, id, [](const Judgement& j) { return j.id; });
}

bool History::holds(DocumentId document, std::size_t part) const noexcept {
  const auto* source = this->document(document);
  return source != nullptr && source->since <= part;
}

bool History::holds(const Mention& mention, std::size_t part) const noexcept {
  const auto* evidence = this->evidence(mention.evidence);
  return evidence != nullptr && holds(evidence->document, part);
}

std::size_t History::memory_bytes() const noexcept {
  std::size_t bytes = withdrawn_.memory_bytes() + withdrawn_judgements_.memory_bytes();
  for (const auto& part : parts_) {
    bytes += part->assertions.capacity() * sizeof(Assertion) + part->evidence.capacity() * sizeof(Batch::NewEvidence) +
             part->mentions.capacity() * sizeof(Mention) + part->judgements.capacity() * sizeof(Judgement);
    for (const auto& assertion : part->assertions) {
      bytes += assertion.evidence.capacity() * sizeof(EvidenceId) + heap_of(assertion.name);
    }
    for (const auto& mention : part->mentions) bytes += heap_of(mention.surface) + heap_of(mention.type);
  }
  return bytes;
}

}  // namespace policygraph::inline v0::detail::graph
