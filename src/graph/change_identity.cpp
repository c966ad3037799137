#include <algorithm>
#include <utility>

#include "graph/change.hpp"
#include "graph/identity.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

constexpr std::size_t kLeastWork = 1024;

std::uint32_t number_of(NodeKey key) noexcept { return static_cast<std::uint32_t>(key.value); }

// Items by key; a set keeps each once.
using Additions = std::map<std::uint32_t, std::set<std::uint32_t>>;

}  // namespace

Change::Change(const Snapshot::Data& before, Snapshot::Data& after, const Part& part)
    : before_(before),
      after_(after),
      part_(part),
      edition_(after.edition),
      topology_(after.topology, after.edition) {}

bool Change::run() {
  if (!is_small()) return false;
  read_documents();
  read_mentions();
  read_judgements();
  read_claims();
  if (!find_classes()) return false;
  derive_nodes();
  derive_edges();
  write_values();
  return true;
}

// A full derivation costs less where much of the graph is said anew.
bool Change::is_small() const {
  const auto records = std::size_t{part_.mentions->size()} + part_.claims->size() + part_.withdrawn.size() +
                       part_.judgements->size() + part_.withdrawn_judgements.size();
  return records <= std::max(kLeastWork, (before_.node_count() + before_.edge_count()) / 16);
}

void Change::read_documents() {
  const auto* known = before_.held_sources.made();
  if (known == nullptr) return;  // whoever first asks makes them of the history
  if (part_.documents.empty() && part_.removed_documents.empty()) return after_.held_sources.put(*known);
  std::vector<SourceDocument> documents;
  for (const auto& item : part_.documents) documents.push_back(item.document);
  after_.held_sources.put(known->with(std::move(documents), part_.removed_documents, after_.fetch));
}

void Change::read_mentions() {
  auto gone = part_.removed_documents;
  for (const auto& item : part_.documents) {
    if (before_.history.document(item.document.id) != nullptr) gone.push_back(item.document.id);
  }
  for (const auto id : gone) {
    for (const auto key : before_.resting().mentions[id.value]) {
      flipped_.insert(key);
      after_.mention_of_key.set(key, kNone, edition_);
    }
  }
  for (std::uint32_t place = 0; place < part_.mentions->size(); ++place) {
    const auto mention = (*part_.mentions)[place];
    if (!after_.history.holds(mention)) continue;
    const auto key = number_of(mention.key());
    after_.mention_of_key.set(key, before_.history.mention_count() + place, edition_);
    if (!before_.has_mention(mention.key()))
      flipped_.insert(key);
    else
      flipped_.erase(key);
  }
  after_.key_limit = static_cast<std::uint32_t>(after_.history.counters().node) + 1;
}

void Change::read_judgements() {
  Additions come;
  Additions gone;
  const auto put = [&](Additions& where, const Judgement& judgement) {
    for (const auto key : {judgement.a, judgement.b}) {
      where[number_of(key)].insert(static_cast<std::uint32_t>(judgement.id.value));
      judged_.insert(number_of(key));
    }
  };
  for (const auto& judgement : *part_.judgements) {
    if (!after_.history.is_withdrawn(judgement.id)) put(come, judgement);
  }
  for (const auto id : part_.withdrawn_judgements) {
    if (const auto* judgement = after_.history.judgement(id)) put(gone, *judgement);
  }
  for (const auto key : judged_) {
    const auto held = after_.judgements_of[key];
    std::set<std::uint32_t> ids(held.begin(), held.end());
    for (const auto id : gone[key]) ids.erase(id);
    ids.merge(come[key]);
    after_.judgements_of.set(key, Ids(ids.begin(), ids.end()), edition_);
  }
}

