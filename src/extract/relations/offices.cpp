#include <algorithm>

#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// "Prezidentimiz A.ning 2017 yil 16 oktabrdagi qarori": the office that a person's name parts from the act it issued.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::string_view kOffice = "office/1";

bool has_issuer(const Scene& scene, const Extraction& out, MentionIndex act) {
  return std::ranges::any_of(out.relations, [&](const ExtractedRelation& relation) {
    return relation.type == "ISSUED_BY" && scene.head(relation.from) == scene.head(act);
  });
}

void read_issuer(Scene& scene, const Clause& clause, const Thing& office, const Thing& person, const Thing& act) {
  const bool is_beside = person.first <= office.last + 1 && act.first <= person.last + 1 && act.first >= person.last;
  if (!is_beside || scene.mention(office.mention).extractor != kOffice || has_issuer(scene, scene.out(), act.mention)) return;
  scene.add(clause, {"ISSUED_BY", act.mention, office.mention, office.first, act.last, Modality::unknown, 0.8F, "issued-by/2"});
}

}  // namespace

void relate_offices(Scene& scene) {
  for (const Clause& clause : scene.clauses()) {
    if (clause.grammar == nullptr || !clause.grammar->is_head_last) continue;
    const Thing* before = nullptr;
    const Thing* last = nullptr;
    for (const Thing& thing : clause.things) {
      if (thing.is_inner) continue;
      const bool is_chain = before != nullptr && before->root == Root::organization && last->root == Root::person && thing.root == Root::act;
      if (is_chain) read_issuer(scene, clause, *before, *last, thing);
      before = last;
      last = &thing;
    }
  }
}

}  // namespace policygraph::inline v0::detail::extract
