#include <algorithm>

#include "extract/relations/absence.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Where bodies stand and what they are parts of, in languages that mark cases: places and bodies side by side, one of them in the
// genitive or with the ending of a place. "Булунгурский район Самаркандской области", "FAOning Yer resurslari bo‘limi",
// "Guliston tumanidagi “Orol” fermer xo‘jaligi".
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::string_view kPart = "part-of/2", kPlaced = "located-in/2";

class CasedPlaces {
 public:
  explicit CasedPlaces(Scene& scene) : scene_(scene) {}

  void run() {
    for (const Clause& clause : scene_.clauses()) {
      if (clause.grammar == nullptr || clause.zone == Zone::keywords || clause.zone == Zone::reference) continue;
      const Thing* before = nullptr;
      for (const Thing& thing : clause.things) {
        if (thing.is_inner || !has(Root::place | Root::organization, thing.root)) continue;
        if (before != nullptr && !scene_.is_quoted(thing.first)) read(clause, *before, thing);
        before = &thing;
      }
      for (const PhraseMatch* cue : scene_.cues(clause, "case_opened")) opened(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "case_stands")) stands(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "case_works_in")) works_in(clause, *cue);
    }
  }

 private:
  void read(const Clause& clause, const Thing& left, const Thing& right) {
    if (left.root == Root::place && right.root == Root::place) {
      address(clause, left, right);
    } else if (left.root == Root::place && clause.grammar->is_head_last) {
      stands_in(clause, left, right);
    } else if (left.root == Root::organization && right.root == Root::organization && clause.grammar->is_head_last) {
      unit_of(clause, left, right);
    } else if (left.root == Root::organization && right.root == Root::place && !clause.grammar->is_head_last) {
      stands_behind(clause, left, right);
    }
  }

  bool are_beside(const Clause& clause, const Thing& left, const Thing& right) const {
    const std::uint32_t next = scene_.walk(clause).at(left.last);
    return next == right.first || (scene_.walk(clause).is_open_quote(next) && scene_.walk(clause).at(next + 1) == right.first);
  }

  // "tumani" itself ends as the case of an object does.
  const CaseGrammar::Ending* ending(const Clause& clause, const Thing& thing) const {
    const std::string_view word = scene_.reading().folded(thing.last - 1);
    return word == "tumani" || word == "тумани" ? nullptr : clause.grammar->case_of(word);
  }

  // Acronyms too, which are short: "FAOning".
  bool is_owner(const Clause& clause, const Thing& thing) const {
    const std::string_view word = scene_.reading().folded(thing.last - 1);
    return std::ranges::any_of(clause.grammar->cases, [&](const CaseGrammar::Ending& one) { return one.role == Role::owner && word.ends_with(one.text); });
  }

  // 0 for what may hold all others, more for what is smaller.
  int rank(const Thing& place) const {
    const std::string kind = scene_.property(place.mention, "kind");
    if (kind == "country") return 0;
    if (kind == "city") return 3;
    return scene_.has_cue("district_heads", place.last - 1) ? 2 : kind == "region" ? 1 : 4;
  }

  // "Sirdaryo viloyati Guliston tumani", "Italiyaning Rim shahri"; "Булунгурский район Самаркандской области"
  void address(const Clause& clause, const Thing& left, const Thing& right) {
    const bool is_last = clause.grammar->is_head_last;
    const Thing& whole = is_last ? left : right;
    const Thing& part = is_last ? right : left;
    const bool has_comma = is_last && scene_.walk(clause).is_sign(scene_.walk(clause).at(left.last), U',') && scene_.walk(clause).next(scene_.walk(clause).at(left.last)) == right.first;
    if ((!are_beside(clause, left, right) && !has_comma) || rank(part) <= rank(whole) || rank(part) > 3) return;
    if (has_comma && rank(whole) == 0) return;  // a list may go on so
    if (is_last) {
      const auto* marked = ending(clause, whole);
      if (marked != nullptr && marked->role != Role::owner) return;
      if (marked == nullptr && rank(whole) == 0) return;
    } else if (whole.role != Role::none || !clause.grammar->goes_on(scene_.reading().folded(whole.first))) {
      return;
    }
    scene_.add(clause, {"PART_OF", part.mention, whole.mention, part.first, part.last, Modality::unknown, 0.8F, kPart});
  }

  // "Urganch tumanidagi “X” zavodi", "Ғаллаорол тумани «X» жамияти"
  void stands_in(const Clause& clause, const Thing& place, const Thing& body) {
    if (!are_beside(clause, place, body) || rank(place) == 0 || is_public(body)) return;
    const bool is_adjective = clause.grammar->is_where(scene_.reading().folded(place.last - 1));
    const bool is_address = ending(clause, place) == nullptr && scene_.has_cue("cased_place_heads", place.last - 1) && is_quoted_name(clause, body);
    if (is_adjective || is_address) place_body(clause, body, place);
  }

  // "завод «X» в Булунгурском районе"
  void stands_behind(const Clause& clause, const Thing& body, const Thing& place) {
    const Walk words = scene_.walk(clause);
    std::uint32_t at = words.at(body.last);
    if (words.is_close_quote(at)) at = words.next(at);
    const bool is_in = words.folded(at) == "в" || words.folded(at) == "во";
    if (!is_in || place.role != Role::place || rank(place) == 0 || is_public(body) || !is_quoted_name(clause, body)) return;
    if (scene_.before(clause, place.first, Root::organization, 2) == &body && words.next(at) >= place.first - std::min(place.first, 2U)) place_body(clause, body, place);
  }

  void place_body(const Clause& clause, const Thing& body, const Thing& place) {
    scene_.add(clause, {"LOCATED_IN", body.mention, place.mention, place.first, place.last, Modality::unknown, 0.75F, kPlaced});
  }

  bool is_town(const Thing& place) const { return place.root == Root::place && !place.is_inner && rank(place) != 0; }

  // "В Фергане открылся Центр X", "Andijonda laboratoriya ochildi": what is opened in a place stands there.
  void opened(const Clause& clause, const PhraseMatch& cue) {
    const bool is_last = clause.grammar->is_head_last;
    const Thing* body = is_last ? nullptr : scene_.after(clause, cue.last, Root::organization, 2);
    if (body == nullptr) body = scene_.before(clause, cue.first, Root::organization, 2);
    if (body == nullptr || body->role != Role::none || is_public(*body)) return;
    const Thing* best = nullptr;
    for (const Thing& place : clause.things) {
      if (!is_town(place) || place.role != Role::place || scene_.is_broken(clause, std::min(place.first, cue.first), std::max(place.last, cue.last))) continue;
      if (best == nullptr || place.last <= std::min(body->first, cue.first)) best = &place;
    }
    if (best != nullptr) place_body(clause, *body, *best);
  }

  // "институт, расположенный в Ташкентской области", "viloyatda joylashgan institut"
  void stands(const Clause& clause, const PhraseMatch& cue) {
    const bool is_last = clause.grammar->is_head_last;
    const Thing* place = is_last ? scene_.before(clause, cue.first, Root::place, 1) : scene_.after(clause, cue.last, Root::place, 2);
    const Thing* body = is_last ? scene_.after(clause, cue.last, Root::organization, 1) : scene_.before(clause, cue.first, Root::organization, 2);
    if (place != nullptr && body != nullptr && place->role == Role::place && !is_public(*body)) place_body(clause, *body, *place);
  }

  // "Проект «X» охватывает A и B области", "loyiha A va B viloyatlarida amalga oshiriladi"
  void works_in(const Clause& clause, const PhraseMatch& cue) {
    if (is_absent(scene_, clause, cue)) return;
    const bool is_last = clause.grammar->is_head_last;
    const Thing* work = scene_.before(clause, cue.first, Root::programme, 30);
    if (work == nullptr && !is_last) work = scene_.after(clause, cue.last, Root::programme, 2);
    if (work == nullptr || scene_.is_quoted(work->first)) return;
    Things places = is_last ? scene_.list_before(clause, cue.first, Root::place, 3) : scene_.list_after(clause, cue.last, Root::place, 3);
    if (places.empty() && !is_last) places = scene_.list_before(clause, cue.first, Root::place, 2);
    for (const Thing* place : places) {
      const bool is_where = place->role == Role::place || place->role == Role::object || place->role == Role::none;
      if (!is_town(*place) || !is_where || is_left_out(scene_, clause, *place) || (place->first >= work->first && place->last <= work->last)) continue;
      scene_.add(clause, {"LOCATED_IN", work->mention, place->mention, cue.first, cue.last, Modality::unknown, 0.7F, kPlaced});
    }
  }

  // An office of a state or of the world is not where one of its houses is.
  bool is_public(const Thing& body) const {
    const std::string kind = scene_.property(body.mention, "kind");
    return kind == "multilateral" || kind == "foreign_government";
  }

  bool is_quoted_name(const Clause& clause, const Thing& body) const {
    const Walk words = scene_.walk(clause);
    for (std::uint32_t i = body.first > clause.first ? body.first - 1 : body.first; i < body.last; ++i) {
      if (words.is_open_quote(i)) return true;
    }
    return false;
  }

  // "Suv xo‘jaligi vazirligining Axborot markazi": side by side, the first in the genitive.
  void unit_of(const Clause& clause, const Thing& whole, const Thing& part) {
    if (!is_owner(clause, whole) || !are_beside(clause, whole, part) || scene_.is_same(whole, part) || is_public(part)) return;
    if (scene_.has_edge("PART_OF", whole.mention, part.mention)) return;
    scene_.add(clause, {"PART_OF", part.mention, whole.mention, whole.first, whole.last, Modality::unknown, 0.75F, kPart});
  }

  Scene& scene_;
};

}  // namespace

void relate_cased_places(Scene& scene) { CasedPlaces(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
