#include "resolve/sums.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace policygraph::inline v0::detail::resolve {
namespace {

constexpr std::size_t kMostOfAmount = 64;
constexpr double kOfOneAct = 0.97, kOfGiverAndUse = 0.96;  // from kMergedUnasked on
constexpr double kTwoEnds = 0.9, kOneEnd = 0.8;
constexpr std::array<std::string_view, 7> kValues{"amount", "currency", "comparator", "kind", "status", "period_from", "period_to"};

/// Nodes that judgements say are one.
class Same {
 public:
  explicit Same(const std::vector<Judgement>& judgements) {
    for (const auto& judgement : judgements) {
      if (judgement.kind != JudgementKind::same) continue;
      const auto a = find(judgement.a), b = find(judgement.b);
      if (a != b) parent_[std::max(a, b)] = std::min(a, b);
    }
  }
  NodeKey find(NodeKey key) const {
    for (auto at = parent_.find(key); at != parent_.end(); at = parent_.find(key)) key = at->second;
    return key;
  }

 private:
  std::map<NodeKey, NodeKey> parent_;
};

std::string text_of(const Snapshot& snapshot, NodeRow row, std::string_view property) {
  const auto value = snapshot.value(row, property);
  if (value.kind() == ValueKind::decimal) return value.as_decimal().normalised().to_string();
  if (value.kind() == ValueKind::string) return std::string(value.as_string());
  return value.is_null() ? std::string() : value.to_string();
}

PartialDate date_of(const Snapshot& snapshot, NodeRow row, std::string_view property) {
  const auto value = snapshot.value(row, property);
  return value.kind() == ValueKind::partial_date ? value.as_partial_date() : PartialDate();
}

template <class T>
void insert(std::vector<T>& list, T one) {
  const auto place = std::ranges::lower_bound(list, one);
  if (place == list.end() || *place != one) list.insert(place, one);
}

template <class T>
bool meet(const std::vector<T>& a, const std::vector<T>& b) {
  for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
    if (*left == *right) return true;
    *left < *right ? ++left : ++right;
  }
  return false;
}

/// What says nothing agrees with all.
bool agree(const std::string& a, const std::string& b, std::string_view nothing) { return a == b || a == nothing || b == nothing; }
bool agree(const PartialDate& a, const PartialDate& b) { return a.is_unknown() || b.is_unknown() || a == b; }

/// What two sums have in common, and where they differ.
struct Common {
  bool acts = false, givers = false, uses = false;
  bool differ = false;  // both tell an end of one kind, and none is the same
  int count() const { return static_cast<int>(acts) + static_cast<int>(givers) + static_cast<int>(uses); }
};

Common common(const Sum& a, const Sum& b) {
  std::array<bool, 3> met{};
  bool differ = false;
  for (std::size_t role = 0; role < met.size(); ++role) {
    met[role] = meet(a.ends[role], b.ends[role]);
    differ |= !met[role] && !a.ends[role].empty() && !b.ends[role].empty();
  }
  return {met[0], met[1], met[2], differ};
}

std::string reason_of(const Common& both, const Sum& a) {
  std::string text = "the same " + a.amount + " " + a.currency + " of the same ";
  if (both.acts) text += "act";
  if (both.givers) text += both.acts ? " and giver" : "giver";
  if (both.uses) text += both.acts || both.givers ? ", for the same use" : "use";
  return text;
}

struct SumMatch {
  double score = 0;
  std::string_view rule;
  Common both;
};

SumMatch match(const Sum& a, const Sum& b) {
  if (meet(a.documents, b.documents)) return {};
  const auto both = common(a, b);
  if (both.count() == 0) return {};
  const bool is_alike = agree(a.kind, b.kind, "other") && agree(a.status, b.status, "unknown") && a.comparator == b.comparator && agree(a.from, b.from) && agree(a.to, b.to);
  if (is_alike && !both.differ && both.acts) return {kOfOneAct, kSumOfAct, both};
  if (is_alike && !both.differ && both.givers && both.uses) return {kOfGiverAndUse, kSumOfGiver, both};
  return {both.count() > 1 || (is_alike && !both.differ) ? kTwoEnds : kOneEnd, kSameSum, both};
}

Judgement judgement_of(const Sum& a, const Sum& b, const SumMatch& found) {
  Judgement judgement;
  judgement.a = a.key;
  judgement.b = b.key;
  judgement.by = found.rule;
  judgement.score = found.score;
  judgement.reason = reason_of(found.both, a);
  return judgement;
}

using Group = std::vector<const Sum*>;

/// Those of one amount, in order of key; an amount of very many is nobody's.
std::vector<Group> groups_of(const std::vector<Sum>& sums) {
  std::map<std::pair<std::string_view, std::string_view>, Group> groups;
  for (const auto& sum : sums) groups[{sum.amount, sum.currency}].push_back(&sum);
  std::vector<Group> kept;
  for (auto& [amount, group] : groups)
    if (group.size() > 1 && group.size() <= kMostOfAmount) kept.push_back(std::move(group));
  return kept;
}

/// Joins sums into one as long as no document tells two of them.
class Joining {
 public:
  Joining(const Group& group, double threshold) : group_(group), threshold_(threshold), joined_(group.size()) {
    for (std::size_t i = 0; i < group.size(); ++i) joined_[i] = *group[i];
  }

