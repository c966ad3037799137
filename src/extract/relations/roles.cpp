#include <algorithm>

#include "extract/relations/scene.hpp"

// What part a thing has in its clause where the language marks it: by the words in front of it and the case of its first word
// (Russian), or by the case of its last word and the words behind it (Uzbek). The words are the packs' "role_before", "role_after".
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr int kMostAdjectives = 3;
constexpr int kMostTails = 4;
constexpr int kMostProvisions = 4;  // in front of an act
constexpr std::uint32_t kLongNote = 8;  // tokens in brackets behind a name

// Past "(ПРООН)", quotation marks and the head noun that a quoted name has behind it.
std::uint32_t past_tail(const Scene& scene, const Walk& words, std::uint32_t at) {
  std::uint32_t end = words.at(at);
  for (int steps = 0; steps < kMostTails && words.has(end); ++steps) {
    if (words.is_close_quote(end)) {
      end = words.next(end);
    } else if (words.is_sign(end, U'(')) {
      std::uint32_t close = end;
      while (words.has(close) && close < end + kLongNote && !words.is_sign(close, U')')) close = words.next(close);
      if (!words.is_sign(close, U')')) return end;
      end = words.next(close);
    } else if (const PhraseMatch* tail = scene.reading().match_at("name_tails", end)) {
      end = words.at(tail->last);
    } else {
      return end;
    }
  }
  return end;
}

// "во исполнение пункта 6 статьи 40 постановления": what stands in front of the provisions tells the part of the act.
std::uint32_t past_provision(const Scene& scene, const Walk& words, std::uint32_t before) {
  for (int steps = 0; steps < kMostProvisions; ++steps) {
    std::uint32_t at = before;
    while (words.is_number(at) || words.is_sign(at, U',') || words.is_dash(at) || words.folded(at) == "и") at = words.before(at);
    if (!words.has(at) || !scene.has_cue("provision_words", at)) return before;
    before = words.before(at);
  }
  return before;
}

}  // namespace

void Scene::mark_adjuncts(Clause& clause) const {
  std::vector<Thing*> all;
  for (Thing& thing : clause.things) {
    if (!thing.is_inner) all.push_back(&thing);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Thing* next = i + 1 < all.size() ? all[i + 1] : nullptr;
    const bool is_listed = i > 0 && all[i - 1]->is_adjunct && is_listed_after(clause, *all[i - 1], *all[i], next);
    all[i]->is_adjunct = is_listed || (!is_behind_noun(clause, *all[i]) && is_after_preposition(clause, first_with_post(clause, *all[i])));
  }
}

// "Under the agreement KOICA": the preposition is the noun's.
bool Scene::is_behind_noun(const Clause& clause, const Thing& thing) const {
  if (clause.grammar != nullptr || !has(Root::organization | Root::person, thing.root)) return false;
  const Walk words = walk(clause);
  std::uint32_t before = words.before(thing.first);
  if (has_cue("articles", before)) before = words.before(before);
  return words.is_lower(before) && (has_cue("agreement_heads", before) || has_cue("programme_heads", before)) && !has_cue("programme_titles", before);
}

// "Minister of Health Anna Nagy": what stands in front of the title tells her part.
std::uint32_t Scene::first_with_post(const Clause& clause, const Thing& thing) const {
  if (thing.root != Root::person || clause.grammar != nullptr) return thing.first;
  const auto post = std::ranges::find_if(clause.positions, [&](const Literal& one) { return one.last == thing.last && one.first < thing.first; });
  return post == clause.positions.end() ? thing.first : post->first;
}

// "in A, B and C": a comma alone joins only where the list goes on; "During the talks with A, B announced" has no list.
bool Scene::is_listed_after(const Clause& clause, const Thing& before, const Thing& thing, const Thing* next) const {
  const Root bodies = Root::organization | Root::place;
  const bool is_alike = before.root == thing.root || (has(bodies, before.root) && has(bodies, thing.root));
  if (!is_alike || !joins(clause, before.last, thing.first)) return false;
  for (std::uint32_t i = before.last; i < thing.first; ++i) {
    if (has_cue("list_joints", i) || walk(clause).is_sign(i, U'&')) return true;
  }
  return before.root == thing.root && next != nullptr && next->root == thing.root && joins(clause, thing.last, next->first);
}

