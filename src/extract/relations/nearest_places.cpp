#include <algorithm>
#include <set>

#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Where a programme or an event is, where no verb of place says it: the place right beside a programme, the places of
// a clause that is about it alone, and the one nearest to the only event of a clause.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kPlaced = Root::programme | Root::event;
constexpr std::size_t kMostThings = 64;  // of a sentence
constexpr std::uint32_t kBeside = 2;
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
    if (is_last(clause)) return word.ends_with("dagi") || word.ends_with("даги") || place.role == Role::place;
    if (clause.grammar != nullptr) return place.role == Role::place;
    const std::string_view before = scene_.walk(clause).folded(scene_.word_before(clause, place.first, "prepositions"));
    return before == "in" || before == "at" || before == "across" || before == "throughout";
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
    bool is_listed = false;
    std::uint32_t end = 0;
    for (const Thing& place : clause.things) {
      if (place.first < work->last || place.is_inner || place.root != Root::place) continue;
      const bool is_told =
          is_where(clause, place) || is_covered(clause, *work, place) || (is_listed && place.first <= end + 3);
      if (is_told && (is_town(place) || is_covered(clause, *work, place)))
        link(clause, *work, place, 0.6F, "nearest-place/2");
      is_listed = is_told;
      end = place.last;
    }
  }

  // "covers the A and B regions", "20 districts of A": what a verb of reach is about.
  bool is_covered(const Clause& clause, const Thing& work, const Thing& place) const {
    if (is_last(clause)) return scene_.cue_in(clause, "reach_verbs", place.last, clause.last) != nullptr;
    return scene_.cue_in(clause, "reach_verbs", work.last, place.first) != nullptr;
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
    if (best != nullptr) link(clause, *event, *best, 0.6F, "nearest-place/3");
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