  void run(std::vector<Judgement>& judgements) {
    for (std::size_t i = 1; i < group_.size(); ++i) {
      const auto one = only_fit(i);
      if (!one) continue;
      judgements.push_back(judgement_of(*group_[*one], *group_[i], match(joined_[*one], *group_[i])));
      take_in(joined_[*one], *group_[i]);
      joined_[i].amount.clear();
    }
  }

 private:
  /// The earlier one that it fits; none where it fits several, or where another of the documents of that one fits it too.
  std::optional<std::size_t> only_fit(std::size_t at) const {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < at; ++i) {
      if (joined_[i].amount.empty() || match(joined_[i], *group_[at]).score < threshold_) continue;
      if (found) return std::nullopt;
      found = i;
    }
    return found && !is_one_of_two(*found, at) ? found : std::nullopt;
  }
  /// A later sum of the same document fits as well: which of the two it is cannot be told.
  bool is_one_of_two(std::size_t one, std::size_t at) const {
    const auto is_rival = [&](const Sum* other) {
      return other != group_[at] && meet(other->documents, group_[at]->documents) && match(joined_[one], *other).score >= threshold_;
    };
    return std::ranges::any_of(group_, is_rival);
  }
  static void take_in(Sum& into, const Sum& sum) {
    for (std::size_t role = 0; role < into.ends.size(); ++role)
      for (const auto end : sum.ends[role]) insert(into.ends[role], end);
    for (const auto document : sum.documents) insert(into.documents, document);
    if (into.kind == "other") into.kind = sum.kind;
    if (into.status == "unknown") into.status = sum.status;
    if (into.from.is_unknown()) into.from = sum.from;
    if (into.to.is_unknown()) into.to = sum.to;
  }

  const Group& group_;
  double threshold_;
  std::vector<Sum> joined_;  // by place; taken in by an earlier one: no amount
};

}  // namespace

std::optional<SumRelation> sum_relation(std::string_view type) noexcept {
  if (type == "AUTHORISES") return SumRelation{SumRole::act, false};
  if (type == "PROVIDES") return SumRelation{SumRole::giver, false};
  if (type == "FUNDS") return SumRelation{SumRole::use, true};
  return std::nullopt;
}

graph::WantedValues wanted_of_sums() { return {{"Funding"}, {kValues.begin(), kValues.end()}}; }

std::vector<SumEnd> sum_ends(const Snapshot& snapshot) {
  std::vector<SumEnd> all;
  const auto label = snapshot.label("Funding");
  for (const std::string_view name : {"AUTHORISES", "PROVIDES", "FUNDS"}) {
    const auto type = snapshot.edge_type(name);
    if (!type || !label) continue;
    const auto relation = *sum_relation(name);
    for (const auto edge : snapshot.edges_of(*type)) {
      const auto modality = snapshot.modality(edge);
      const auto sum = relation.sum_is_source ? snapshot.source(edge) : snapshot.target(edge);
      const auto end = relation.sum_is_source ? snapshot.target(edge) : snapshot.source(edge);
      if (modality == Modality::denied || modality == Modality::cancelled || !snapshot.has_label(sum, *label)) continue;
      for (const auto id : snapshot.evidence(edge)) all.push_back({snapshot.key(sum), snapshot.key(end), snapshot.evidence(id).document, relation.role});
    }
  }
  return all;
}

std::vector<Sum> read_sums(const Snapshot& snapshot, const std::vector<SumEnd>& ends, const std::vector<Judgement>& same) {
  const Same one(same);
  std::map<NodeKey, Sum> sums;
  for (const auto& told : ends) {
    const auto row = snapshot.find(told.sum), end = snapshot.find(told.end);
    if (!row || !end) continue;
    auto& sum = sums[snapshot.key(*row)];
    if (!sum.key) {
      sum.key = snapshot.key(*row);
      sum.amount = text_of(snapshot, *row, "amount");
      sum.currency = text_of(snapshot, *row, "currency");
      sum.comparator = text_of(snapshot, *row, "comparator");
      sum.kind = text_of(snapshot, *row, "kind");
      sum.status = text_of(snapshot, *row, "status");
      sum.from = date_of(snapshot, *row, "period_from");
      sum.to = date_of(snapshot, *row, "period_to");
    }
    insert(sum.ends[static_cast<std::size_t>(told.role)], one.find(snapshot.key(*end)));
    insert(sum.documents, told.document);
  }
  std::vector<Sum> all;
  for (auto& [key, sum] : sums)
    if (!sum.amount.empty() && !sum.currency.empty()) all.push_back(std::move(sum));
  return all;
}

std::vector<Judgement> same_sums(const std::vector<Sum>& sums, double threshold) {
  std::vector<Judgement> judgements;
  for (const auto& group : groups_of(sums)) Joining(group, threshold).run(judgements);
  std::ranges::sort(judgements, {}, [](const Judgement& one) { return std::pair(one.a, one.b); });
  return judgements;
}

std::vector<Judgement> alike_sums(const std::vector<Sum>& sums, double least) {
  std::vector<Judgement> alike;
  for (const auto& group : groups_of(sums)) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      for (std::size_t j = i + 1; j < group.size(); ++j)
        if (const auto found = match(*group[i], *group[j]); found.score >= least && found.score > 0) alike.push_back(judgement_of(*group[i], *group[j], found));
    }
  }
  return alike;
}

}  // namespace policygraph::inline v0::detail::resolve
