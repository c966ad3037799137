#include "graph/twin.hpp"

#include <algorithm>
#include <optional>

#include "graph/dump.hpp"

namespace policygraph::testing {
namespace {

using Claims = std::vector<const Assertion*>;

struct Node {
  std::set<std::uint64_t> mentions;
  std::set<std::string> labels;
  std::uint64_t key = 0;
  Claims claims;
};
struct Edge {
  std::uint64_t key = 0;
  std::string type;
  std::uint64_t from = 0, to = 0;
  bool is_rejected = false;
  Claims claims;
};

class Twin {
 public:
  explicit Twin(const Snapshot& snapshot) : snapshot_(snapshot) {
    for (auto&& claim : snapshot.assertions()) held_.push_back(std::move(claim));
    for (const auto& claim : held_) claims_.push_back(&claim);
    make_classes();
    make_nodes();
    make_edges();
  }

  TwinGraph graph() const {
    TwinGraph graph;
    for (const auto& [group, node] : nodes_) graph.nodes[node.key] = {node.labels, reviews(node.claims), node_text(node)};
    for (const auto& [identity, edge] : edges_) {
      if (edge.is_rejected) continue;
      const auto [from, to] = validity(edge);
      graph.edges[edge.key] = {edge.type, edge.from, edge.to, from, to, reviews(edge.claims), edge_text(edge)};
    }
    return graph;
  }

 private:
  static bool is_rule(const Judgement& judgement) { return judgement.by.substr(0, 5) == "rule:"; }

  std::uint64_t group_of(NodeKey key) const {
    const auto found = group_.find(key.value);
    return found == group_.end() ? 0 : found->second;
  }

  void unite(const Judgement& judgement, const std::vector<const Judgement*>& forbidding) {
    const auto a = group_of(judgement.a);
    const auto b = group_of(judgement.b);
    if (a == b) return;
    for (const auto* apart : forbidding) {
      const auto c = group_of(apart->a);
      const auto d = group_of(apart->b);
      if ((a == c && b == d) || (a == d && b == c)) return;
    }
    for (auto& [key, group] : group_) {
      if (group == std::max(a, b)) group = std::min(a, b);
    }
  }

  void make_classes() {
    for (const auto& mention : snapshot_.mentions()) group_[mention.key.value] = mention.key.value;
    auto judgements = snapshot_.judgements();
    std::erase_if(judgements, [&](const Judgement* j) { return !group_of(j->a) || !group_of(j->b); });
    std::ranges::stable_sort(judgements, [](const Judgement* a, const Judgement* b) { return a->score > b->score; });
    std::vector<const Judgement*> forbidding;
    for (const bool by_rule : {false, true}) {
      for (const auto* j : judgements) {
        if (j->kind == JudgementKind::different && is_rule(*j) == by_rule) forbidding.push_back(j);
      }
      for (const auto* j : judgements) {
        if (j->kind == JudgementKind::same && is_rule(*j) == by_rule) unite(*j, forbidding);
      }
    }
  }

  bool is_rejected(const Assertion& claim) const {
    for (const auto* other : claims_) {
      if (other->review != Review::rejected || group_of(other->subject) != group_of(claim.subject)) continue;
      if (other->kind == ClaimKind::node && other->name.empty()) return true;
      if (other->kind == claim.kind && other->name == claim.name && other->value == claim.value) return true;
    }
    return false;
  }

  bool is_gone(std::uint64_t group) const {
    for (const auto* other : claims_) {
      if (other->review == Review::rejected && other->kind == ClaimKind::node && other->name.empty() &&
          group_of(other->subject) == group)
        return true;
    }
    return false;
  }

  void make_nodes() {
    std::map<std::uint64_t, std::uint64_t> keys;
    for (const auto* claim : claims_) {
      const auto group = group_of(claim->subject);
      if (claim->kind != ClaimKind::node || claim->review == Review::rejected || group == 0) continue;
      if (is_gone(group)) continue;
      auto& key = keys.try_emplace(group, claim->subject.value).first->second;
      key = std::min(key, claim->subject.value);
      if (is_rejected(*claim)) continue;
      auto& node = nodes_[group];
      if (claim->name.empty()) continue;
      for (auto& label : snapshot_.schema().chain(claim->name)) node.labels.insert(label);
    }
    for (auto& [group, node] : nodes_) node.key = keys[group];
    for (const auto& [mention, group] : group_) {
      if (nodes_.contains(group)) nodes_[group].mentions.insert(mention);
    }
    for (const auto* claim : claims_) {
      if ((claim->kind != ClaimKind::node && claim->kind != ClaimKind::property) || claim->review == Review::rejected)
        continue;
      const auto found = nodes_.find(group_of(claim->subject));
      if (found != nodes_.end() && !is_rejected(*claim)) found->second.claims.push_back(claim);
    }
  }

