#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "policygraph/graph/knowledge.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {
namespace {

/// What a claim is about. Edges are made anew when a document is read again: they are known by their ends.
using Subject = std::tuple<ClaimKind, NodeKey, NodeKey, EdgeKey, std::string, std::string>;
using Ends = std::map<EdgeKey, const Assertion*>;

/// Claims of `from` that `other` has not.
std::vector<Assertion> only_in(const AssertionList& from, const AssertionList& other) {
  std::vector<Assertion> found;
  std::size_t place = 0;
  for (const auto& claim : from) {
    while (place < other.size() && other[place].id < claim.id) ++place;
    if (place == other.size() || other[place].id != claim.id) found.push_back(claim);
  }
  return found;
}

Ends ends_of(const std::vector<Assertion>& claims) {
  Ends ends;
  for (const auto& claim : claims)
    if (claim.kind == ClaimKind::edge) ends.emplace(claim.edge, &claim);
  return ends;
}

Subject subject_of(const Assertion& claim, const Ends& ends) {
  if (claim.kind == ClaimKind::edge) return {claim.kind, claim.subject, claim.object, {}, claim.name, ""};
  if (claim.kind != ClaimKind::edge_property) return {claim.kind, claim.subject, {}, {}, claim.name, ""};
  const auto edge = ends.find(claim.edge);
  if (edge == ends.end()) return {claim.kind, {}, {}, claim.edge, claim.name, ""};
  return {claim.kind, edge->second->subject, edge->second->object, {}, claim.name, edge->second->name};
}

bool says_the_same(const Assertion& a, const Assertion& b) {
  return a.value == b.value && a.modality == b.modality && a.rank == b.rank && a.review == b.review && a.valid_from == b.valid_from &&
         a.valid_to == b.valid_to && a.attributed_to == b.attributed_to;
}

/// The claims that went, by what they are about; each is met by one that came at most.
class Gone {
 public:
  explicit Gone(const std::vector<Assertion>& claims) : ends_(ends_of(claims)) {
    for (const auto& claim : claims) by_subject_[subject_of(claim, ends_)].push_back(&claim);
  }

  /// One that says the same as `claim`, else, unless `is_same`, the first that is about the same; null: there is none.
  const Assertion* take(const Assertion& claim, const Ends& ends, bool is_same) {
    const auto found = by_subject_.find(subject_of(claim, ends));
    if (found == by_subject_.end()) return nullptr;
    auto& left = found->second;
    const auto fits = is_same ? std::ranges::find_if(left, [&](const auto* other) { return says_the_same(*other, claim); }) : left.begin();
    if (fits == left.end()) return nullptr;
    const auto* taken = *fits;
    left.erase(fits);
    return taken;
  }

  std::vector<const Assertion*> left() const {
    std::vector<const Assertion*> all;
    for (const auto& [subject, claims] : by_subject_) all.insert(all.end(), claims.begin(), claims.end());
    std::ranges::sort(all, {}, [](const auto* claim) { return claim->id; });
    return all;
  }

 private:
  Ends ends_;
  std::map<Subject, std::vector<const Assertion*>> by_subject_;
};

}  // namespace

std::string_view change_name(ChangeKind kind) noexcept {
  switch (kind) {
    case ChangeKind::added: return "added";
    case ChangeKind::withdrawn: return "withdrawn";
    case ChangeKind::value: return "value";
    case ChangeKind::evidence: return "evidence";
  }
  return "";
}

// First those that say the same find each other, then those that are about the same.
std::vector<ClaimChange> diff(const Snapshot& before, const Snapshot& after) {
  const auto old = before.assertions(), now = after.assertions();
  const auto went = only_in(old, now), came = only_in(now, old);
  const auto ends = ends_of(came);
  Gone gone(went);
  std::vector<const Assertion*> met(came.size());
  for (const bool is_same : {true, false}) {
    for (std::size_t i = 0; i < came.size(); ++i)
      if (met[i] == nullptr) met[i] = gone.take(came[i], ends, is_same);
  }
  std::vector<ClaimChange> changes;
  for (std::size_t i = 0; i < came.size(); ++i) {
    const auto* other = met[i];
    if (other == nullptr) changes.push_back({ChangeKind::added, std::nullopt, came[i]});
    else changes.push_back({says_the_same(*other, came[i]) ? ChangeKind::evidence : ChangeKind::value, *other, came[i]});
  }
  for (const auto* claim : gone.left()) changes.push_back({ChangeKind::withdrawn, *claim, std::nullopt});
  return changes;
}

}  // namespace policygraph::inline v0
