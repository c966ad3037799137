#include "extract/relations/indicator_reading.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::extract {
namespace {

// The part of the sentence between commas (and stops of clauses) that holds the figure.
std::pair<std::uint32_t, std::uint32_t> segment(const Scene& scene, const Clause& clause, const Literal& figure) {
  const Walk words = scene.walk(clause);
  const auto ends = [&](std::uint32_t i) { return words.is_sign(i, U',') || words.is_sign(i, U';') || words.is_sign(i, U':'); };
  std::uint32_t from = figure.first, to = figure.last;
  while (from > clause.first && !ends(from - 1)) --from;
  while (to < clause.last && !ends(to)) ++to;
  return {from, to};
}

const PhraseMatch* last_in(const Scene& scene, CategoryName category, std::uint32_t from, std::uint32_t to) {
  if (from >= to) return nullptr;
  const auto found = scene.reading().matches_in(category, from, to);
  return found.empty() ? nullptr : &found.back();
}

std::string id_of(const Scene& scene, const PhraseMatch* cue) { return cue == nullptr ? std::string() : scene.reading().entry(*cue).id; }

// Past the figure up to the next one: what is said of it as a subject.
const PhraseMatch* behind(const Scene& scene, const Clause& clause, const Literal& figure, std::uint32_t to) {
  for (const Literal& other : clause.quantities) {
    if (other.first >= figure.last) to = std::min(to, other.first);
  }
  return scene.cue_in(clause, "indicator_status", figure.last, to);
}

// "The goal is to cover": a want in front of the verb counts for what follows, though "is" stands nearer.
std::string strongest(const Scene& scene, std::uint32_t from, std::uint32_t to) {
  std::string best;
  for (const PhraseMatch& cue : scene.reading().matches_in("indicator_status", from, to)) {
    const std::string& id = scene.reading().entry(cue).id;
    const bool is_linked = id == "actual" && !best.empty() && best != "actual" && cue.last == cue.first + 1 && scene.has_cue("auxiliaries", cue.first);
    if (!is_linked) best = id;
  }
  return best;
}

}  // namespace

std::string indicator_status(const Scene& scene, const Clause& clause, const Literal& figure) {
  const auto [from, to] = segment(scene, clause, figure);
  if (last_in(scene, "capacity_units", figure.first, figure.last) != nullptr) return "capacity";
  std::string found = strongest(scene, from, figure.first);
  const std::string after = id_of(scene, behind(scene, clause, figure, to));
  if (found.empty()) found = after;
  else if (found == "actual" && (after == "capacity" || after == "forecast")) found = after;
  if (found.empty()) found = strongest(scene, clause.first, figure.first);
  const Clause* lead = scene.lead(clause);
  if (lead != nullptr && (found.empty() || found == "actual")) {
    const std::string led = strongest(scene, lead->first, lead->last);
    if (!led.empty()) found = led;
  }
  if (clause.is_item && (found.empty() || found == "actual") && scene.is_under_targets(clause)) found = "target";
  return found.empty() ? "actual" : found;
}

namespace {

bool is_in_name(const Clause& clause, const Literal& date) {
  return std::ranges::any_of(clause.things, [&](const Thing& thing) {
    return thing.root != Root::statement && thing.first <= date.first && date.last <= thing.last;
  });
}

// The date nearest behind the figure in its part of the sentence, else the last one in front of it.
const Literal* date_of(const Scene& scene, const Clause& clause, const Literal& figure) {
  const auto [from, to] = segment(scene, clause, figure);
  const Literal* best = nullptr;
  for (const Literal& date : clause.dates) {
    if (is_in_name(clause, date)) continue;
    if (date.first < figure.first) best = &date;
    else if (date.first < to && date.first <= figure.last + 10) return &date;
  }
  return best;
}

bool is_growth_start(const Scene& scene, const Clause& clause, const Literal& figure) {
  const Walk words = scene.walk(clause);
  return words.folded(words.before(figure.first)) == "from" && words.folded(words.at(figure.last)) == "to";
}

bool is_growth_end(const Scene& scene, const Clause& clause, const Literal& figure) {
  const Walk words = scene.walk(clause);
  const std::uint32_t to = words.before(figure.first);
  if (words.folded(to) != "to") return false;
  return std::ranges::any_of(clause.quantities, [&](const Literal& other) { return other.last == to && words.folded(words.before(other.first)) == "from"; });
}

// "By the end of 2022, plans were set": the day of the plan, not of what it wants.
bool is_day_of_plan(const Scene& scene, const Clause& clause, const Literal& date) {
  return scene.cue_in(clause, "indicator_plan_made", date.last, std::min(clause.last, date.last + 5)) != nullptr;
}

}  // namespace

