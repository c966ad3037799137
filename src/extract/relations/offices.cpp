#include <algorithm>

#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// "Prezidentimiz A.ning 2017 yil 16 oktabrdagi qarori": the office that a person's name parts from the act it issued.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::string_view kOffice = "office/1";
constexpr std::uint32_t kLongDay = 6;  // tokens

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

// "Prezidentining 2020 yilning 15 sentabrdagi “…” farmoni": nothing but the day stands between.
bool is_day_between(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last) {
  if (last < first || last - first > kLongDay) return false;
  const Walk words = scene.walk(clause);
  for (std::uint32_t i = first; i < last; ++i) {
    const bool is_of_day = words.is_number(i) || words.is_dash(i) || scene.has_cue("year_words", i) || scene.has_cue("months", i);
    if (!is_of_day && words.is_word(i)) return false;
  }
  return true;
}

void read_dated(Scene& scene, const Clause& clause, const Thing& office, const Thing& act) {
  if (scene.mention(office.mention).extractor != kOffice || !is_day_between(scene, clause, office.last, act.first)) return;
  if (has_issuer(scene, scene.out(), act.mention)) return;
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
      if (last != nullptr && last->root == Root::organization && thing.root == Root::act) read_dated(scene, clause, *last, thing);
      before = last;
      last = &thing;
    }
  }
}

}  // namespace policygraph::inline v0::detail::extract
