#include <algorithm>

#include "extract/relations/indicator_reading.hpp"

// Whose a figure is where names have cases: what its clause names in front of it, else what stands behind ("within the project"),
// else what the sentences before speak of.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kBehind = 16;   // tokens up to what follows a figure
constexpr std::uint32_t kOpening = 3;   // tokens that a pronoun opens a sentence in
constexpr Root kBodies = Root::programme | Root::event | Root::organization;

class CasedOwners {
 public:
  CasedOwners(const Scene& scene, const Clause& clause, const Literal& figure, const FigureOwners& before)
      : scene_(scene), clause_(clause), figure_(figure), before_(before) {}

  IndicatorOwners find() const {
    if (const Thing* front = in_front()) return {{front}, 0.6F};
    if (before_.clause == &clause_ && !before_.owners.things.empty()) return before_.owners;
    if (const Thing* later = behind()) return {{later}, 0.6F};
    if (const Thing* lead = leading()) return {{lead}, 0.6F};
    if (is_told_of_place()) return {};
    if (auto taken_up = pronoun(); !taken_up.things.empty()) return taken_up;
    if (follows_owner()) return before_.owners;
    if (scene_.page_work() != nullptr) return {{scene_.page_work()}, 0.6F};
    const Thing* topic = scene_.topic(clause_, Root::programme, 3);
    return topic == nullptr ? IndicatorOwners{} : IndicatorOwners{{topic}, 0.6F};
  }

 private:
  static bool acts(const Thing& thing) {
    return thing.role == Role::agent || thing.role == Role::partner || thing.role == Role::source || thing.role == Role::basis || thing.role == Role::pursued;
  }

  // The nearest work or event in front of the figure that does nothing to it, else the nearest body.
  const Thing* in_front() const {
    for (const Root root : {Root::programme | Root::event, Root::organization}) {
      const Thing* best = nullptr;
      for (const Thing& thing : Scene::from(clause_, figure_.first)) {
        if (thing.first >= figure_.first) break;
        if (!thing.is_inner && has(root, thing.root) && !acts(thing) && !scene_.is_quoted(thing.first)) best = &thing;
      }
      if (best != nullptr) return best;
    }
    return nullptr;
  }

  // "300 женщин обучены в рамках проекта", "120 детей занимаются в центре"
  const Thing* behind() const {
    for (const Thing& thing : Scene::from(clause_, figure_.last)) {
      if (thing.first > figure_.last + kBehind) return nullptr;
      if (thing.is_inner || thing.first < figure_.last || scene_.is_broken(clause_, figure_.last, thing.first)) continue;
      if (has(Root::programme | Root::event, thing.root) && thing.role == Role::within) return &thing;
      if (has(Root::event | Root::organization, thing.root) && thing.role == Role::place) return &thing;
    }
    return nullptr;
  }

  // The line that introduces the list says whose the figures are.
  const Thing* leading() const {
    const Clause* lead = scene_.lead(clause_);
    if (lead == nullptr) return nullptr;
    const Thing* best = nullptr;
    for (const Thing& thing : lead->things) {
      if (thing.is_inner || !has(kBodies, thing.root) || acts(thing)) continue;
      if (best == nullptr || (has(Root::programme | Root::event, thing.root) && best->root == Root::organization)) best = &thing;
    }
    return best;
  }

  // "В Хорезмской области открыты 37 мастерских": where they are is told, and no more.
  bool is_told_of_place() const {
    return std::ranges::any_of(clause_.things, [&](const Thing& thing) {
      return thing.root == Root::place && !thing.is_inner && thing.last <= figure_.first && (thing.role == Role::place || thing.role == Role::owner);
    });
  }

  // "Бу ерда", "Здесь": what the sentence before is about.
  IndicatorOwners pronoun() const {
    const std::uint32_t to = std::min(clause_.last, clause_.first + kOpening);
    const bool has_pronoun = scene_.cue_in(clause_, "figure_pronouns", clause_.first, to) != nullptr || scene_.cue_in(clause_, "event_pronouns", clause_.first, to) != nullptr;
    if (!has_pronoun || clause_.sentence == 0) return {};
    const Clause& earlier = scene_.clauses()[clause_.sentence - 1];
    if (const Thing* subject = scene_.subject(earlier, earlier.last, kBodies)) return {{subject}, 0.6F};
    if (follows_owner()) return before_.owners;
    const Thing* named = scene_.before(earlier, earlier.last, kBodies, earlier.last - earlier.first);
    return named == nullptr ? IndicatorOwners{} : IndicatorOwners{{named}, 0.5F};
  }

  // The sentence before, in the same paragraph, tells figures too.
  bool follows_owner() const {
    return before_.clause != nullptr && before_.clause->block == clause_.block && before_.clause->sentence + 1 == clause_.sentence && !before_.owners.things.empty();
  }

  const Scene& scene_;
  const Clause& clause_;
  Literal figure_;
  const FigureOwners& before_;
};

}  // namespace

IndicatorOwners cased_indicator_owners(const Scene& scene, const Clause& clause, const Literal& figure, const FigureOwners& before) {
  return CasedOwners(scene, clause, figure, before).find();
}

}  // namespace policygraph::inline v0::detail::extract