IndicatorTime indicator_time(const Scene& scene, const Clause& clause, const Literal& figure, std::string_view status) {
  IndicatorTime out;
  const Literal* date = date_of(scene, clause, figure);
  const bool is_wanted = status == "target" || status == "planned" || status == "forecast";
  if (date == nullptr) {
    const Clause* lead = is_wanted ? scene.lead(clause) : nullptr;
    if (lead == nullptr || lead->dates.empty() || is_in_name(*lead, lead->dates.back())) return out;
    date = &lead->dates.back();
  }
  const ExtractedMention& literal = scene.mention(date->mention);
  const PartialDate value = literal.value.as_partial_date();
  const bool is_until = value.is_interval() && value.first().is_unknown();
  const bool is_day = value.is_day() && !is_wanted;
  if (is_day || is_day_of_plan(scene, clause, *date)) return out;
  out.span = literal.span;
  if (is_until && is_wanted) {
    out.by = value.last();
  } else if (is_growth_start(scene, clause, figure) && value.is_interval()) {
    out.from = out.to = value.first();
  } else if (is_growth_end(scene, clause, figure) && value.is_interval()) {
    out.from = out.to = value.last();
  } else {
    out.from = value.is_interval() ? value.first() : value;
    out.to = value.is_interval() ? value.last() : value;
  }
  return out;
}

namespace {

constexpr std::uint32_t kFarSubject = 150;  // tokens between a subject and its figure
constexpr std::uint32_t kLongBracket = 40;
constexpr Root kOwners = Root::programme | Root::organization | Root::event | Root::place;

class Owners {
 public:
  Owners(const Scene& scene, const Clause& clause, const Literal& figure, const IndicatorOwners& before)
      : scene_(scene), clause_(clause), words_(scene.walk(clause)), figure_(figure), before_(before) {}

  IndicatorOwners find() const {
    const auto [from, to] = segment(scene_, clause_, figure_);
    if (scene_.cue_in(clause_, "indicator_global", from, figure_.first) != nullptr) return {};
    if (scene_.cue_in(clause_, "indicator_of_place", from, figure_.first) != nullptr) {  // "in X, with a population of"
      const Thing* where = scene_.before(clause_, figure_.first, Root::place, 8);
      return where == nullptr ? IndicatorOwners{} : IndicatorOwners{{where}, 0.6F};
    }
    if (auto they = pronoun(); !they.empty()) return {they, 0.75F};
    if (const Thing* leading = leading_programme()) return {{leading}, 0.85F};
    if (auto subject = subjects(); !subject.empty()) return {subject, 0.8F};
    if (const Thing* place = behind(to)) return {{place}, 0.75F};
    if (const Thing* later = subject_behind(to)) return {{later}, 0.75F};
    if (!before_.things.empty()) return {before_.things, 0.7F};
    if (const Thing* genitive = scene_.before(clause_, figure_.first, Root::programme | Root::event)) return {{genitive}, 0.6F};
    return from_context();
  }

 private:
  IndicatorOwners from_context() const {
    const Thing* topic = scene_.topic(clause_, kOwners, 4, true);
    if (topic != nullptr && (is_dateline(*topic) || (topic->is_adjunct && scene_.section_place(clause_) != nullptr))) topic = nullptr;
    if (topic != nullptr && (!clause_.is_item || scene_.page_work() == nullptr)) return {{proper(topic)}, 0.6F};
    if (const Clause* lead = scene_.lead(clause_)) {
      const Thing* led = scene_.subject(*lead, lead->last, kOwners);
      if (led == nullptr) led = scene_.before(*lead, lead->last, kOwners, 200);
      if (led != nullptr) return {{led}, 0.7F};
    }
    if (const Thing* place = scene_.section_place(clause_)) return {{place}, 0.5F};
    if (scene_.page_work() != nullptr) return {{scene_.page_work()}, 0.6F};
    topic = scene_.topic(clause_, kOwners, 3);
    return topic == nullptr || is_dateline(*topic) ? IndicatorOwners{} : IndicatorOwners{{proper(topic)}, 0.5F};
  }

