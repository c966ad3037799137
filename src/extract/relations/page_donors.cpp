#include <algorithm>

#include "extract/relations/funding.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kNear = 8;       // sentences around the sum
constexpr std::uint32_t kBehind = 4;     // tokens between a label and its sum
constexpr std::uint32_t kLongLabel = 4;  // tokens of a label that has a line of its own
constexpr std::size_t kLeastLabels = 3;    // that make a text the page of a project
constexpr std::uint32_t kTitleWithin = 6;  // sentences from the top in which its title stands
constexpr std::uint32_t kTitleSigns = 4;  // tokens of a title beside the programme's name
constexpr Root kGivers = Root::organization | Root::place;

bool is_label_line(const Clause& clause) { return clause.last - clause.first <= kLongLabel; }

// "Budget: EUR 5 million"; not "the budget of the project was EUR 5 million, of which".
bool is_under_label(const Scene& scene, const Clause& clause, const Literal& money) {
  if (scene.cue_in(clause, "finite_verbs", clause.first, money.first) != nullptr) return false;
  if (scene.cue_in(clause, "page_labels", money.first > clause.first + kBehind + 2 ? money.first - kBehind - 2 : clause.first, money.first) != nullptr) return true;
  const Clause* lead = scene.lead(clause);
  return lead != nullptr && is_label_line(*lead) && scene.cue_in(*lead, "page_labels", lead->first, lead->last) != nullptr;
}

}  // namespace

Things page_donors(const Scene& scene, const Clause& clause, const Literal& money) {
  if (!is_under_label(scene, clause, money)) return {};
  const auto& clauses = scene.clauses();
  const std::size_t first = clause.sentence > kNear ? clause.sentence - kNear : 0, last = std::min<std::size_t>(clauses.size(), clause.sentence + kNear + 1);
  for (std::size_t i = first; i < last; ++i) {
    const PhraseMatch* label = scene.cue_in(clauses[i], "donor_labels", clauses[i].first, clauses[i].last);
    if (label == nullptr) continue;
    Things found = scene.list_after(clauses[i], label->last, kGivers, 3);
    if (found.empty() && is_label_line(clauses[i]) && i + 1 < clauses.size()) found = scene.list_after(clauses[i + 1], clauses[i + 1].first, kGivers, 2);
    if (!found.empty()) return found;
  }
  return {};
}

// The title of a page with labels: the first line that is little more than the name of a programme.
void Scene::find_page_work() {
  if (own_act() != nullptr) return;
  const bool has_labels = reading_.matches("page_labels").size() >= kLeastLabels;
  for (const Clause& clause : clauses_) {
    if (clause.sentence >= kTitleWithin || (!has_labels && clause.sentence > 0)) return;
    for (const Thing& thing : clause.things) {
      const bool is_title = clause.sentence == 0 || clause.zone == Zone::heading || mention(thing.mention).extractor.starts_with("page-title");
      if (!is_title || thing.root != Root::programme || thing.is_inner || 2 * (thing.last - thing.first) < clause.last - clause.first) continue;
      // Without labels only a quoted name and hardly a word beside it is a title; a headline says more.
      const bool is_quoted_name = walk(clause).is_open_quote(walk(clause).before(thing.first)) || walk(clause).is_open_quote(thing.first);
      if (!has_labels && (!is_quoted_name || thing.last - thing.first + kTitleSigns < clause.last - clause.first)) continue;
      page_work_ = &thing;
      return;
    }
  }
}

}  // namespace policygraph::inline v0::detail::extract
