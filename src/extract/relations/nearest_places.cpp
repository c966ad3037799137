#include <algorithm>
#include <set>

#include "extract/relations/absence.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Where a programme or an event is, where no verb of place says it: the place right beside a programme, the places of
// a clause that is about it alone, and the one nearest to the only event of a clause.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kPlaced = Root::programme | Root::event;
constexpr std::size_t kMostThings = 64;  // of a sentence
constexpr std::uint32_t kBeside = 2;
constexpr std::uint32_t kListed = 3;       // tokens between places of a list
constexpr std::uint32_t kListNoun = 3;     // tokens between "регионах" and the colon behind it
constexpr std::uint32_t kOpening = 5;      // tokens of "Under the programme"
constexpr std::uint32_t kEventReach = 12;  // tokens between an event and where it is

class NearestPlaces {
 public:
  explicit NearestPlaces(Scene& scene) : scene_(scene) {}

  void run() {
    for (const ExtractedRelation& known : scene_.out().relations) {
      if (known.type == "LOCATED_IN") placed_.insert(scene_.head(known.from));
    }
    for (const Clause& clause : scene_.clauses()) {
      if (clause.zone == Zone::keywords || clause.zone == Zone::reference || clause.is_question ||
          clause.things.size() > kMostThings)
        continue;
      const bool has_place =
          std::ranges::any_of(clause.things, [](const Thing& thing) { return thing.root == Root::place; });
      if (!has_place) continue;
      for (const Thing& thing : clause.things) {
        if (thing.root != Root::programme || scene_.is_quoted(thing.first)) continue;
        beside(clause, thing);
      }
      of_subject(clause);
      of_done_work(clause);
      of_event(clause);
    }
  }

 private:
  void link(const Clause& clause, const Thing& thing, const Thing& place, float confidence, std::string_view by) {
    if (scene_.has_edge("LOCATED_IN", thing.mention, place.mention)) return;
    scene_.add(clause, {"LOCATED_IN", thing.mention, place.mention, place.first, place.last, Modality::unknown,
                        confidence, by});
  }

  static bool is_last(const Clause& clause) { return clause.grammar != nullptr && clause.grammar->is_head_last; }
  static bool holds(const Thing& outer, const Thing& inner) {
    return outer.first <= inner.first && inner.last <= outer.last;
  }
  bool is_country(const Thing& place) const { return scene_.property(place.mention, "kind") == "country"; }
  // "the Asian region" of a programme is no place that it stands in.
  bool is_town(const Thing& place) const { return place.root == Root::place && !is_country(place); }

  // A body or an act within the words holds the place: it is of that name.
  bool is_of_other(const Clause& clause, const Thing& place, const Thing* thing) const {
    return std::ranges::any_of(clause.things, [&](const Thing& other) {
      const bool is_name =
          has(Root::organization | Root::act | Root::programme | Root::person, other.root) && &other != thing;
      return is_name && holds(other, place) && (thing == nullptr || !holds(other, *thing) || other.root == Root::act);
    });
  }

  bool is_in_post(const Clause& clause, const Thing& place) const {
    return std::ranges::any_of(
        clause.positions, [&](const Literal& post) { return post.first <= place.first && place.last <= post.last; });
  }

  // "Jizzax viloyatidagi «X» loyihasi", "проект «X» в Ташкентской области"
  void beside(const Clause& clause, const Thing& work) {
    if (work.role == Role::within && has_event(clause)) return;  // "В рамках проекта в Нукусе прошёл семинар"
    const Walk words = scene_.walk(clause);
    for (const Thing& place : clause.things) {
      if (!is_town(place) || holds(work, place) || is_of_other(clause, place, nullptr) || is_in_post(clause, place))
        continue;
      if (is_last(clause) && place.last <= work.first && place.last + kBeside >= work.first && is_where(clause, place))
        link_listed(clause, work, place);
      if (!is_last(clause) && place.first >= work.last && is_right_behind(clause, words, work, place))
        link_listed(clause, work, place);
    }
  }

  static bool has_event(const Clause& clause) {
    return std::ranges::any_of(clause.things, [](const Thing& thing) { return thing.root == Root::event; });
  }

