#include "extract/relations/denial.hpp"

#include <algorithm>
#include <array>

#include "extract/relations/stance.hpp"

// The verb that governs a sum is the nearest in front of it, else the first behind it; where verbs come last it is the first behind.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kFar = 40;       // tokens between a sum and its verb
constexpr std::uint32_t kNegated = 5;    // tokens from a negation to the verb it denies: "has not yet been able to"
constexpr std::uint32_t kDirect = 3;     // tokens from "none of" to the sum

enum class Said : std::uint8_t { nothing, given, denied };

class Denial {
 public:
  Denial(const Scene& scene, const Clause& clause, const Literal& money)
      : scene_(scene), reading_(scene.reading()), clause_(clause), words_(scene.walk(clause)), money_(money) {}

  bool denies(const PhraseMatch& verb) const {
    if (!reading_.entry(verb).field("denied").empty() || denies_behind(verb) || is_of_none(verb)) return true;
    if (is_verb_last()) return false;
    if (words_.has(words_.before(verb.first)) && is_negated(verb, words_.before(verb.first))) return true;
    for (std::uint32_t i = verb.first; clause_.grammar == nullptr && i < verb.last; ++i) {
      if (words_.folded(i) == "not") return true;  // "did not repeal"
    }
    return false;
  }

  bool is_denied() const {
    if (is_right_behind_denial() || is_replaced(scene_, clause_, money_) || stance_at(clause_, money_.first) == Modality::denied) return true;
    if (is_verb_last()) return behind_last() == Said::denied;
    const Said front = in_front();
    return front == Said::denied || (front == Said::nothing && behind() == Said::denied);
  }

  bool is_asked() const {
    if ((clause_.categories & Reading::bit("asking_verbs")) == 0) return false;
    return is_verb_last() ? asks_behind(false) : asks_in_front() || asks_behind(true);
  }

 private:
  bool is_verb_last() const { return clause_.grammar != nullptr && clause_.grammar->is_head_last; }

  // "Nothing in A amends", "neither A nor B repeals": of none of those in front.
  bool is_of_none(const PhraseMatch& verb) const {
    const Things acts = scene_.list_before(clause_, verb.first, Root::act, kNegated);
    std::uint32_t at = acts.empty() ? Walk::kNone : words_.before(acts.front()->first);
    for (std::uint32_t steps = 0; steps < kDirect && words_.has(at); ++steps, at = words_.before(at)) {
      if (cue("nothing_of", at) != nullptr) return true;
      if (!scene_.has_cue("prepositions", at) && !scene_.has_cue("determiners", at) && !scene_.has_cue("provision_words", at)) return false;
    }
    return false;
  }

  // "asked the Bank for A"; not "gave the requested A".
  bool asks_in_front() const {
    for (std::uint32_t at = words_.before(money_.first); words_.has(at) && at + kFar >= money_.first; at = words_.before(at)) {
      if (ends_part(at) || is_comma(at)) return false;
      if (const Thing* thing = thing_over(at)) at = thing->first;
      else if (const PhraseMatch* asking = cue("asking_verbs", at)) return is_asking(*asking);
      else if (const PhraseMatch* verb = giving(at); verb != nullptr && is_finite(*verb)) return false;
    }
    return false;
  }

  // Not "the requested A", "asked for the use of A"; what an act asks for it orders.
  bool is_asking(const PhraseMatch& verb) const {
    if (scene_.cue_in(clause_, "asking_otherwise", verb.last, money_.first) != nullptr) return false;
    return !scene_.has_cue("determiners", words_.before(verb.first)) && scene_.before(clause_, verb.first, Root::act, kDirect) == nullptr;
  }

  // "A was requested", and where verbs come last "A so‘radi".
  bool asks_behind(bool is_passive) const {
    for (std::uint32_t at = words_.at(money_.last); words_.has(at) && at < money_.last + kFar; at = words_.next(at)) {
      if (ends_part(at) || (is_passive && is_comma(at))) return false;
      if (thing_over(at) != nullptr || is_in_sum(at)) continue;
      if (cue("asking_otherwise", at) != nullptr) return false;
      if (cue("asking_verbs", at) != nullptr) return !is_passive || scene_.has_cue("funding_passive", words_.before(at));
      if (scene_.has_cue("funding_verbs", at) || cue("finite_giving", at) != nullptr) return false;
    }
    return false;
  }

  const PhraseMatch* cue(CategoryName category, std::uint32_t at) const {
    const PhraseMatch* const found = words_.has(at) ? reading_.match_over(category, at) : nullptr;
    return found != nullptr && !scene_.is_quoted(at) ? found : nullptr;
  }