void Change::read_claims() {
  const auto touch = [&](Claim claim) {
    if (claim.is_of_node())
      subjects_.insert(number_of(claim.subject()));
    else
      changed_keys_.insert(static_cast<std::uint32_t>(claim.edge().value));
  };
  for (std::uint32_t place = 0; place < part_.claims->size(); ++place) {
    const auto id = static_cast<std::uint32_t>((*part_.claims)[place].id().value);
    const auto added = claim(id);
    touch(added);
    if (added.is_of_node())
      new_claims_[number_of(added.subject())].push_back(id);
    else
      new_edge_claims_[static_cast<std::uint32_t>(added.edge().value)].push_back(id);
  }
  for (const auto id : part_.withdrawn) {
    if (const auto withdrawn = after_.history.find_claim(id)) touch(*withdrawn);
  }
}

// The mentions whose class may be another now, and those that something was said of.
bool Change::find_classes() {
  std::vector<std::uint32_t> seeds(flipped_.begin(), flipped_.end());
  seeds.insert(seeds.end(), judged_.begin(), judged_.end());
  for (const auto key : flipped_) {
    for (const auto id : after_.judgements_of[key]) {
      const auto& judgement = *after_.history.judgement(JudgementId{id});
      seeds.push_back(number_of(judgement.a));
      seeds.push_back(number_of(judgement.b));
    }
  }
  for (const auto key : subjects_) {
    if (before_.row_of(NodeKey{key}) == kNone) seeds.push_back(key);
  }
  if (!close_over(std::move(seeds))) return false;
  split_components();
  for (const auto key : subjects_) {
    if (class_of_.contains(key) || strays_.contains(key)) continue;
    const auto members = before_.node_mentions[before_.row_of(NodeKey{key})];
    for (const auto member : members) class_of_[member] = classes_.size();
    classes_.push_back({Ids(members.begin(), members.end()), {}});
  }
  return true;
}

// All that `same` connects with the seeds, in force; `class_of_` holds them with a number to come.
bool Change::close_over(std::vector<std::uint32_t> seeds) {
  const auto most = std::max(kLeastWork, before_.node_count() / 8);
  const auto visit = [&](std::uint32_t key) {
    if (!after_.has_mention(NodeKey{key}))
      strays_.insert(key);
    else if (class_of_.try_emplace(key, 0).second)
      seeds.push_back(key);
  };
  auto first = std::move(seeds);
  seeds.clear();
  for (const auto key : first) visit(key);
  while (!seeds.empty() && class_of_.size() <= most) {
    const auto key = seeds.back();
    seeds.pop_back();
    for (const auto id : after_.judgements_of[key]) {
      const auto& judgement = *after_.history.judgement(JudgementId{id});
      if (judgement.kind != JudgementKind::same) continue;
      const auto other = number_of(judgement.a) == key ? judgement.b : judgement.a;
      if (after_.has_mention(other)) visit(number_of(other));
    }
  }
  return class_of_.size() <= most;
}

void Change::split_components() {
  Ids keys;
  std::map<std::uint32_t, std::uint32_t> place;
  for (const auto& [key, number] : class_of_) {
    place.emplace_hint(place.end(), key, static_cast<std::uint32_t>(keys.size()));
    keys.push_back(key);
  }
  std::vector<NumberedJudgement> among;
  for (const auto key : keys) {
    for (const auto id : after_.judgements_of[key]) {
      const auto& judgement = *after_.history.judgement(JudgementId{id});
      const auto a = place.find(number_of(judgement.a));
      const auto b = place.find(number_of(judgement.b));
      if (number_of(judgement.a) == key && a != place.end() && b != place.end())
        among.push_back({&judgement, a->second, b->second});
    }
  }
  const auto least = identity_classes(keys.size(), among);
  std::map<std::uint32_t, std::size_t> number_of_least;
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    const auto [found, is_new] = number_of_least.try_emplace(least[i], classes_.size());
    if (is_new) classes_.emplace_back();
    classes_[found->second].members.push_back(keys[i]);
    class_of_[keys[i]] = found->second;
  }
}

}  // namespace policygraph::inline v0::detail::graph
