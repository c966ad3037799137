#include "extract/relations/stance.hpp"

#include <algorithm>
#include <array>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kOpening = 2;   // tokens of a clause in which "if" opens it
constexpr int kToThing = 3;             // words between "not" and the thing that it rules out
constexpr std::uint32_t kToNextSum = 2;  // tokens between "from A" and B
constexpr int kToSum = 4;               // the same between "instead of" and a sum

// What is done, and so may be denied, asked about or promised on a condition.
constexpr std::array<std::string_view, 11> kDone{"AMENDS", "REPEALS", "SUSPENDS", "APPROVES", "ESTABLISHES", "ABOLISHES", "PROVIDES", "FUNDS", "AUTHORISES", "IMPLEMENTED_BY", "PARTNER_IN"};

bool is_verb_last(const Clause& clause) { return clause.grammar != nullptr && clause.grammar->is_head_last; }

class Stances {
 public:
  Stances(const Scene& scene, const Clause& clause) : scene_(scene), clause_(clause), words_(scene.walk(clause)) {}

  std::vector<Stance> read() {
    for (const PhraseMatch* cue : scene_.cues(clause_, "denying_openers")) deny_behind(*cue, false);
    for (const PhraseMatch* cue : scene_.cues(clause_, "denying_openers_to_comma")) deny_behind(*cue, true);
    for (const PhraseMatch* cue : scene_.cues(clause_, "denying_closers")) deny_in_front(*cue);
    for (const PhraseMatch* cue : scene_.cues(clause_, "unfulfilled")) unfulfilled(*cue);
    for (const PhraseMatch* cue : scene_.cues(clause_, "unfulfilled_if_withdrawn")) withdrawn(*cue);
    for (const PhraseMatch* cue : scene_.cues(clause_, "neither")) deny_pair(*cue);
    if (scene_.own_act() == nullptr) {
      for (const PhraseMatch* cue : scene_.cues(clause_, "sure_conditions")) condition(*cue, true);
      for (const PhraseMatch* cue : scene_.cues(clause_, "conditions")) condition(*cue, false);
    }
    return std::move(found_);
  }

 private:
  void add(std::uint32_t first, std::uint32_t last, Modality modality) {
    if (first < last) found_.push_back({first, last, modality});
  }

  // Past the name or the date that covers the token; both may hold commas.
  std::uint32_t past(std::uint32_t at) const {
    std::uint32_t end = at + 1;
    for (const Thing& thing : Scene::from(clause_, at)) {
      if (thing.first > at) break;
      if (at < thing.last && !has(Root::statement | Root::agreement | Root::event, thing.root)) end = std::max(end, thing.last);
    }
    for (const Literal& date : clause_.dates) {
      if (date.first <= at && at < date.last) end = std::max(end, date.last);
    }
    return end;
  }

  bool is_contrast(std::uint32_t at) const { return scene_.has_cue("contrasts", at) && !scene_.has_cue("conditions", at); }

  // Where the thought that holds token `from` ends: at a semicolon, at "but", and where asked at a comma.
  std::uint32_t end_of_thought(std::uint32_t from, bool ends_at_comma = false) const {
    for (std::uint32_t at = from; at < clause_.last; at = past(at)) {
      const bool is_comma = words_.is_sign(at, U',');
      if (words_.is_sign(at, U';') || (is_comma && (ends_at_comma || is_contrast(words_.next(at)))) || (at > from && is_contrast(at))) return at;
    }
    return clause_.last;
  }

  std::uint32_t start_of_thought(std::uint32_t to) const {
    std::uint32_t start = clause_.first;
    for (std::uint32_t at = clause_.first; at < to; at = past(at)) {
      if (words_.is_sign(at, U';') || is_contrast(at)) start = at + 1;
    }
    return start;
  }

  bool is_denied(std::uint32_t at) const { return words_.has(at) && scene_.has_cue("denials", at); }

  // "did not deny that" denies nothing.
  void deny_behind(const PhraseMatch& cue, bool ends_at_comma) {
    if (!is_denied(words_.before(cue.first))) add(cue.last, end_of_thought(cue.last, ends_at_comma), Modality::denied);
  }

  void deny_in_front(const PhraseMatch& cue) {
    if (!is_denied(words_.at(cue.last))) add(start_of_thought(cue.first), cue.first, Modality::denied);
  }