  // A word of giving or taking, of whatever form; "sum" and "money" are none: "neither sum includes".
  const PhraseMatch* giving(std::uint32_t at) const {
    static constexpr std::array<CategoryName, 4> kGiving{"funding_verbs", "taking_verbs", "deniable_verbs", "funding_cues"};
    if (!words_.has(at) || (reading_.covering(at) & Reading::bits(kGiving)) == 0) return nullptr;
    for (const CategoryName category : kGiving) {
      if (const PhraseMatch* found = cue(category, at); found != nullptr && reading_.entry(*found).field("bare").empty()) return found;
    }
    return nullptr;
  }

  // "gave", "получил" rather than "to give", "получить", "grant".
  bool is_finite(const PhraseMatch& verb) const {
    if (!scene_.has_cue("funding_verbs", verb.first) && !scene_.has_cue("taking_verbs", verb.first)) return false;
    const std::string_view first = words_.folded(verb.first);
    return first != "to" && words_.folded(words_.before(verb.first)) != "to" && !first.ends_with("ть") && !first.ends_with("ти");
  }

  const Thing* thing_over(std::uint32_t at) const {
    if (clause_.things.empty() || at < clause_.things.front().first) return nullptr;
    for (const Thing& thing : Scene::from(clause_, at)) {
      if (thing.first > at) return nullptr;
      if (at < thing.last && !thing.is_inner && !has(Root::statement | Root::agreement | Root::event, thing.root)) return &thing;
    }
    return nullptr;
  }

  // "not", "не"; "not only" and the number sign "No." are none.
  const PhraseMatch* denial(std::uint32_t at) const {
    const PhraseMatch* found = cue("denials", at);
    if (found == nullptr || cue("denies_nothing", at) != nullptr || thing_over(at) != nullptr) return nullptr;
    const std::uint32_t next = words_.at(found->last);
    const bool is_number_sign = words_.folded(at) == "no" && (words_.is_sign(next, U'.') || words_.is_number(next));
    return is_number_sign ? nullptr : found;
  }

  // "refused to"; "did not refuse to" is none.
  const PhraseMatch* refusal(std::uint32_t at) const {
    const PhraseMatch* found = cue("refusals", at);
    const std::uint32_t before = found == nullptr ? Walk::kNone : words_.before(found->first);
    return words_.has(before) && denial(before) != nullptr ? nullptr : found;
  }

  bool is_comma(std::uint32_t at) const { return words_.is_sign(at, U','); }

  bool ends_part(std::uint32_t at) const {
    const char32_t sign = words_.sign(at);
    const bool is_mark = sign != 0 && (sign == U';' || sign == U':' || sign == U'(' || sign == U')' || words_.is_dash(at));
    return is_mark || cue("contrasts", at) != nullptr;
  }

  bool is_in_sum(std::uint32_t at) const {
    const auto after = std::ranges::upper_bound(clause_.money, at, {}, &Literal::first);
    return after != clause_.money.begin() && at < (after - 1)->last;
  }

  // A sum stands in front of the token: what follows may share its verb.
  bool is_behind_sum(std::uint32_t at) const {
    return !clause_.money.empty() && clause_.money.front().last <= at;
  }

  bool has_own_verb_behind() const {
    const auto next = std::ranges::lower_bound(clause_.money, money_.last, {}, &Literal::first);
    const std::uint32_t to = next == clause_.money.end() ? clause_.last : next->first;
    return scene_.cue_in(clause_, "funding_verbs", money_.last, to) != nullptr || scene_.cue_in(clause_, "taking_verbs", money_.last, to) != nullptr;
  }

  // "not USD 5 million but", "none of the USD 5 million"
  bool is_right_behind_denial() const {
    std::uint32_t at = words_.before(money_.first);
    for (std::uint32_t steps = 0; steps < kDirect && words_.has(at); ++steps, at = words_.before(at)) {
      if (denial(at) != nullptr) return steps == 0 || words_.folded(at) != "no";
      if (!scene_.has_cue("determiners", at) && !scene_.has_cue("prepositions", at)) return false;
    }
    return false;
  }

  // "No money was allocated", but not "with no partner".
  bool denies_all(std::uint32_t at) const { return cue("denials_of_all", at) != nullptr && !scene_.has_cue("prepositions", words_.before(at)); }

  // Of "has not yet been able to": a word between a negation and what it denies.
  bool is_bridge(std::uint32_t at) const { return cue("denial_bridges", at) != nullptr || scene_.has_cue("determiners", at); }

