#include <algorithm>
#include <optional>

#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Who signs: a line that is nothing but a name, under the lines that tell the post ("Премьер-министр⏎Республики
// Узбекистан⏎А. АРИПОВ").
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kLongLine = 12;  // tokens of a line that tells a post
constexpr int kMostLines = 3;            // above the name

class Signatures {
 public:
  explicit Signatures(Scene& scene) : scene_(scene) {}

  void run() {
    if (scene_.reading().matches("position_titles").empty()) return;
    for (const Clause& clause : scene_.clauses()) {
      const Thing* person = lone_name(clause);
      if (person != nullptr && clause.positions.empty()) read(clause, *person);
    }
  }

 private:
  const Thing* lone_name(const Clause& clause) const {
    if (clause.last - clause.first > kLongLine || clause.zone == Zone::keywords || clause.zone == Zone::reference)
      return nullptr;
    const auto found = std::ranges::find(clause.things, Root::person, &Thing::root);
    if (found == clause.things.end()) return nullptr;
    for (std::uint32_t i = clause.first; i < clause.last; ++i) {
      const bool is_outside = i < found->first || i >= found->last;
      if (is_outside && scene_.walk(clause).is_word(i)) return nullptr;
    }
    return &*found;
  }

  // Lines above that hold a title and whose it is, and no verb; the title may stand a line above the state.
  void read(const Clause& clause, const Thing& person) {
    const Thing* owner = nullptr;
    for (std::uint32_t i = clause.sentence, lines = 0; i-- > 0 && lines < kMostLines; ++lines) {
      const Clause& line = scene_.clauses()[i];
      if (!is_line_of_post(line)) return;
      if (const Thing* told = owner_in(line)) owner = told;
      const auto titles = scene_.reading().matches_in("position_titles", line.first, line.last);
      if (titles.empty()) continue;
      if (owner == nullptr && i + 1 < clause.sentence) owner = owner_in(scene_.clauses()[i + 1]);
      return owner != nullptr ? link(clause, person, *owner, line, titles.front()) : void();
    }
  }

  bool is_line_of_post(const Clause& line) const {
    const Walk words = scene_.walk(line);
    if (line.last - line.first > kLongLine || line.first >= line.last || line.is_item ||
        words.is_sign(line.last - 1, U'.') || words.is_sign(line.last - 1, U';'))
      return false;
    const bool names_person = std::ranges::any_of(
        line.things, [](const Thing& thing) { return thing.root == Root::person || thing.root == Root::act; });
    return !names_person && scene_.cue_in(line, "finite_verbs", line.first, line.last) == nullptr;
  }

  // "President of the Republic of X" is an office: the post is of X.
  const Thing* owner_in(const Clause& line) const {
    const Thing* body = nullptr;
    const Thing* place = nullptr;
    for (const Thing& thing : line.things) {
      if (thing.root == Root::place && place == nullptr) place = &thing;
      if (thing.root == Root::organization && !thing.is_inner && body == nullptr) body = &thing;
    }
    const bool is_office =
        body != nullptr &&
        scene_.reading().match_over("position_titles", is_last(line) ? body->last - 1 : body->first) != nullptr;
    return body != nullptr && !is_office ? body : place;
  }

  static bool is_last(const Clause& clause) { return clause.grammar != nullptr && clause.grammar->is_head_last; }

  void link(const Clause& clause, const Thing& person, const Thing& owner, const Clause& line,
            const PhraseMatch& title) {
    ExtractedRelation* added = scene_.add(clause, {"HOLDS_POSITION", person.mention, owner.mention, person.first,
                                                   person.last, Modality::unknown, 0.75F, "signature/1"});
    if (added == nullptr) return;
    added->span = cover(scene_.reading().span(line.first, line.last), scene_.mention(person.mention).span);
    const Span words = scene_.reading().span(title);
    added->properties.push_back({"title", Value(scene_.reading().text(words)), words, {}, 0.75F});
  }

  Scene& scene_;
};

}  // namespace

void relate_signatures(Scene& scene) { Signatures(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
