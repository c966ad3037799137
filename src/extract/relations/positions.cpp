#include <algorithm>

#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// A person's post: the literal "position" holds the name, the title and, where it is named, the body or country it is of.
namespace policygraph::detail::extract {
namespace {

class Positions {
 public:
  explicit Positions(Scene& scene) : scene_(scene) {}

  void run() {
    for (const Clause& clause : scene_.clauses()) {
      for (const Literal& literal : clause.positions) read(clause, literal);
    }
  }

 private:
  void read(const Clause& clause, const Literal& literal) {
    const ExtractedMention position = scene_.mention(literal.mention);
    if (position.value.kind() != ValueKind::string) return;
    const Thing* person = within(clause, literal, Root::person);
    if (person == nullptr) return;
    const Thing* owner = within(clause, literal, Root::organization);
    if (owner == nullptr) owner = within(clause, literal, Root::place);
    if (person->first < literal.first + 1 && has_title_in_front(clause, literal, *person)) return;
    float confidence = owner != nullptr ? 0.9F : 0.55F;
    if (owner == nullptr) owner = beside(clause, literal);
    if (owner == nullptr && is_head_of_state(position.value.as_string())) owner = scene_.topic(clause, Root::place, 12);
    if (owner == nullptr) return;
    ExtractedRelation* added =
        scene_.add(clause, {"HOLDS_POSITION", person->mention, owner->mention, literal.first, literal.last, Modality::unknown, confidence, "holds-position/1"});
    if (added != nullptr) added->properties.push_back({"title", position.value, position.span, {}, confidence});
  }

  // "Minister of X A. B, Director of Y C. D": what stands behind B is C's title.
  bool has_title_in_front(const Clause& clause, const Literal& literal, const Thing& person) const {
    return std::ranges::any_of(clause.positions, [&](const Literal& other) { return other.first < literal.first && other.last == person.last; });
  }

  bool is_head_of_state(std::string_view title) const { return title == "President" || title == "Prime Minister"; }

  // The widest thing of that root in the literal's words.
  const Thing* within(const Clause& clause, const Literal& literal, Root root) const {
    const Thing* best = nullptr;
    for (const Thing& thing : clause.things) {
      if (thing.root != root || thing.first < literal.first || thing.last > literal.last) continue;
      if (best == nullptr || thing.last - thing.first > best->last - best->first) best = &thing;
    }
    return best;
  }

  // "Independent Researcher, Department of X, University of Y": the affiliation goes on behind.
  const Thing* beside(const Clause& clause, const Literal& literal) const {
    const Things listed = scene_.list_after(clause, literal.last, Root::organization, 2);
    return listed.empty() ? nullptr : listed.back();
  }

  Scene& scene_;
};

}  // namespace

void relate_positions(Scene& scene) { Positions(scene).run(); }

}  // namespace policygraph::detail::extract
