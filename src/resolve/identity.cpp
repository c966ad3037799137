#include "resolve/identity.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/sip_hash.hpp"
#include "resolve/candidates.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

/// A block holds at most this many groups that each new node is compared with; a name that common identifies nobody.
constexpr std::size_t kMaxGroups = 64;
/// Of one node in one block: where more are alike, none of them says much.
constexpr std::size_t kMaxAlike = 4;
/// Names of one person that are held against those of another.
constexpr std::size_t kMaxNames = 64;

/// Nodes that are one so far, and the names of those that are persons.
class Classes {
 public:
  explicit Classes(const std::vector<Candidate>& nodes) : nodes_(nodes), parent_(nodes.size()) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t find(std::size_t at) {
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }
  /// False: they are one already, or a name of one person among them is another person's than one of the other's.
  bool join(std::size_t a, std::size_t b) {
    a = find(a);
    b = find(b);
    if (a == b || are_others(a, b)) return false;
    parent_[std::max(a, b)] = std::min(a, b);
    unite_names(std::min(a, b), std::max(a, b));
    return true;
  }
  bool are_others(std::size_t a, std::size_t b) {
    if (nodes_[a].root != "Person") return false;
    const auto& left = names_of(find(a));
    const auto& right = names_of(find(b));
    return are_other_persons(left, right);
  }

 private:
  /// One that has the names of all.
  const Candidate& names_of(std::size_t root) {
    const auto found = united_.find(root);
    return found == united_.end() ? nodes_[root] : found->second;
  }
  void unite_names(std::size_t root, std::size_t other) {
    if (nodes_[root].root != "Person") return;
    auto names = names_of(root).names;
    for (const auto* name : names_of(other).names)
      if (names.size() < kMaxNames && std::ranges::find(names, name) == names.end()) names.push_back(name);
    united_[root].names = std::move(names);
    united_.erase(other);
  }

  const std::vector<Candidate>& nodes_;
  std::vector<std::size_t> parent_;
  std::unordered_map<std::size_t, Candidate> united_;
};

struct Block {
  std::string_view rule;
  std::vector<std::size_t> members;  ///< numbers of candidates, rising
};

/// Keyed: the names come from documents.
struct KeyHash {
  std::size_t operator()(const std::string& key) const { return static_cast<std::size_t>(base::SipHash(base::random_hash_key())(key)); }
};

/// Which blocks are judged first: a block of initials knows then which full names are one.
int turn_of(std::string_view rule) { return rule == kPersonInitials ? 2 : rule == kActKey || rule == kPlaceCode || rule == kSameName ? 0 : 1; }

