#include "resolve/home_states.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <utility>

namespace policygraph::inline v0::detail::resolve {
namespace {

/// One state, none yet, or several.
class OneState {
 public:
  void add(std::string_view code) {
    if (code.empty() || code == state_) return;
    is_several_ = is_several_ || !state_.empty();
    state_ = code;
  }
  bool is_none() const noexcept { return state_.empty(); }
  bool is_several() const noexcept { return is_several_; }
  bool is_only(std::string_view code) const noexcept { return !is_several_ && state_ == code; }
  std::string_view only() const noexcept { return is_several_ ? std::string_view() : state_; }

 private:
  std::string_view state_;
  bool is_several_ = false;
};

bool is_state_body(const Candidate& node) {
  return node.root == "Organization" &&
         std::ranges::any_of(node.names, [](const auto* name) { return name->form().is_of_state; });
}

/// An agency that works abroad and is known everywhere.
bool is_partner(const Candidate& node) {
  return node.kind == "foreign_government" && std::ranges::any_of(node.names, &ComparedName::is_placed);
}

bool is_homeless(const Candidate& node) {
  return node.kind == "government" && node.country.empty() && is_state_body(node);
}

/// What a document tells of states. A partner's country says nothing of whose the ministries are: KOICA works
/// everywhere.
struct Told {
  OneState acts, bodies, all;

  void add(const Candidate& node) {
    if (node.root == "LegalAct") add(acts, node.jurisdiction);
    else if (node.root == "Place" && node.kind == "country") all.add(node.code);
    else if (is_state_body(node) && !is_partner(node)) add(bodies, node.country);
  }
  std::string_view home() const {
    const bool are_all_its = bodies.is_none() || bodies.is_only(acts.only());
    return !acts.is_none() && are_all_its ? acts.only() : all.only();
  }

 private:
  void add(OneState& one, std::string_view code) {
    one.add(code);
    all.add(code);
  }
};

/// Namings by document, each node as a place among the candidates.
class Named {
 public:
  Named(const Snapshot& snapshot, std::vector<Naming>&& namings, std::span<const Candidate> nodes) {
    all_.reserve(namings.size());
    for (const auto& naming : namings) {
      const auto row = snapshot.find(naming.node);
      const auto at = row ? std::ranges::lower_bound(nodes, snapshot.key(*row), {}, &Candidate::key) : nodes.end();
      if (at != nodes.end() && at->row == *row)
        all_.emplace_back(naming.document, static_cast<std::uint32_t>(at - nodes.begin()));
    }
    std::ranges::sort(all_);
  }

  /// The nodes that each document names.
  template <class Take>
  void for_each_document(Take take) const {
    const auto is_other = [](const auto& a, const auto& b) { return a.first != b.first; };
    for (auto first = all_.begin(); first != all_.end();) {
      const auto last = std::ranges::adjacent_find(first, all_.end(), is_other);
      const auto end = last == all_.end() ? last : last + 1;
      take(std::span(first, end));
      first = end;
    }
  }

 private:
  std::vector<std::pair<NodeKey, std::uint32_t>> all_;
};

bool is_naming(const Snapshot& snapshot, std::span<const std::optional<Label>> labels, NodeRow row) {
  return std::ranges::any_of(labels, [&](const auto& label) { return label && snapshot.has_label(row, *label); });
}

}  // namespace

std::vector<Naming> namings(const Snapshot& snapshot) {
  std::vector<Naming> all;
  const auto type = snapshot.edge_type("MENTIONS");
  if (!type) return all;
  const std::array labels{snapshot.label("Place"), snapshot.label("Organization"), snapshot.label("LegalAct")};
  for (const auto edge : snapshot.edges_of(*type)) {
    const auto node = snapshot.target(edge);
    if (is_naming(snapshot, labels, node)) all.push_back({snapshot.key(snapshot.source(edge)), snapshot.key(node)});
  }
  return all;
}

void tell_homes(const Snapshot& snapshot, std::vector<Naming> namings, std::vector<Candidate>& nodes) {
  const Named named(snapshot, std::move(namings), nodes);
  std::map<std::uint32_t, OneState> homes;
  std::vector<std::uint32_t> unknown;  // bodies that a document names which is of no state, or of several
  named.for_each_document([&](auto names) {
    Told told;
    for (const auto& [document, node] : names) told.add(nodes[node]);
    const auto home = told.home();
    for (const auto& [document, node] : names) {
      if (!is_homeless(nodes[node])) continue;
      if (home.empty())
        unknown.push_back(node);
      else
        homes[node].add(home);
    }
  });
  for (const auto node : unknown) homes.erase(node);
  for (const auto& [node, home] : homes) nodes[node].home = home.only();
}

}  // namespace policygraph::inline v0::detail::resolve