  // The launch of a programme is spoken of for the programme.
  const Thing* proper(const Thing* topic) const {
    if (topic->root != Root::event) return topic;
    for (const Thing& thing : scene_.clause_of(*topic).things) {
      if (thing.root == Root::programme && topic->first <= thing.first && thing.last <= topic->last) return &thing;
    }
    return topic;
  }

  // "Spanning an area of 1,200 square metres, the centre opened": the subject follows.
  const Thing* subject_behind(std::uint32_t to) const {
    const std::string_view opener = words_.folded(clause_.first);
    if ((!opener.ends_with("ing") && opener != "with") || !words_.is_sign(to, U',')) return nullptr;
    for (const Thing& thing : clause_.things) {
      if (thing.first < to || thing.is_inner || thing.is_adjunct || !has(kOwners, thing.root)) continue;
      return thing.first <= to + 8 ? &thing : nullptr;
    }
    return nullptr;
  }

  // "(with contributions from A, B and C)"
  bool is_bracketed(const Thing& thing) const {
    for (std::uint32_t i = thing.first; i > clause_.first && thing.first - i < kLongBracket; --i) {
      if (words_.is_sign(i - 1, U')')) return false;
      if (words_.is_sign(i - 1, U'(')) return true;
    }
    return false;
  }

  // "TASHKENT, July 4." tells where the news is from.
  bool is_dateline(const Thing& thing) const {
    return thing.root == Root::place && scene_.reading().token(thing.first).is_upper && scene_.property(thing.mention, "name").size() > 3;
  }

  // "Together, they produce": the longest list of the sentence before.
  Things pronoun() const {
    const PhraseMatch* they = scene_.cue_in(clause_, "indicator_they", clause_.first, figure_.first);
    if (they == nullptr || they->first > clause_.first + 4 || clause_.sentence == 0) return {};
    const Clause& before = scene_.clauses()[clause_.sentence - 1];
    Things best;
    for (const Thing& thing : before.things) {
      if (thing.is_inner || !has(Root::organization | Root::programme, thing.root)) continue;
      Things listed = scene_.list_after(before, thing.first, thing.root, 1);
      if (listed.size() > best.size() && listed.size() > 1) best = std::move(listed);
    }
    return best;
  }

  const Thing* leading_programme() const {
    const PhraseMatch* cue = scene_.cue_in(clause_, "indicator_leading", clause_.first, std::min(figure_.first, clause_.first + 5));
    if (cue == nullptr || cue->first > clause_.first + 1) return nullptr;
    const Thing* found = scene_.after(clause_, cue->last, Root::programme | Root::event, 7);
    return found != nullptr && found->last <= figure_.first ? found : nullptr;
  }

  // The last thing in front of the figure that no preposition introduces, and those listed with it.
  Things subjects() const {
    const Thing* best = nullptr;
    for (const Thing& thing : Scene::from(clause_, figure_.first > kFarSubject ? figure_.first - kFarSubject : 0)) {
      if (thing.first >= figure_.first) break;
      if (thing.is_inner || !has(kOwners, thing.root) || thing.last > figure_.first || scene_.is_quoted(thing.first)) continue;
      if (thing.is_adjunct || is_dateline(thing) || is_bracketed(thing) || scene_.is_broken(clause_, thing.last, figure_.first)) continue;
      if (best != nullptr && best->root != thing.root && thing.first <= best->last + 2) continue;
      best = &thing;
    }
    if (best == nullptr) return {};
    Things out = scene_.list_before(clause_, best->last, best->root, 1);
    std::erase_if(out, [&](const Thing* thing) { return thing != best && thing->first > best->first; });
    return out;
  }

  // "161,295 users registered on the X platform"
  const Thing* behind(std::uint32_t to) const {
    for (const Root roots : {Root::programme | Root::event, Root::organization}) {
      const Thing* found = scene_.after(clause_, figure_.last, roots, 14);
      if (found == nullptr || found->first >= to) continue;
      const CategoryName category = roots == Root::organization ? CategoryName("indicator_houses") : CategoryName("indicator_places");
      if (scene_.word_before(clause_, found->first, category) != Walk::kNone) return found;
    }
    return nullptr;
  }

  const Scene& scene_;
  const Clause& clause_;
  Walk words_;
  Literal figure_;
  const IndicatorOwners& before_;
};

}  // namespace

IndicatorOwners indicator_owners(const Scene& scene, const Clause& clause, const Literal& figure, const IndicatorOwners& before) {
  return Owners(scene, clause, figure, before).find();
}

}  // namespace policygraph::inline v0::detail::extract