/// Those of two members or more, in order of their turns and keys.
std::vector<std::pair<std::string, Block>> blocks_of(const std::vector<Candidate>& nodes, bool wants_weak) {
  std::unordered_map<std::string, Block, KeyHash> blocks;
  blocks.reserve(2 * nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (auto& key : block_keys(nodes[i], wants_weak)) {
      auto& block = blocks[std::move(key.block)];
      block.rule = key.rule;
      if (block.members.empty() || block.members.back() != i) block.members.push_back(i);
    }
  std::vector<std::pair<std::string, Block>> shared;
  for (auto& [key, block] : blocks)
    if (block.members.size() >= 2) shared.emplace_back(key, std::move(block));
  std::ranges::sort(shared, {}, [](const auto& entry) { return std::pair(turn_of(entry.second.rule), std::string_view(entry.first)); });
  return shared;
}

Judgement judgement_of(const Candidate& a, const Candidate& b, Match match) {
  Judgement judgement;
  judgement.a = a.key;
  judgement.b = b.key;
  judgement.by = match.rule;
  judgement.score = match.score;
  judgement.reason = std::move(match.reason);
  return judgement;
}

bool is_of_persons(std::string_view rule) { return rule == kPersonName || rule == kPersonInitials; }

/// Judges blocks: joins from a threshold on.
class Joining {
 public:
  Joining(const std::vector<Candidate>& nodes, double threshold) : nodes_(nodes), threshold_(threshold), classes_(nodes) {}

  void judge(const Block& block) { is_of_persons(block.rule) ? judge_persons(block) : judge_things(block); }
  std::vector<Judgement> take() {
    std::ranges::sort(judgements_, [](const auto& a, const auto& b) { return std::pair(a.a, a.b) < std::pair(b.a, b.b); });
    return std::move(judgements_);
  }

 private:
  bool fits(std::size_t a, std::size_t b, std::string_view rule) const {
    const auto found = match(nodes_[a], nodes_[b], rule, false);
    return found && found->score >= threshold_;
  }
  void join(std::size_t a, std::size_t b, std::string_view rule) {
    if (classes_.join(a, b)) judgements_.push_back(judgement_of(nodes_[a], nodes_[b], *match(nodes_[a], nodes_[b], rule, true)));
  }

  /// Each member joins the first earlier group of the block that it matches, else it starts one.
  void judge_things(const Block& block) {
    std::vector<std::size_t> groups;
    for (const auto member : block.members) {
      const auto group = std::ranges::find_if(groups, [&](std::size_t one) { return fits(one, member, block.rule); });
      if (group != groups.end()) join(*group, member, block.rule);
      else if (groups.size() < kMaxGroups) groups.push_back(member);
    }
  }

  /// The fullest names come first; each further one joins the only person that it fits, and where it fits several, nobody.
  void judge_persons(const Block& block) {
    auto members = block.members;
    std::ranges::stable_sort(members, std::greater<>(), [&](std::size_t at) { return completeness(nodes_[at]); });
    std::vector<std::size_t> groups;
    for (const auto member : members) {
      std::set<std::size_t> persons;  // classes that it fits
      std::size_t first = groups.size();
      for (std::size_t i = 0; i < groups.size(); ++i) {
        const bool is_one = classes_.find(groups[i]) == classes_.find(member);
        if (!is_one && (!fits(groups[i], member, block.rule) || classes_.are_others(groups[i], member))) continue;
        persons.insert(classes_.find(groups[i]));
        first = std::min(first, i);
      }
      const bool saw_all = groups.size() < kMaxGroups;  // else it may fit one that was not kept
      if (persons.size() == 1 && saw_all) join(groups[first], member, block.rule);
      else if (persons.empty() && groups.size() < kMaxGroups) groups.push_back(member);
    }
  }

  const std::vector<Candidate>& nodes_;
  double threshold_;
  Classes classes_;
  std::vector<Judgement> judgements_;
};

/// Pairs of one block, each member with those before it.
void add_alike(const Block& block, const std::vector<Candidate>& nodes, double least, std::vector<Judgement>& alike) {
  std::vector<std::size_t> earlier;
  for (const auto member : block.members) {
    std::vector<std::size_t> found;
    for (const auto one : earlier)
      if (const auto pair = match(nodes[one], nodes[member], block.rule, false); pair && pair->score >= least) found.push_back(one);
    if (found.size() <= kMaxAlike)
      for (const auto one : found) alike.push_back(judgement_of(nodes[one], nodes[member], *match(nodes[one], nodes[member], block.rule, true)));
    if (earlier.size() < kMaxGroups) earlier.push_back(member);
  }
}

}  // namespace

std::vector<Judgement> same_nodes(const Snapshot& snapshot, std::vector<Naming> namings, const NameLexicon& lexicon, double threshold) {
  CandidateNames names(lexicon);
  auto nodes = candidates(snapshot, names);
  tell_homes(snapshot, std::move(namings), nodes);
  Joining joining(nodes, threshold);
  for (const auto& [key, block] : blocks_of(nodes, false)) joining.judge(block);
  return joining.take();
}

std::vector<Judgement> alike_nodes(const Snapshot& snapshot, const NameLexicon& lexicon, double least) {
  CandidateNames names(lexicon);
  auto nodes = candidates(snapshot, names);
  tell_homes(snapshot, namings(snapshot), nodes);
  std::vector<Judgement> alike;
  for (const auto& [key, block] : blocks_of(nodes, true)) add_alike(block, nodes, least, alike);
  const auto ends = [](const Judgement& one) { return std::pair(one.a, one.b); };
  std::ranges::stable_sort(alike, [&](const auto& a, const auto& b) { return std::tuple(ends(a), -a.score) < std::tuple(ends(b), -b.score); });
  alike.erase(std::ranges::unique(alike, {}, ends).begin(), alike.end());
  std::ranges::stable_sort(alike, std::greater<>(), &Judgement::score);
  return alike;
}

}  // namespace policygraph::inline v0::detail::resolve
