#include "extract/relations/modality.hpp"

#include <algorithm>
#include <array>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kVoidReach = 4;   // a denial speaks only of what it stands at
constexpr std::uint32_t kPlanBonus = 3;   // "will be provided" is a plan
constexpr std::uint32_t kBehind = 3;      // what stands before weighs more
constexpr std::uint32_t kEndedReach = 24;  // words, a name counted as one, between a sum and the verb that ends it
constexpr std::uint32_t kToPredicate = 4;  // tokens of ", has now been" in front of it
constexpr std::uint32_t kQuestionWord = 3;  // tokens from its start in which "who", "for what" stands

bool is_void(Modality modality) {
  return modality == Modality::denied || modality == Modality::cancelled || modality == Modality::suspended;
}

bool is_fact(Modality modality) { return modality == Modality::completed || modality == Modality::ongoing; }

std::uint32_t distance(const PhraseMatch& cue, std::uint32_t first, std::uint32_t last) {
  if (cue.last <= first) return first - cue.last;
  return cue.first >= last ? cue.first - last + kBehind : 0;
}

// "не профинансирована" is no fact.
bool is_behind_denial(const Scene& scene, const Clause& clause, const PhraseMatch& cue) {
  const std::uint32_t before = scene.walk(clause).before(cue.first);
  return scene.has_cue("denials", before) && !scene.has_cue("denies_nothing", before);
}

bool is_ended(Modality modality) { return modality == Modality::cancelled || modality == Modality::suspended; }

// "was cancelled", "аннулирован", "bekor qilindi" rather than "the cancelled programme", "отменённой программы".
bool is_predicate(const Scene& scene, const Clause& clause, const PhraseMatch& cue, bool is_behind) {
  const Walk words = scene.walk(clause);
  if (clause.grammar == nullptr) return !is_behind || scene.has_cue("funding_passive", words.before(cue.first));
  const std::string_view last = words.folded(cue.last - 1);
  if (clause.grammar->is_head_last) return is_behind && (!words.is_word(words.at(cue.last)) || !(last.ends_with("gan") || last.ends_with("ган")));
  constexpr std::array<std::string_view, 8> kLong{"й", "я", "ого", "ому", "ым", "ом", "ых", "ую"};
  const bool is_long = std::ranges::any_of(kLong, [&](std::string_view ending) { return last.ends_with(ending); });
  return !is_long && !last.ends_with("ное") && !last.ends_with("ные");
}

// The name that holds the token.
const Thing* name_over(const Clause& clause, std::uint32_t at) {
  for (const Thing& thing : Scene::from(clause, at)) {
    if (thing.first > at) return nullptr;
    if (at < thing.last && !thing.is_inner && !has(Root::statement | Root::agreement, thing.root)) return &thing;
  }
  return nullptr;
}

// ", provided by the Bank, was terminated": the comma that closes what is said beside, right in front of the verb; 0 if none.
std::uint32_t close_of_aside(const Scene& scene, const Clause& clause, std::uint32_t at, std::uint32_t to) {
  const Walk words = scene.walk(clause);
  const bool opens = words.is_sign(at, U',') && !scene.has_cue("pronouns", words.next(at)) && !scene.has_cue("list_joints", words.next(at));
  for (std::uint32_t i = at + 1; opens && i < to; ++i) {
    if (words.is_sign(i, U',')) return i + kToPredicate >= to ? i : 0;
  }
  return 0;
}

// "The USD 5 million loan of the Bank for the Programme was cancelled": no mark and no other verb or sum between the sum and the verb.
bool ends_sum(const Scene& scene, const Clause& clause, const PhraseMatch& cue, std::uint32_t first, std::uint32_t last) {
  const bool is_behind = cue.first >= last;
  const std::uint32_t from = is_behind ? last : cue.last, to = is_behind ? cue.first : first;
  if (from > to || !is_predicate(scene, clause, cue, is_behind)) return false;
  const Walk words = scene.walk(clause);
  std::uint32_t count = 0;
  for (std::uint32_t at = from; at < to; ++at) {
    if (const Thing* name = name_over(clause, at)) at = name->last - 1;
    else if (const std::uint32_t close = is_behind ? close_of_aside(scene, clause, at, to) : 0; close != 0) at = close;
    else if (words.sign(at) != 0 && !words.is_open_quote(at) && !words.is_close_quote(at)) return false;
    else if (scene.has_cue("contrasts", at) || scene.has_cue("list_joints", at) || scene.has_cue("pronouns", at)) return false;
    else if (scene.has_cue("funding_verbs", at) || (scene.has_cue("finite_verbs", at) && at + 2 < to)) return false;
    if (++count > kEndedReach) return false;
  }
  return std::ranges::none_of(clause.money, [&](const Literal& sum) { return sum.first >= from && sum.last <= to; });
}

Modality nearest_modality(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last, std::uint32_t reach, bool is_given) {
  Modality best = Modality::unknown;
  std::uint32_t nearest = reach + kPlanBonus + 1;
  for (const PhraseMatch* cue : scene.cues(clause, "modality")) {
    const auto modality = modality_by_name(scene.reading().entry(*cue).id);
    if (modality == Modality::denied && (is_given || scene.has_cue("denies_nothing", cue->first))) continue;  // "not only", "не менее"
    if (is_given && modality && is_fact(*modality) && is_behind_denial(scene, clause, *cue)) continue;
    std::uint32_t far = distance(*cue, first, last);
    if (!modality) continue;
    const bool is_far_end = is_given && is_ended(*modality) && far > kVoidReach && ends_sum(scene, clause, *cue, first, last);
    if (far > (is_void(*modality) ? kVoidReach : reach) && !is_far_end) continue;
    if (scene.is_broken(clause, std::min(first, cue->first), std::max(last, cue->last))) continue;
    if (is_void(*modality)) return *modality;
    if (is_fact(*modality)) far += kPlanBonus;
    if (far >= nearest) continue;
    best = *modality;
    nearest = far;
  }
  return best;
}

}  // namespace

bool asks(const Reading& reading, const Clause& clause) {
  const Walk words(reading, clause.first, clause.last);
  std::uint32_t end = words.before(clause.last);
  while (words.has(end) && words.is_close_quote(end)) end = words.before(end);
  if (!words.is_sign(end, U'?')) return false;
  const bool is_verb_last = clause.grammar != nullptr && clause.grammar->is_head_last;
  return reading.matches_in("question_words", clause.first, is_verb_last ? clause.last : std::min(clause.last, clause.first + kQuestionWord)).empty();
}

Modality modality_at(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last, std::uint32_t reach) {
  return nearest_modality(scene, clause, first, last, reach, false);
}

Modality modality_given_at(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last, std::uint32_t reach) {
  return nearest_modality(scene, clause, first, last, reach, true);
}

}  // namespace policygraph::inline v0::detail::extract
