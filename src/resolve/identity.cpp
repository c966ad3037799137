#include "resolve/identity.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "base/sip_hash.hpp"
#include "resolve/candidates.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

/// A block holds at most this many groups that each new node is compared with; a name that common identifies nobody.
constexpr std::size_t kMaxGroups = 64;

class Classes {
 public:
  explicit Classes(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t find(std::size_t at) {
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }
  bool join(std::size_t a, std::size_t b) {
    a = find(a);
    b = find(b);
    if (a == b) return false;
    parent_[std::max(a, b)] = std::min(a, b);
    return true;
  }

 private:
  std::vector<std::size_t> parent_;
};

struct Block {
  std::string_view rule;
  std::vector<std::size_t> members;  ///< numbers of candidates, rising
};

/// Keyed: the names come from documents.
struct KeyHash {
  std::size_t operator()(const std::string& key) const { return static_cast<std::size_t>(base::SipHash(base::random_hash_key())(key)); }
};

/// Those of two members or more, in order of their keys.
std::vector<std::pair<std::string, Block>> blocks_of(const std::vector<Candidate>& nodes) {
  std::unordered_map<std::string, Block, KeyHash> blocks;
  blocks.reserve(2 * nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (auto& key : block_keys(nodes[i])) {
      auto& block = blocks[std::move(key.block)];
      block.rule = key.rule;
      if (block.members.empty() || block.members.back() != i) block.members.push_back(i);
    }
  std::vector<std::pair<std::string, Block>> shared;
  for (auto& [key, block] : blocks)
    if (block.members.size() >= 2) shared.emplace_back(key, std::move(block));
  std::ranges::sort(shared, {}, [](const auto& entry) -> const std::string& { return entry.first; });
  return shared;
}

Judgement judge(const Candidate& a, const Candidate& b, std::string_view rule, Match match) {
  Judgement judgement;
  judgement.a = a.key;
  judgement.b = b.key;
  judgement.by = rule;
  judgement.score = match.score;
  judgement.reason = std::move(match.reason);
  return judgement;
}

/// Each member joins the first earlier group of the block that it matches, else it starts one.
void judge_block(const Block& block, const std::vector<Candidate>& nodes, double threshold, Classes& classes,
                 std::vector<Judgement>& judgements) {
  std::vector<std::size_t> groups;
  for (const auto member : block.members) {
    bool is_joined = false;
    for (const auto group : groups) {
      const auto found = match(nodes[group], nodes[member], block.rule, false);
      if (!found || found->score < threshold) continue;
      is_joined = true;
      if (classes.join(group, member))
        judgements.push_back(judge(nodes[group], nodes[member], block.rule, *match(nodes[group], nodes[member], block.rule, true)));
      break;
    }
    if (!is_joined && groups.size() < kMaxGroups) groups.push_back(member);
  }
}

}  // namespace

std::vector<Judgement> same_nodes(const Snapshot& snapshot, double threshold) {
  CandidateNames names;
  const auto nodes = candidates(snapshot, names);
  Classes classes(nodes.size());
  std::vector<Judgement> judgements;
  for (const auto& [key, block] : blocks_of(nodes)) judge_block(block, nodes, threshold, classes, judgements);
  std::ranges::sort(judgements, [](const auto& a, const auto& b) { return std::pair(a.a, a.b) < std::pair(b.a, b.b); });
  return judgements;
}

}  // namespace policygraph::inline v0::detail::resolve