  // "Neither A nor B funds", "Ни A, ни B не": of both.
  void deny_pair(const PhraseMatch& cue) {
    const std::uint32_t end = end_of_thought(cue.last);
    if (scene_.cue_in(clause_, "nor", cue.last, end) != nullptr) add(cue.first, end, Modality::denied);
  }

  // "would have provided", but not "would have a budget".
  void unfulfilled(const PhraseMatch& cue) {
    const std::uint32_t next = words_.at(cue.last);
    const bool is_verb = words_.folded(next).ends_with("ed") || words_.folded(next) == "been" || scene_.has_cue("deniable_verbs", next) || scene_.has_cue("funding_verbs", next);
    if (is_verb && !is_denied(words_.before(cue.first))) add(cue.last, end_of_thought(cue.last), Modality::denied);
  }

  // "was to amend B, but was withdrawn"
  void withdrawn(const PhraseMatch& cue) {
    const std::uint32_t end = end_of_thought(cue.last);
    if (end >= clause_.last || words_.is_sign(end, U';') || scene_.cue_in(clause_, "withdrawn_words", end, clause_.last) == nullptr) return;
    if (is_verb_last(clause_)) add(start_of_thought(cue.first), cue.last, Modality::denied);
    else add(cue.first, end, Modality::denied);
  }

  bool tells(CategoryName category, std::uint32_t first, std::uint32_t last) const { return scene_.cue_in(clause_, category, first, last) != nullptr; }

  void condition(const PhraseMatch& cue, bool is_sure) {
    if (scene_.has_cue("conditions_nothing", cue.first)) return;
    if (is_verb_last(clause_)) return condition_last(cue, is_sure);
    const std::uint32_t end = end_of_thought(cue.last), comma = end_of_thought(cue.last, true);
    const bool opens = cue.first <= clause_.first + kOpening;
    const std::uint32_t start = opens || is_sure ? start_of_thought(cue.first) : relative_before(cue.first);
    const bool is_open = tells("conditional_marks", start, cue.first) || tells("conditional_marks", opens ? comma : cue.last, end);
    if (is_sure || is_open) add(start, end, Modality::discussed);
  }

  // "A gave 5 million to B, which will return it if C": the words behind the last comma in front of a pronoun.
  std::uint32_t relative_before(std::uint32_t to) const {
    std::uint32_t start = start_of_thought(to);
    for (std::uint32_t at = start; at < to; at = past(at)) {
      const std::uint32_t next = words_.next(at);
      const bool is_relative = words_.has(next) && scene_.has_cue("pronouns", next) && words_.next(next) < to;
      if (words_.is_sign(at, U',') && is_relative) start = at + 1;
    }
    return start;
  }

  // Where verbs come last: "agar ... qabul qilinsa". "Agar 2020-yilda 5 mlrd ajratilgan bo‘lsa, 2021-yilda ..." compares two facts.
  void condition_last(const PhraseMatch& cue, bool is_sure) {
    const bool opens = cue.first <= clause_.first + kOpening && cue.last == cue.first + 1;
    const std::uint32_t verb = is_sure ? cue.last - 1 : opens ? conditional_verb(cue.last) : cue.last - 1;
    if (verb == Walk::kNone) return;
    const std::uint32_t end = end_of_thought(verb + 1);
    if (!is_sure && tells_done(verb + 1, end)) return;
    add(start_of_thought(cue.first), end, Modality::discussed);
  }

  std::uint32_t conditional_verb(std::uint32_t from) const {
    for (std::uint32_t at = from; at < clause_.last; at = past(at)) {
      const std::string_view word = words_.folded(at);
      if (!words_.is_word(at) || !(word.ends_with("sa") || word.ends_with("са") || word.ends_with("salar") || word.ends_with("салар"))) continue;
      const std::string_view before = words_.folded(words_.before(at));
      const bool is_perfect = before.ends_with("gan") || before.ends_with("kan") || before.ends_with("qan") || before.ends_with("ган") || before.ends_with("кан") || before.ends_with("қан");
      if (!is_perfect) return at;
    }
    return Walk::kNone;
  }

  bool tells_done(std::uint32_t first, std::uint32_t last) const {
    const auto cues = scene_.reading().matches_in("modality", first, last);
    return std::ranges::any_of(cues, [&](const PhraseMatch& cue) { return scene_.reading().entry(cue).id == "completed"; });
  }

