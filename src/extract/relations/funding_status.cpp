#include <algorithm>

#include "extract/relations/funding.hpp"
#include "extract/relations/modality.hpp"
#include "extract/relations/stance.hpp"

// How far along a sum is: promised, approved, paid, ended; by its own words, then by those of the sum in front.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kNear = 14;  // tokens within which a word says that a sum is to come
constexpr std::uint32_t kFarWord = 40;  // tokens between a sum and the word that says how far along it is

class Status {
 public:
  Status(const Scene& scene, const Sum& sum, const Sum* before) : scene_(scene), sum_(sum), clause_(*sum.clause), before_(before) {}

  Modality find() const {
    if (clause_.is_question) return Modality::discussed;
    const Modality stated = given_within(kNear);
    if (stated == Modality::cancelled || stated == Modality::suspended) return stated;
    if (!is_of_own_act() && stance_at(clause_, sum_.money.first) == Modality::discussed) return Modality::discussed;
    if (sum_.is_gapped && !is_verb_last()) return before_->modality;
    const bool is_fact = stated == Modality::completed || stated == Modality::ongoing || stated == Modality::unknown;
    if (is_of_own_act() && is_fact) return Modality::approved;
    if (is_to_come()) return is_fact ? Modality::planned : stated;
    if (sum_.kind == "allocation" && sum_.modality == Modality::completed) return Modality::completed;
    if (stated != Modality::unknown) return stated;
    return sum_.modality != Modality::unknown ? sum_.modality : by_far_words();
  }

 private:
  bool is_verb_last() const { return clause_.grammar != nullptr && clause_.grammar->is_head_last; }

  Modality given_within(std::uint32_t reach) const { return modality_given_at(scene_, clause_, sum_.money.first, sum_.money.last, reach); }

  Modality by_far_words() const {
    const Modality far = given_within(kFarWord);
    if (far != Modality::unknown) return far;
    // "план 5 млн, программа не профинансирована": a denial beside it and no other word leave it open.
    if (sum_.acts.empty() && modality_at(scene_, clause_, sum_.money.first, sum_.money.last) == Modality::denied) return Modality::unknown;
    return sum_.acts.empty() ? Modality::ongoing : Modality::approved;
  }

  // What an act hands out is not spent yet, however its verbs say it.
  bool is_of_own_act() const {
    const Thing* own = scene_.own_act();
    return own != nullptr && std::ranges::any_of(sum_.acts, [&](const Thing* act) { return scene_.is_same(*act, *own); });
  }

  // "will allocate", "shall be directed", "decided to allocate": not yet.
  bool is_to_come() const {
    if (!giver_of_lead(scene_, sum_).empty()) return true;  // "shall: 1) allocate"
    const std::uint32_t first = sum_.money.first, last = sum_.money.last;
    for (const PhraseMatch& cue : scene_.reading().matches_in("future_marks", std::max(sum_.from, first > kNear ? first - kNear : 0), first)) {
      if (!scene_.is_broken(clause_, cue.last, first)) return true;
    }
    if (is_verb_last() && scene_.cue_in(clause_, "funding_cues", sum_.from, sum_.to) == nullptr) return scene_.cue_in(clause_, "future_marks", sum_.to, clause_.last) != nullptr;
    if (is_verb_last() && closes_in_future()) return true;
    return scene_.cue_in(clause_, "future_marks", last, std::min(sum_.to, last + 3)) != nullptr;
  }

  // "A “X” dasturiga ajratadi": the first verb behind the sum.
  bool closes_in_future() const {
    const PhraseMatch* verb = scene_.cue_in(clause_, "funding_verbs", sum_.money.last, sum_.to);
    return verb != nullptr && scene_.cue_in(clause_, "future_marks", verb->first, verb->last) != nullptr;
  }

  const Scene& scene_;
  const Sum& sum_;
  const Clause& clause_;
  const Sum* before_;
};

}  // namespace

Modality modality_of(const Scene& scene, const Sum& sum, const Sum* before) { return Status(scene, sum, before).find(); }

std::string_view status_of(Modality modality) {
  if (modality == Modality::ongoing || modality == Modality::completed) return "actual";
  const bool is_void = modality == Modality::cancelled || modality == Modality::denied || modality == Modality::unknown || modality == Modality::suspended;
  return is_void ? "unknown" : "planned";
}

}  // namespace policygraph::inline v0::detail::extract