  // A negation or a refusal in front of the verb. "Not" reaches over the words of a verb alone, "no" and "refused" over what they speak of.
  bool is_negated(const PhraseMatch& verb) const { return is_negated(verb, verb.first); }

  bool is_negated(const PhraseMatch& verb, std::uint32_t at) const {
    if (at < verb.first && (is_comma(at) || ends_part(at) || thing_over(at) != nullptr || begins_thought(at))) return false;
    bool is_near = true;
    for (std::uint32_t steps = 0; steps <= kNegated && words_.has(at); ++steps) {
      if (denial(at) != nullptr && (is_near || denies_all(at))) return true;
      if (const PhraseMatch* found = cue("refusals", at)) return refusal(found->first) != nullptr && !is_finite(verb);
      is_near = is_near && (at >= verb.first || is_bridge(at));
      const std::uint32_t before = words_.before(at);
      if (!words_.has(before) || is_comma(before) || ends_part(before) || is_in_sum(before) || begins_thought(before)) return false;
      const Thing* thing = thing_over(before);
      is_near = is_near && thing == nullptr;
      at = thing == nullptr ? before : thing->first;
    }
    return false;
  }

  bool begins_thought(std::uint32_t at) const {
    return (scene_.has_cue("list_joints", at) && cue("denial_bridges", at) == nullptr) || scene_.has_cue("pronouns", at);
  }

  Said in_front() const {
    std::uint32_t at = money_.first;
    while ((at = words_.before(at)) != Walk::kNone && at + kFar >= money_.first) {
      if (ends_part(at)) return Said::nothing;
      if (is_comma(at) && (!is_behind_sum(at) || has_own_verb_behind())) return Said::nothing;
      if (const Thing* thing = thing_over(at); thing != nullptr || is_in_sum(at)) {
        if (thing != nullptr) at = thing->first;
        continue;
      }
      const PhraseMatch* verb = giving(at);
      if (verb == nullptr && refusal(at) != nullptr) return Said::denied;
      if (verb == nullptr) continue;
      if (is_negated(*verb)) return Said::denied;
      if (is_finite(*verb)) return Said::given;
      at = verb->first;
    }
    return Said::nothing;
  }

  // Head-first languages: "USD 5 million was not provided", "5 млн долларов выделено не было".
  Said behind() const {
    for (std::uint32_t at = words_.at(money_.last); words_.has(at) && at < money_.last + kFar; at = words_.next(at)) {
      if (ends_part(at)) return Said::nothing;
      if (is_comma(at) && !scene_.has_cue("pronouns", words_.next(at))) return Said::nothing;
      if (thing_over(at) != nullptr || is_in_sum(at)) continue;
      if (refusal(at) != nullptr) return Said::denied;
      const PhraseMatch* verb = giving(at);
      if (verb == nullptr) continue;
      if (is_negated(*verb) || denies_behind(*verb)) return Said::denied;
      if (is_finite(*verb)) return Said::given;
      at = verb->last - 1;
    }
    return Said::nothing;
  }

  bool denies_behind(const PhraseMatch& verb) const {
    const std::uint32_t next = words_.at(verb.last);
    return cue("denials_behind", next) != nullptr || refusal(next) != nullptr;
  }

  // Where verbs come last: "5 mln dollar ajratmadi", "ajratishni rad etdi", "ajratilgani yo‘q".
  Said behind_last() const {
    for (std::uint32_t at = words_.at(money_.last); words_.has(at) && at < money_.last + kFar; at = words_.next(at)) {
      if (words_.is_sign(at, U';') || words_.is_sign(at, U':') || cue("contrasts", at) != nullptr) return Said::nothing;
      if (thing_over(at) != nullptr) continue;
      if (cue("denied_verbs", at) != nullptr || refusal(at) != nullptr) return Said::denied;
      const PhraseMatch* verb = giving(at);
      if (verb == nullptr) continue;
      if (denies_behind(*verb)) return Said::denied;
      const bool closes = scene_.has_cue("funding_verbs", at) || cue("finite_giving", at) != nullptr;
      if (closes) return Said::given;
    }
    return Said::nothing;
  }

  const Scene& scene_;
  const Reading& reading_;
  const Clause& clause_;
  Walk words_;
  Literal money_;
};

}  // namespace

bool is_denied(const Scene& scene, const Clause& clause, const Literal& money) { return Denial(scene, clause, money).is_denied(); }

bool is_asked_for(const Scene& scene, const Clause& clause, const Literal& money) { return Denial(scene, clause, money).is_asked(); }

bool is_denied(const Scene& scene, const Clause& clause, const PhraseMatch& verb) { return Denial(scene, clause, {}).denies(verb); }

}  // namespace policygraph::inline v0::detail::extract