  const Scene& scene_;
  const Clause& clause_;
  Walk words_;
  std::vector<Stance> found_;
};

constexpr Root kMayBeRuledOut = Root::act | Root::organization | Root::programme | Root::place;

// "not by", "не", right in front; where verbs come last "bilan emas" right behind.
bool is_ruled_out(const Scene& scene, const Clause& clause, const Thing& thing) {
  const Walk words = scene.walk(clause);
  const bool is_last = is_verb_last(clause);
  std::uint32_t at = is_last ? words.at(scene.end_of(clause, thing)) : words.before(thing.first);
  for (int steps = 0; steps < kToThing && words.is_word(at); ++steps, at = is_last ? words.next(at) : words.before(at)) {
    if (scene.has_cue("ruling_out", at)) {
      return !scene.has_cue("denies_nothing", at) && !(is_last && scene.has_cue("nothing_but", words.before(thing.first)));
    }
    const bool may_stand_between = is_last ? scene.has_cue("role_after", at) : scene.has_cue("prepositions", at) || scene.has_cue("determiners", at) || scene.has_cue("role_before", at);
    if (!may_stand_between) return false;
  }
  return false;
}

// "was cut from USD 900 million to USD 650 million", "с 900 до 650 млн сократили", "900 mln so‘mdan 650 mln so‘mga kamaytirildi".
bool is_changed_from(const Scene& scene, const Clause& clause, const Literal& money) {
  if ((clause.categories & Reading::bit("change_words")) == 0) return false;
  const Walk words = scene.walk(clause);
  const auto next = std::ranges::find_if(clause.money, [&](const Literal& other) { return other.first >= money.last; });
  if (next == clause.money.end() || next->first > money.last + kToNextSum) return false;
  const std::string_view from = words.folded(words.before(money.first)), to = words.folded(words.before(next->first));
  const std::string_view last = words.folded(money.last - 1), end = words.folded(next->last - 1);
  const bool is_cased = (last.ends_with("dan") && end.ends_with("ga")) || (last.ends_with("дан") && end.ends_with("га"));
  const bool is_told = (from == "from" && to == "to") || ((from == "с" || from == "со") && (to == "до" || words.folded(next->first) == "до")) || (is_verb_last(clause) && is_cased);
  return is_told && scene.cue_in(clause, "change_words", clause.first, clause.last) != nullptr;
}

}  // namespace

std::vector<Stance> read_stances(const Scene& scene, const Clause& clause) { return Stances(scene, clause).read(); }

Modality stance_at(const Clause& clause, std::uint32_t token) {
  Modality out = Modality::unknown;
  for (const Stance& stance : clause.stances) {
    if (stance.first > token || token >= stance.last) continue;
    if (stance.modality == Modality::denied) return stance.modality;
    out = stance.modality;
  }
  return out;
}

Modality as_stated(const Clause& clause, std::string_view type, std::uint32_t token, Modality told) {
  if (told == Modality::denied || std::ranges::find(kDone, type) == kDone.end()) return told;
  const Modality stance = stance_at(clause, token);
  if (stance != Modality::unknown) return stance;
  return clause.is_question ? Modality::discussed : told;
}

void rule_out_things(const Scene& scene, Clause& clause) {
  if ((clause.categories & Reading::bit("ruling_out")) == 0) return;
  for (Thing& thing : clause.things) {
    if (thing.is_inner || !has(kMayBeRuledOut, thing.root) || !is_ruled_out(scene, clause, thing)) continue;
    thing.is_ruled_out = thing.is_inner = true;
  }
}

bool is_replaced(const Scene& scene, const Clause& clause, const Literal& money) {
  if (is_changed_from(scene, clause, money)) return true;
  if ((clause.categories & Reading::bit("replacing")) == 0) return false;
  const Walk words = scene.walk(clause);
  const bool is_last = is_verb_last(clause);
  std::uint32_t at = is_last ? words.at(money.last) : words.before(money.first);
  for (int steps = 0; steps < kToSum && words.is_word(at); ++steps, at = is_last ? words.next(at) : words.before(at)) {
    if (scene.has_cue("replacing", at)) return true;
  }
  return false;
}

}  // namespace policygraph::inline v0::detail::extract