  std::set<std::string> key_names(const std::string& type) const {
    std::set<std::string> names;
    if (const auto* rule = snapshot_.schema().relation(type)) {
      for (const auto& property : rule->properties) {
        if (property.is_key) names.insert(property.name);
      }
    }
    return names;
  }

  // What tells the edge of this key from others with its type and ends.
  std::string distinction(const std::string& type, std::uint64_t key) const {
    if (snapshot_.schema().is_open()) return std::to_string(key);
    bool key_is_rejected = false;
    for (const auto* claim : claims_) {
      if (claim->kind == ClaimKind::edge && claim->edge.value == key && claim->review == Review::rejected)
        key_is_rejected = true;
    }
    std::map<std::string, std::string> values;
    for (const auto* claim : claims_) {
      if (claim->kind != ClaimKind::edge_property || claim->edge.value != key || !key_names(type).contains(claim->name))
        continue;
      if (claim->review == Review::rejected && !key_is_rejected) continue;
      values.try_emplace(claim->name, claim->value.to_string());
    }
    std::string text;
    for (const auto& [name, value] : values) text += name + value;
    return text;
  }

  void make_edges() {
    std::map<std::uint64_t, std::string> identity_of_key;
    for (const auto* claim : claims_) {
      if (claim->kind != ClaimKind::edge) continue;
      const auto from = group_of(claim->subject);
      const auto to = group_of(claim->object);
      if (!nodes_.contains(from) || !nodes_.contains(to)) continue;
      const auto key = claim->edge.value;
      const auto identity = identity_of_key
                                .try_emplace(key, claim->name + " " + std::to_string(from) + " " + std::to_string(to) +
                                                      " " + distinction(claim->name, key))
                                .first->second;
      auto& edge = edges_[identity];
      if (edge.key == 0 || key < edge.key) edge.key = key;
      edge.type = claim->name;
      edge.from = nodes_.at(from).key;
      edge.to = nodes_.at(to).key;
      edge.is_rejected = edge.is_rejected || claim->review == Review::rejected;
    }
    for (const auto* claim : claims_) {
      const auto found = identity_of_key.find(claim->edge.value);
      if ((claim->kind != ClaimKind::edge && claim->kind != ClaimKind::edge_property) || found == identity_of_key.end())
        continue;
      if (claim->review == Review::rejected) continue;
      bool is_value_rejected = false;
      for (const auto* other : claims_) {
        const auto others = identity_of_key.find(other->edge.value);
        is_value_rejected |= other->review == Review::rejected && other->kind == ClaimKind::edge_property &&
                             claim->kind == other->kind && others != identity_of_key.end() &&
                             others->second == found->second && other->name == claim->name &&
                             other->value == claim->value;
      }
      if (!is_value_rejected) edges_[found->second].claims.push_back(claim);
    }
  }

  // Better first.
  auto standing(const Assertion* claim) const {
    auto best = std::tuple{static_cast<int>(SourceTier::unknown), true, std::int64_t{0}};
    for (const auto id : claim->evidence) {
      const auto* document = snapshot_.sources().find(snapshot_.evidence(id).document);
      if (document == nullptr) continue;
      const bool is_unknown = document->published.is_unknown();
      const int tier = document->kind == SourceDocument::Kind::edit ? -1 : static_cast<int>(document->tier);
      best = std::min(best,
                      std::tuple{tier, is_unknown, is_unknown ? 0 : -std::int64_t{document->published.latest().days}});
    }
    return std::tuple{claim->rank, best, claim->id};
  }

  const Assertion* read(const Claims& claims) const {
    return *std::ranges::min_element(claims,
                                     [&](const Assertion* a, const Assertion* b) { return standing(a) < standing(b); });
  }