  bool is_where(const Clause& clause, const Thing& place) const {
    const std::string_view word = scene_.reading().folded(place.last - 1);
    if (clause.grammar != nullptr) return place.role == Role::place || clause.grammar->is_where(word);
    return scene_.word_before(clause, place.first, "place_prepositions") != Walk::kNone;
  }

  bool is_right_behind(const Clause& clause, const Walk& words, const Thing& work, const Thing& place) const {
    if (!is_where(clause, place) || place.first > work.last + 2 * kBeside) return false;
    for (std::uint32_t i = work.last; i < place.first; ++i) {
      const bool is_passed = words.is_close_quote(i) || words.is_sign(i, U'"') || words.is_sign(i, U')') ||
                             scene_.has_cue("prepositions", i) || scene_.has_cue("determiners", i) ||
                             scene_.has_cue("role_before", i);
      if (!is_passed) return false;
    }
    return true;
  }

  void link_listed(const Clause& clause, const Thing& work, const Thing& place) {
    link(clause, work, place, 0.65F, "nearest-place/1");
    for (const Thing* other : scene_.list_after(clause, place.first, Root::place, 1)) {
      if (is_town(*other) && !holds(work, *other)) link(clause, work, *other, 0.65F, "nearest-place/1");
    }
  }

  // The clause is about one programme: its subject, and no event or other programme beside.
  void of_subject(const Clause& clause) {
    const Thing* work = nullptr;
    for (const Thing& thing : clause.things) {
      if (thing.is_inner || !has(kPlaced | Root::act | Root::organization | Root::person | Root::agreement, thing.root))
        continue;
      if (thing.root != Root::programme || (work != nullptr && !scene_.is_same(*work, thing))) return;
      if (work == nullptr) work = &thing;
    }
    if (work == nullptr || scene_.is_quoted(work->first) || !clause.money.empty()) return;
    const bool opens = work->first <= clause.first + kOpening || (!work->is_adjunct && work->role == Role::none);
    if (!opens) return;
    const Thing* before = nullptr;  // that has it, so that others of its list do
    for (const Thing& place : clause.things) {
      if (place.first < work->last || place.is_inner || place.root != Root::place) continue;
      if (is_left_out(scene_, clause, place)) return;
      const bool is_reached = is_told(clause, *work, place, "reach_verbs");
      const bool is_there = is_reached || (is_town(place) && is_where(clause, place) && is_told(clause, *work, place, "doing_verbs"));
      const bool is_listed = before != nullptr && is_town(place) && place.first <= before->last + kListed;
      before = is_there || is_listed ? &place : nullptr;
      if (before != nullptr) link(clause, *work, place, 0.6F, "nearest-place/2");
    }
  }

  // "Министерство реализует проект «X» в пяти регионах: A, B и C областях": the only programme of a clause that tells of doing, and a
  // list of regions in the case of a place.
  void of_done_work(const Clause& clause) {
    const Thing* work = nullptr;
    for (const Thing& thing : clause.things) {
      if (thing.root == Root::event || thing.root == Root::act) return;
      if (thing.root != Root::programme || thing.is_inner) continue;
      if (work != nullptr && !scene_.is_same(*work, thing)) return;
      work = &thing;
    }
    if (work == nullptr || scene_.is_quoted(work->first)) return;
    const PhraseMatch* verb = scene_.cue_in(clause, "doing_verbs", clause.first, clause.last);
    if (verb == nullptr || is_absent(scene_, clause, *verb)) return;
    for (const Thing& place : clause.things) {
      const bool is_there = is_where(clause, place) || is_behind_nouns(clause, place);
      const bool opens = is_town(place) && !place.is_inner && is_there && !is_of_other(clause, place, work) && !is_in_post(clause, place);
      if (!opens || holds(*work, place)) continue;
      const Things listed = scene_.list_after(clause, place.first, Root::place, 0);
      if (listed.size() < 2) continue;
      for (const Thing* one : listed) {
        if (is_town(*one) && !is_left_out(scene_, clause, *one)) link(clause, *work, *one, 0.6F, "nearest-place/4");
      }
      return;
    }
  }

