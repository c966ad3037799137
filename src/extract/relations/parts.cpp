#include <algorithm>

#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Parts and wholes: bodies under bodies, branches, departments; countries of a region; events within a visit; agreements under
// a framework.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::string_view kBy = "part-of/1";
constexpr std::uint32_t kFormWords = 8;  // tokens between a body and "under", where they tell its form

class Parts {
 public:
  explicit Parts(Scene& scene) : scene_(scene) {}

  void run() {
    for (const Clause& clause : scene_.clauses()) {
      if (clause.zone == Zone::keywords || clause.zone == Zone::reference) continue;
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_part_of")) bodies(clause, *cue);
      in_name(clause);
      affiliations(clause);
      regions(clause);
      districts(clause);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_during")) events(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_held_under")) agreements(clause, *cue);
    }
  }

 private:
  void link(const Clause& clause, const Thing& part, const Thing& whole, std::uint32_t first, std::uint32_t last, float confidence) {
    if (part.root != whole.root || scene_.has_edge("PART_OF", whole.mention, part.mention)) return;
    scene_.add(clause, {"PART_OF", part.mention, whole.mention, first, last, Modality::unknown, confidence, kBy});
  }

  // "the Center under the Ministry", "X, a member of the Y Group"
  void bodies(const Clause& clause, const PhraseMatch& cue) {
    const Thing* whole = scene_.after(clause, cue.last, Root::organization | Root::programme, 2);
    if (whole == nullptr) return;
    const bool is_plain = cue.last - cue.first <= 2 && (scene_.reading().folded(cue.first) == "under" || scene_.reading().folded(cue.first) == "within");
    const Thing* part = scene_.before(clause, cue.first, whole->root, is_plain ? kFormWords : 4);
    if (part == nullptr || (is_plain && part->last != cue.first && part->last + 1 != cue.first && !is_form(clause, part->last, cue.first))) return;
    link(clause, *part, *whole, cue.first, cue.last, 0.8F);
  }

  // "the Cluster as a state institution under the Ministry", "An Agency is set up under the Cabinet"
  bool is_form(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
    if (scene_.walk(clause).folded(scene_.walk(clause).at(first)) == "as") return true;
    const PhraseMatch* cue = scene_.cue_in(clause, "case_acts", first, last);
    return cue != nullptr && scene_.reading().entry(*cue).id == "ESTABLISHES" && cue->last + 1 >= last;
  }

  // "new branch of X in Y", "Delegation of the X to Y": a body named within a body's name by "of".
  void in_name(const Clause& clause) {
    for (const Thing& part : clause.things) {
      if (part.root != Root::organization || scene_.is_quoted(part.first)) continue;
      for (const Thing& whole : clause.things) {
        const bool is_within = whole.root == Root::organization && whole.first > part.first && whole.last <= part.last;
        if (!is_within || scene_.walk(clause).folded(scene_.word_before(clause, whole.first, "prepositions")) != "of") continue;
        link(clause, part, whole, part.first, part.last, 0.7F);
      }
    }
  }

  // "Department of A, University of B": units in front of their house, with nothing but a comma or a line between.
  void affiliations(const Clause& clause) {
    const Walk words = scene_.walk(clause);
    for (std::size_t i = 1; i < clause.things.size(); ++i) {
      const Thing& unit = clause.things[i - 1];
      const Thing& house = clause.things[i];
      if (unit.root != Root::organization || house.root != Root::organization || unit.is_inner || house.is_inner) continue;
      const std::uint32_t next = words.at(unit.last);
      if (words.folded(next) == "of" && words.folded(words.next(next)) == "the" && words.next(words.next(next)) == house.first) {
        link(clause, unit, house, unit.first, house.last, 0.75F);  // "the Committee for Planning of the Ministry"
        continue;
      }
      if (!words.is_sign(next, U',') || words.next(next) != house.first) continue;
      const PhraseMatch* head = scene_.cue_in(clause, "unit_heads", unit.first, unit.first + 1);
      if (head != nullptr && scene_.cue_in(clause, "unit_heads", house.first, house.first + 1) == nullptr) link(clause, unit, house, unit.first, house.last, 0.75F);
    }
  }

  // "Central Asian states, particularly A and B", "A and other Central Asian countries"
  void regions(const Clause& clause) {
    for (const PhraseMatch* cue : scene_.cues(clause, "region_members")) {
      const Thing* region = scene_.before(clause, cue->first, Root::place, 1);
      if (region == nullptr) region = scene_.before(clause, cue->last, Root::place, 0);
      if (region == nullptr || scene_.property(region->mention, "kind") != "region") continue;
      for (const Thing* member : scene_.list_after(clause, cue->last, Root::place, 3)) {
        if (scene_.property(member->mention, "kind") != "country") continue;
        const std::string_view before = scene_.walk(clause).folded(scene_.word_before(clause, member->first, "prepositions"));
        const bool is_inside = before == "of" || before == "in";  // "the X region of Y" is part of Y
        if (is_inside) link(clause, *region, *member, cue->first, cue->last, 0.7F);
        else link(clause, *member, *region, cue->first, cue->last, 0.7F);
      }
    }
  }

  // "the Bulungur district of the Samarkand region"
  void districts(const Clause& clause) {
    if (clause.grammar != nullptr) return;
    for (const Thing& part : clause.things) {
      if (part.root != Root::place || !scene_.has_cue("district_heads", part.last - 1)) continue;
      const auto next = std::ranges::find_if(clause.things, [&](const Thing& thing) { return thing.root == Root::place && thing.first >= part.last; });
      const Thing* whole = next == clause.things.end() || next->first > part.last + 3 ? nullptr : &*next;
      if (whole == nullptr || scene_.property(whole->mention, "kind") == "country" || scene_.has_cue("district_heads", whole->last - 1)) continue;
      const std::string_view before = scene_.walk(clause).folded(scene_.word_before(clause, whole->first, "prepositions"));
      if (before == "of" || before == "in") link(clause, part, *whole, part.first, whole->last, 0.8F);
    }
  }

  // "During the visit, X took part in the opening": the later event is part of the one it falls in.
  void events(const Clause& clause, const PhraseMatch& cue) {
    const Thing* whole = scene_.after(clause, cue.last, Root::event, 3);
    if (whole == nullptr || cue.first > clause.first + 12) return;
    const Thing* part = scene_.after(clause, whole->last, Root::event, 40);
    if (part != nullptr && !scene_.is_same(*part, *whole)) link(clause, *part, *whole, cue.first, cue.last, 0.65F);
  }

  void agreements(const Clause& clause, const PhraseMatch& cue) {
    const Thing* whole = scene_.after(clause, cue.last, Root::agreement, 3);
    if (whole == nullptr) return;
    const Thing* part = scene_.after(clause, whole->last, Root::agreement, 10);
    if (part == nullptr) part = scene_.before(clause, cue.first, Root::agreement, 10);
    if (part != nullptr && !scene_.is_same(*part, *whole)) link(clause, *part, *whole, cue.first, cue.last, 0.6F);
  }

  Scene& scene_;
};

}  // namespace

void relate_parts(Scene& scene) { Parts(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
