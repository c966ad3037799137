#include <array>

#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// The text of an act cites each act that it names and does nothing else to.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::array<std::string_view, 5> kCloser{"AMENDS", "REPEALS", "IMPLEMENTS", "SUSPENDS", "CITES"};

bool is_related(const Scene& scene, const Thing& own, const Thing& other) {
  for (const std::string_view type : kCloser) {
    if (scene.has_edge(type, own.mention, other.mention)) return true;
  }
  return false;
}

}  // namespace

void relate_citations(Scene& scene) {
  const Thing* own = scene.own_act();
  if (own == nullptr) return;
  for (const Clause& clause : scene.clauses()) {
    if (clause.zone == Zone::reference || clause.zone == Zone::keywords) continue;
    for (const Thing& thing : clause.things) {
      if (thing.root != Root::act || thing.is_inner || scene.is_quoted(thing.first) || scene.is_same(*own, thing) || is_related(scene, *own, thing)) continue;
      scene.add(clause, {"CITES", own->mention, thing.mention, thing.first, thing.last, Modality::unknown, 0.6F, "cites/1"});
    }
  }
}

}  // namespace policygraph::inline v0::detail::extract