  // "в пяти регионах страны: A", "in three districts: A"
  bool is_behind_nouns(const Clause& clause, const Thing& place) const {
    const Walk words = scene_.walk(clause);
    const std::uint32_t mark = words.before(place.first);
    if (!words.is_sign(mark, U':') && !words.is_sign(mark, U'(')) return false;
    const std::uint32_t from = mark > clause.first + kListNoun ? mark - kListNoun : clause.first;
    return scene_.cue_in(clause, "region_nouns", from, mark) != nullptr;
  }

  // "covers the A and B regions", "20 districts of A", "is carried out in A": the verb nearest to the place, where it is not denied.
  bool is_told(const Clause& clause, const Thing& work, const Thing& place, CategoryName verbs) const {
    const std::uint32_t first = is_last(clause) ? place.last : work.last, last = is_last(clause) ? clause.last : place.first;
    const PhraseMatch* verb = nullptr;
    for (const PhraseMatch* cue : scene_.cues(clause, verbs)) {
      if (cue->first < first || cue->last > last) continue;
      verb = cue;
      if (is_last(clause)) break;
    }
    if (verb == nullptr || is_absent(scene_, clause, *verb)) return false;
    return is_last(clause) ? !is_parted(clause, first, verb->first) : !has_verb(clause, verb->last, last);
  }

  bool has_verb(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i) {
      if (scene_.has_cue("finite_verbs", i)) return true;
      if (clause.grammar != nullptr && scene_.walk(clause).is_lower(i) && clause.grammar->is_verb(scene_.walk(clause).folded(i))) return true;
    }
    return false;
  }

  // "Toshkentda imzolandi va Buxoro viloyatida amalga oshiriladi": behind words of its own the clause goes on with another place.
  bool is_parted(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
    const Walk words = scene_.walk(clause);
    bool has_words = false;
    for (std::uint32_t i = first; i < last; ++i) {
      const bool is_joint = scene_.has_cue("list_joints", i) || words.is_sign(i, U',');
      const bool is_place = std::ranges::any_of(clause.things, [&](const Thing& thing) {
        return thing.root == Root::place && thing.first <= i && i < thing.last;
      });
      if ((is_joint || is_place) && has_words) return true;
      has_words = has_words || (!is_joint && !is_place && words.is_word(i));
    }
    return false;
  }

  // The one event of a clause and the place nearest to it.
  void of_event(const Clause& clause) {
    const Thing* event = nullptr;
    for (const Thing& thing : clause.things) {
      if (thing.root != Root::event) continue;
      if (event != nullptr && !scene_.is_same(*event, thing)) return;
      if (event == nullptr) event = &thing;
    }
    if (event == nullptr || scene_.is_quoted(event->first) || has_place(*event)) return;
    const Thing* best = nullptr;
    std::uint32_t nearest = kEventReach;
    for (const Thing& place : clause.things) {
      if (place.root != Root::place || !is_where(clause, place) || is_of_other(clause, place, event) ||
          is_in_post(clause, place))
        continue;
      const std::uint32_t gap = place.first >= event->last   ? place.first - event->last
                                : event->first >= place.last ? event->first - place.last
                                                             : 0;
      if (gap >= nearest || is_between_others(clause, *event, place)) continue;
      nearest = gap;
      best = &place;
    }
    if (best == nullptr || is_left_out(scene_, clause, *best)) return;
    const bool is_behind = best->first >= event->last && !is_last(clause);  // the verb stands between
    if (holds_denial(scene_, clause, std::min(event->last, best->last), is_behind ? best->first : clause.last)) return;
    link(clause, *event, *best, 0.6F, "nearest-place/3");
  }

  bool has_place(const Thing& event) const { return placed_.contains(scene_.head(event.mention)); }

  // A body or a programme stands between: the place is its.
  bool is_between_others(const Clause& clause, const Thing& event, const Thing& place) const {
    const std::uint32_t first = std::min(event.last, place.last), last = std::max(event.first, place.first);
    return std::ranges::any_of(clause.things, [&](const Thing& other) {
      return !other.is_inner && has(Root::organization | Root::programme | Root::act | Root::person, other.root) &&
             other.first >= first && other.last <= last;
    });
  }

  Scene& scene_;
  std::set<MentionIndex> placed_;  // things that have a place
};

}  // namespace

void relate_nearest_places(Scene& scene) { NearestPlaces(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