  static std::string listed(const std::set<std::uint64_t>& ids) {
    std::string text;
    for (const auto id : ids) text += " " + std::to_string(id);
    return text;
  }
  static std::set<std::uint64_t> evidence_of(const Claims& claims) {
    std::set<std::uint64_t> ids;
    for (const auto* claim : claims) {
      for (const auto id : claim->evidence) ids.insert(id.value);
    }
    return ids;
  }

  std::string values(const Claims& claims) const {
    std::map<std::string, Claims> by_name;
    for (const auto* claim : claims) {
      if (claim->kind == ClaimKind::property || claim->kind == ClaimKind::edge_property)
        by_name[claim->name].push_back(claim);
    }
    std::string text;
    for (auto& [name, all] : by_name) {
      const auto value = read(all)->value;
      std::erase_if(all, [&](const Assertion* claim) { return !(claim->value == value); });
      text += "  " + name + " = " + value.to_string() + " evidence" + listed(evidence_of(all)) + "\n";
    }
    return text;
  }

  // Modality, evidence, claims of a thing's existence.
  static Claims existence(const Claims& claims) {
    Claims result;
    for (const auto* claim : claims) {
      if (claim->kind == ClaimKind::node || claim->kind == ClaimKind::edge) result.push_back(claim);
    }
    return result;
  }
  static std::set<Review> reviews(const Claims& claims) {
    std::set<Review> said;
    for (const auto* claim : existence(claims)) said.insert(claim->review);
    return said;
  }
  static std::string modality(const Claims& claims) {
    auto rank = Rank::deprecated;
    for (const auto* claim : claims) rank = std::min(rank, claim->rank);
    std::set<Modality> said;
    for (const auto* claim : claims) {
      if (claim->rank == rank) said.insert(claim->modality);
    }
    const bool is_denied = said.erase(Modality::denied) > 0;
    said.erase(Modality::unknown);
    return std::string(modality_name(!said.empty() ? *said.rbegin()
                                     : is_denied   ? Modality::denied
                                                   : Modality::unknown));
  }
  static std::string claim_ids(const Claims& claims) {
    std::set<std::uint64_t> ids;
    for (const auto* claim : claims) ids.insert(claim->id.value);
    return listed(ids);
  }

  std::string node_text(const Node& node) const {
    std::vector<std::pair<std::size_t, std::string>> labels;
    for (const auto& label : node.labels) labels.emplace_back(snapshot_.schema().chain(label).size(), label);
    std::ranges::sort(labels);
    std::string text = "node " + std::to_string(node.key);
    for (const auto& [depth, label] : labels) text += ":" + label;
    text += " " + modality(existence(node.claims)) + " evidence" + listed(evidence_of(existence(node.claims)));
    return text + " claims" + claim_ids(node.claims) + " mentions" + listed(node.mentions) + "\n" + values(node.claims);
  }

  std::pair<PartialDate, PartialDate> validity(const Edge& edge) const {
    auto dated = existence(edge.claims);
    std::erase_if(
        dated, [](const Assertion* claim) { return claim->valid_from.is_unknown() && claim->valid_to.is_unknown(); });
    if (dated.empty()) return {};
    const auto* said = read(dated);
    return {said->valid_from, said->valid_to};
  }

  std::string edge_text(const Edge& edge) const {
    const auto [from, to] = validity(edge);
    return "edge " + std::to_string(edge.key) + " " + std::to_string(edge.from) + " " + edge.type + " " +
           std::to_string(edge.to) + " " + modality(existence(edge.claims)) + " [" + from.to_string() + ", " +
           to.to_string() + "] evidence" + listed(evidence_of(existence(edge.claims))) + " claims" +
           claim_ids(edge.claims) + "\n" + values(edge.claims);
  }

  const Snapshot& snapshot_;
  std::vector<Assertion> held_;
  Claims claims_;                                 // all in force
  std::map<std::uint64_t, std::uint64_t> group_;  // mention -> smallest of its class
  std::map<std::uint64_t, Node> nodes_;           // by class
  std::map<std::string, Edge> edges_;             // by what makes them one
};

}  // namespace

TwinGraph twin_of(const Snapshot& snapshot) { return Twin(snapshot).graph(); }

std::string text_of(const TwinGraph& twin) {
  std::string text;
  for (const auto& [key, node] : twin.nodes) text += node.text;
  for (const auto& [key, edge] : twin.edges) text += edge.text;
  return text;
}

std::string twin_dump(const Snapshot& snapshot) { return text_of(twin_of(snapshot)); }

}  // namespace policygraph::testing
