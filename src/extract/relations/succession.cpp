#include <algorithm>

#include "extract/relations/modality.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// What took the place of what: "the Agency was transformed into the Ministry", "преобразовать Агентство в Министерство",
// "Agentlik negizida Vazirlik tashkil etilsin". The pack's words ("succession") say in which order the old and the new stand.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kKinds = Root::organization | Root::programme;
constexpr std::uint32_t kNear = 3;   // tokens between the words and what stands beside them
constexpr std::uint32_t kReach = 12; // and what stands on their other side
constexpr std::uint32_t kMadeWithin = 8;  // tokens behind the new one in which it is made
constexpr std::string_view kBy = "succession/1";

class Succession {
 public:
  explicit Succession(Scene& scene) : scene_(scene) {}

  void run() {
    for (const Clause& clause : scene_.clauses()) {
      if (clause.is_question || clause.zone == Zone::keywords || clause.zone == Zone::reference) continue;
      for (const PhraseMatch* cue : scene_.cues(clause, "succession")) read(clause, *cue);
    }
  }

 private:
  void read(const Clause& clause, const PhraseMatch& cue) {
    const auto& order = scene_.reading().entry(cue).id;
    if (order == "old_new") return between(clause, cue, true);
    if (order == "new_old") return between(clause, cue, false);
    if (order == "verb_old_new") return behind(clause, cue);
    if (order == "old_new_verb" || order == "new_old_verb") in_front(clause, cue, order == "old_new_verb");
  }

  void between(const Clause& clause, const PhraseMatch& cue, bool is_old_first) {
    const Thing* first = scene_.before(clause, cue.first, kKinds, is_old_first ? kReach : kNear);
    const Thing* second = scene_.after(clause, cue.last, kKinds, kNear);
    const bool is_in_case = clause.grammar != nullptr && clause.grammar->is_head_last;
    if (is_in_case) {  // "X negizida Y tashkil etildi": it stands at once behind X, and Y is made
      first = scene_.before(clause, cue.first, kKinds, 0);
      second = scene_.after(clause, cue.last, kKinds, kReach);
      if (second == nullptr || scene_.cue_in(clause, "succession_made", second->last, std::min(clause.last, second->last + kMadeWithin)) == nullptr) return;
    }
    is_old_first ? link(clause, second, first) : link(clause, first, second);
  }

  // "Преобразовать A в B".
  void behind(const Clause& clause, const PhraseMatch& cue) {
    const Thing* old = scene_.after(clause, cue.last, kKinds, kNear);
    const Thing* next = old == nullptr ? nullptr : scene_.after(clause, old->last, kKinds, kReach);
    if (next != nullptr && next->first > 0 && scene_.has_cue("succession_into", next->first - 1)) link(clause, next, old);
  }

  // "A B etib qayta tashkil etilsin".
  void in_front(const Clause& clause, const PhraseMatch& cue, bool is_old_first) {
    const Thing* second = scene_.before(clause, cue.first, kKinds, kNear);
    const Thing* first = second == nullptr ? nullptr : scene_.before(clause, second->first, kKinds, kReach);
    is_old_first ? link(clause, second, first) : link(clause, first, second);
  }

  void link(const Clause& clause, const Thing* now, const Thing* before) {
    if (now == nullptr || before == nullptr || now->root != before->root || scene_.is_same(*now, *before)) return;
    const auto first = std::min(now->first, before->first), last = std::max(now->last, before->last);
    if (scene_.is_quoted(first) || scene_.is_broken(clause, std::min(now->last, before->last), std::max(now->first, before->first))) return;
    const Modality modality = modality_at(scene_, clause, first, last);
    if (modality == Modality::denied || modality == Modality::cancelled) return;
    scene_.add(clause, {"SUCCEEDS", now->mention, before->mention, first, last, modality, 0.8F, kBy});
  }

  Scene& scene_;
};

}  // namespace

void relate_succession(Scene& scene) { Succession(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