// `is_marked`: by words rather than by a case.
Role Scene::role_in_front(const Clause& clause, const Thing& thing, bool& is_marked) const {
  const Walk words = walk(clause);
  std::uint32_t first = thing.first, before = words.before(first);
  if (words.is_open_quote(before)) before = words.before(before);
  if (const PhraseMatch* head = words.has(before) ? reading_.match_over("programme_heads", before) : nullptr; head != nullptr && head->last == before + 1) {
    first = head->first;
    before = words.before(first);
    for (int i = 0; i < kMostAdjectives && has_cue("title_adjectives", before); ++i) {
      first = before;
      before = words.before(before);
    }
  }
  if (thing.root == Root::act) before = past_provision(*this, words, before);
  const PhraseMatch* marker = words.has(before) ? reading_.match_over("role_before", before) : nullptr;
  is_marked = marker != nullptr && marker->last == before + 1;
  if (is_marked) return role_by_name(reading_.entry(*marker).id);
  if (has_cue("prepositions", before)) return Role::about;
  const bool is_acronym = words.is_word(first) && words.token(first).is_upper;
  const auto* ending = is_acronym ? nullptr : clause.grammar->case_of(words.folded(first));
  return ending == nullptr ? Role::none : ending->role;
}

Role Scene::role_behind(const Clause& clause, const Thing& thing) const {
  const Walk words = walk(clause);
  std::uint32_t end = past_tail(*this, words, thing.last);
  const PhraseMatch* noun = thing.root == Root::act && words.has(end) ? reading_.match_at("act_nouns", end) : nullptr;
  if (noun != nullptr) end = words.at(noun->last);  // "145-son qaror bilan", where the noun is no part of the name
  if (const PhraseMatch* marker = words.has(end) ? reading_.match_at("role_after", end) : nullptr) {
    const PackEntry& entry = reading_.entry(*marker);
    const std::string_view of_act = entry.field("act");
    return role_by_name(thing.root == Root::act && !of_act.empty() ? of_act : std::string_view(entry.id));
  }
  if (words.is_glued(end) && words.is_word(end)) {  // «X»ga
    const auto glued = std::ranges::find(clause.grammar->cases, words.folded(end), &CaseGrammar::Ending::text);
    if (glued != clause.grammar->cases.end()) return glued->role;
  }
  std::uint32_t last = words.has(end) ? words.before(end) : clause.last - 1;
  while (words.has(last) && last > thing.first && !words.is_word(last)) last = words.before(last);
  if (noun != nullptr) last = noun->last - 1;
  const auto* ending = words.has(last) ? clause.grammar->case_of(words.folded(last)) : nullptr;
  return ending == nullptr ? Role::none : ending->role;
}

// `is_marked`: by a word, which then serves what is joined too, whatever its case: "совместно с A и B".
bool Scene::share_role(const Clause& clause, const Thing& from, Thing& to, bool is_marked) const {
  const Root bodies = Root::organization | Root::place;
  const bool is_alike = from.root == to.root || (extract::has(bodies, from.root) && extract::has(bodies, to.root));
  const bool is_joined = from.first < to.first ? joins(clause, end_of(clause, from), to.first) : joins(clause, end_of(clause, to), from.first);
  const bool is_shared = is_alike && is_joined && (to.role == Role::none || (is_marked && to.role == Role::agent));
  if (is_shared) to.role = from.role;
  return is_shared && is_marked;
}

void Scene::mark_roles(Clause& clause) const {
  std::vector<Thing*> all;
  for (Thing& thing : clause.things) {
    if (!thing.is_inner) all.push_back(&thing);
  }
  std::vector<bool> marked(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    bool is_marked = false;
    all[i]->role = clause.grammar->is_head_last ? role_behind(clause, *all[i]) : role_in_front(clause, *all[i], is_marked);
    marked[i] = is_marked;
  }
  std::vector<std::size_t> outer;  // not within the title behind an act
  std::uint32_t end = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i]->first < end) continue;
    outer.push_back(i);
    end = end_of(clause, *all[i]);
  }
  // One preposition serves a list, and so does one postposition.
  for (std::size_t i = 1; i < outer.size(); ++i) {
    const std::size_t at = clause.grammar->is_head_last ? outer.size() - i : i;
    const std::size_t to = outer[clause.grammar->is_head_last ? at - 1 : at], from = outer[clause.grammar->is_head_last ? at : at - 1];
    marked[to] = share_role(clause, *all[from], *all[to], marked[from]) || marked[to];
  }
  for (Thing* thing : all) thing->is_adjunct = thing->is_adjunct || (thing->role != Role::none && thing->role != Role::object);
}

const Thing* Scene::spoken_for(const Clause& clause) const {
  const PhraseMatch* cue = cue_in(clause, "on_behalf", clause.first, clause.last);
  if (cue == nullptr || is_quoted(cue->first)) return nullptr;
  const bool is_last = clause.grammar != nullptr && clause.grammar->is_head_last;
  return is_last ? before(clause, cue->first, Root::organization, 1) : after(clause, cue->last, Root::organization, 2);
}

}  // namespace policygraph::inline v0::detail::extract
