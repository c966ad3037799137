#include <algorithm>

#include "extract/relations/absence.hpp"
#include "extract/relations/modality.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Where a body, an event or a programme is. A country in a body's name ("of X") says nothing of where it stands.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kPlaced = Root::organization | Root::event | Root::programme;
constexpr std::string_view kBy = "located-in/1";
constexpr std::uint32_t kNote = 4;  // tokens of "(COP29)" behind a name

class Places {
 public:
  explicit Places(Scene& scene) : scene_(scene) {}

  void run() {
    for (const Clause& clause : scene_.clauses()) {
      if (clause.zone == Zone::keywords || clause.zone == Zone::reference) continue;
      in_name(clause);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_located")) in_place(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_hosts")) hosts(clause, *cue);
      in_brackets(clause);
      works_in(clause);
      in_section(clause);
    }
  }

 private:
  void link(const Clause& clause, const Thing& thing, const Thing& place, std::uint32_t first, std::uint32_t last, float confidence) {
    scene_.add(clause, {"LOCATED_IN", thing.mention, place.mention, first, last, Modality::unknown, confidence, kBy});
  }

  // "visit to X", "contest in the lands of X", "new branch of Y in Z": a place that a description itself says to be where it is.
  void in_name(const Clause& clause) {
    for (const Thing& thing : clause.things) {
      if (!has(kPlaced, thing.root) || scene_.is_quoted(thing.first)) continue;
      for (const Thing& place : clause.things) {
        if (place.root != Root::place || place.first < thing.first || place.last > thing.last || place.last - place.first == thing.last - thing.first) continue;
        if (is_where(clause, thing, place)) link(clause, thing, place, thing.first, thing.last, 0.75F);
      }
    }
  }

  bool is_where(const Clause& clause, const Thing& thing, const Thing& place) const {
    const std::string_view before = scene_.walk(clause).folded(scene_.word_before(clause, place.first, "prepositions"));
    const bool is_travel = thing.root == Root::event && before == "to";
    if (is_travel) return true;
    if (thing.root == Root::organization) return before == "in" && is_description(thing);
    if (thing.root == Root::event) return before == "in" || before == "at" || (before == "of" && has_in(clause, thing, place));
    return is_description(thing) && (before == "in" || (before == "of" && has_in(clause, thing, place)));
  }

  // A small letter begins what is no proper name.
  bool is_description(const Thing& thing) const { return !scene_.reading().token(thing.first).is_capitalised; }

  bool has_in(const Clause& clause, const Thing& thing, const Thing& place) const {
    const Walk words = scene_.walk(clause);
    for (std::uint32_t i = place.first; i-- > thing.first && i + 7 > place.first;) {
      if (words.folded(i) == "in" || words.folded(i) == "at") return true;
    }
    return false;
  }

  // "held in X", "located in X", "at Y in X"
  void in_place(const Clause& clause, const PhraseMatch& cue) {
    const Thing* place = scene_.after(clause, cue.last, Root::place, 3);
    if (place == nullptr || !is_right_behind(clause, cue.last, place->first)) return;
    const Things places = is_country(*place) || cue.last - cue.first > 1 ? scene_.list_after(clause, cue.last, Root::place, 3) : Things{place};
    const Thing* thing = placed(clause, cue);
    if (thing == nullptr) return;
    if (thing->root != Root::organization && thing->last < cue.first && holds_denial(scene_, clause, thing->last, cue.first)) return;
    for (const Thing* where : places) link(clause, *thing, *where, cue.first, cue.last, 0.7F);
    if (thing->root == Root::organization) host_of(clause, *thing, *place, cue);
  }

  bool is_country(const Thing& place) const { return scene_.property(place.mention, "kind") == "country"; }

  bool is_right_behind(const Clause& clause, std::uint32_t from, std::uint32_t to) const {
    const Walk words = scene_.walk(clause);
    for (std::uint32_t i = from; i < to; ++i) {
      if (!scene_.has_cue("determiners", i) && !words.is_word(i)) return false;
      if (scene_.has_cue("prepositions", i) || scene_.has_cue("finite_verbs", i)) return false;
    }
    return true;
  }

  // What the place is said of: a thing right in front; a held event; with a verb of place, the subject.
  const Thing* placed(const Clause& clause, const PhraseMatch& cue) const {
    const Thing* near = scene_.before(clause, cue.first, kPlaced | Root::person | Root::place, 3);
    if (near != nullptr && has(Root::person | Root::organization, near->root)) {  // "met Anna Nagy in X"
      const Thing* whole = event_over(clause, *near);
      if (whole != nullptr) near = whole;
    }
    if (near != nullptr && (near->last == cue.first || near->last == skip_quotes(clause, cue.first))) return has(kPlaced, near->root) && !is_country_body(*near) ? near : nullptr;
    const bool is_verb = cue.last - cue.first > 1 || scene_.has_cue("wide_prepositions", cue.first);
    const Thing* event = scene_.before(clause, cue.first, Root::event, 12);
    if (event != nullptr && (is_verb || has_held(clause, event->last, cue.first))) return event;
    if (!is_verb) return nullptr;
    const Thing* subject = scene_.subject(clause, cue.first, kPlaced);
    if (subject == nullptr) subject = scene_.before(clause, cue.first, kPlaced, 30);
    return subject == nullptr || is_country_body(*subject) ? nullptr : subject;
  }

  const Thing* event_over(const Clause& clause, const Thing& inner) const {
    const auto found = std::ranges::find_if(clause.things, [&](const Thing& thing) { return thing.root == Root::event && thing.first < inner.first && thing.last == inner.last; });
    return found == clause.things.end() ? nullptr : &*found;
  }

  // "UNDP in Uzbekistan" is an office's name, not a place where UNDP is.
  bool is_country_body(const Thing& thing) const {
    const std::string kind = scene_.property(thing.mention, "kind");
    return thing.root == Root::organization && (kind == "multilateral" || kind == "foreign_government");
  }

  std::uint32_t skip_quotes(const Clause& clause, std::uint32_t at) const {
    const Walk words = scene_.walk(clause);
    while (at > clause.first && (words.is_close_quote(at - 1) || words.sign(at - 1) == U'"')) --at;
    if (at <= clause.first || !words.is_sign(at - 1, U')')) return at;
    std::uint32_t open = at - 1;  // "the Climate Change Conference (COP29) in Baku"
    while (open > clause.first && at - open <= kNote && !words.is_sign(open, U'(')) --open;
    return words.is_sign(open, U'(') ? open : at - 1;
  }

  bool has_held(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
    const PhraseMatch* held = scene_.cue_in(clause, "event_held", first, last);
    return held != nullptr && !holds_denial(scene_, clause, first, held->last);
  }

  // "was launched at Y University in X": the event is where its host is.
  void host_of(const Clause& clause, const Thing& host, const Thing& place, const PhraseMatch& cue) {
    const std::string_view before = scene_.walk(clause).folded(scene_.word_before(clause, host.first, "prepositions"));
    const Thing* event = before == "at" ? scene_.before(clause, host.first, Root::event, 8) : nullptr;
    if (event != nullptr) link(clause, *event, place, cue.first, cue.last, 0.7F);
  }

  // "X hosted the Finals": the event is in X.
  void hosts(const Clause& clause, const PhraseMatch& cue) {
    const Thing* place = scene_.before(clause, cue.first, Root::place, 3);
    if (place == nullptr || place->is_adjunct) return;
    for (const Thing* event : scene_.list_after(clause, cue.last, Root::event, 4)) link(clause, *event, *place, cue.first, cue.last, 0.8F);
  }

  // "The X Foundation (India)"
  void in_brackets(const Clause& clause) {
    const Walk words = scene_.walk(clause);
    for (std::size_t i = 1; i < clause.things.size(); ++i) {
      const Thing& place = clause.things[i];
      const Thing& body = clause.things[i - 1];
      if (place.root != Root::place || !has(Root::organization | Root::event, body.root) || place.first != body.last + 1) continue;
      if (words.is_sign(body.last, U'(') && words.is_sign(place.last, U')')) link(clause, body, place, body.last, place.last + 1, 0.85F);
    }
  }

  // "The project will build schools in the A and B regions": regions and towns that a programme as subject works in.
  void works_in(const Clause& clause) {
    const Thing* work = scene_.subject(clause, std::min(clause.last, clause.first + 12), Root::programme | Root::organization | Root::person);
    if (work == nullptr || work->root != Root::programme) return;
    const Thing* last = nullptr;
    for (const Thing& place : clause.things) {
      if (place.first < work->last || place.is_inner) continue;
      if (place.root == Root::organization || place.root == Root::event) return;
      if (place.root != Root::place || is_country(place)) continue;
      const std::string_view before = scene_.walk(clause).folded(scene_.word_before(clause, place.first, "prepositions"));
      const bool is_listed = last != nullptr && place.is_adjunct && place.first <= last->last + 3;
      if (before != "in" && !is_listed && !(before == "of" && has_in(clause, *work, place))) continue;
      if (is_left_out(scene_, clause, place)) return;
      if (!is_work(clause, work->last, place.first)) continue;
      link(clause, *work, place, place.first, place.last, 0.6F);
      last = &place;
    }
  }

  // Not "was discussed in X", "is managed in X", "will not be carried out in X".
  bool is_work(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
    if (holds_denial(scene_, clause, first, last)) return false;
    for (const PhraseMatch* spoken : scene_.cues(clause, "desk_verbs")) {
      if (spoken->first < first || spoken->last > last) continue;
      const bool goes_on = scene_.cue_in(clause, "doing_verbs", spoken->last, last) != nullptr ||
                           scene_.cue_in(clause, "finite_verbs", spoken->last, last) != nullptr;
      if (!goes_on) return false;
    }
    return true;
  }

  // "- X: the A, B and C": what a list tells under a country's name is there.
  void in_section(const Clause& clause) {
    const Walk words = scene_.walk(clause);
    const Thing* place = nullptr;
    for (const Thing& thing : clause.things) {
      if (thing.root != Root::place || thing.is_inner) continue;
      if (thing.first <= clause.first + 2 && words.is_sign(thing.last, U':')) place = &thing;
      break;
    }
    if (place == nullptr || scene_.reading().token(place->first).is_upper) return;  // a dateline
    for (const Thing& thing : clause.things) {
      if (!thing.is_inner && has(Root::organization | Root::programme, thing.root) && thing.first > place->last) {
        link(clause, thing, *place, place->first, place->last, 0.7F);
      }
    }
  }

  Scene& scene_;
};

}  // namespace

void relate_places(Scene& scene) { Places(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
