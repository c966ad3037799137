#include <algorithm>
#include <vector>

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

  // Lines above that hold a title and whose it is, and no other word; the title may stand a line above the state.
  void read(const Clause& clause, const Thing& person) {
    const Thing* owner = nullptr;
    for (std::uint32_t i = clause.sentence, lines = 0; i-- > 0 && lines < kMostLines; ++lines) {
      const Clause& line = scene_.clauses()[i];
      if (!is_line_of_post(line)) return;
      const auto titles = titles_in(line);
      if (const Thing* told = owner_in(line)) owner = told;
      if (titles.size() > 1 || !is_nothing_else(line, titles)) return;
      if (titles.empty()) continue;
      return owner != nullptr && is_titled_first(line, *titles.front())
                 ? link(clause, person, *owner, line, *titles.front())
                 : void();
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

  // Those that no wider one holds: "Adviser to the Minister" has two.
  std::vector<const PhraseMatch*> titles_in(const Clause& line) const {
    std::vector<const PhraseMatch*> out;
    for (const PhraseMatch& title : scene_.reading().matches_in("position_titles", line.first, line.last)) {
      if (out.empty() || title.first >= out.back()->last) out.push_back(&title);
    }
    return out;
  }

  // Every word is of the title, of whose it is, or of what a minister is for: "Министр здравоохранения⏎Республики X".
  bool is_nothing_else(const Clause& line, const std::vector<const PhraseMatch*>& titles) const {
    const Walk words = scene_.walk(line);
    bool has_topic = false;
    for (std::uint32_t i = line.first; i < line.last; ++i) {
      if (words.is_sign(i, U':') || words.is_sign(i, U'/') || scene_.has_cue("address_words", i)) return false;
      if (!words.is_word(i) || is_of_owner(line, i) || is_of_post(i)) continue;
      has_topic = true;
    }
    return !has_topic || (!titles.empty() && is_minister(*titles.front()) && goes_on_with_topic(line, *titles.front()));
  }

  bool is_of_post(std::uint32_t at) const {
    for (const CategoryName category : {CategoryName("position_titles"), CategoryName("former_words"),
                                        CategoryName("acting_words"), CategoryName("articles")}) {
      if (scene_.has_cue(category, at)) return true;
    }
    return scene_.has_cue("origin_links", at);
  }

  static bool is_of_owner(const Clause& line, std::uint32_t at) {
    return std::ranges::any_of(line.things, [&](const Thing& thing) {
      return has(Root::organization | Root::place, thing.root) && thing.first <= at && at < thing.last;
    });
  }

  bool is_minister(const PhraseMatch& title) const {
    return !scene_.reading().entry(title).field("complement").empty() && scene_.reading().entry(title).id == "minister";
  }

  // "Minister of Health", "министр здравоохранения": no capital begins what he is for, but in English and in front of a
  // title.
  bool goes_on_with_topic(const Clause& line, const PhraseMatch& title) const {
    const Walk words = scene_.walk(line);
    if (is_last(line)) return true;
    const std::uint32_t next = words.at(title.last);
    return line.grammar == nullptr ? scene_.has_cue("origin_links", next) : words.is_lower(next);
  }

  // In the nominative, first in its line, or last where heads come last.
  bool is_titled_first(const Clause& line, const PhraseMatch& title) const {
    const Walk words = scene_.walk(line);
    if (is_last(line)) return !words.is_word(words.at(title.last));
    bool is_acting = false;
    for (std::uint32_t i = line.first; i < title.first; ++i) {
      const bool acts = scene_.has_cue("acting_words", i);
      is_acting = is_acting || acts;
      if (words.is_word(i) && !acts && !scene_.has_cue("former_words", i) && !scene_.has_cue("articles", i))
        return false;
    }
    return is_acting || !scene_.has_cue("oblique_titles", title.first);
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
    const bool has_ended = scene_.cue_in(line, "former_words", line.first, line.last) != nullptr;
    const Modality modality = has_ended ? Modality::completed : Modality::unknown;
    ExtractedRelation* added = scene_.add(clause, {"HOLDS_POSITION", person.mention, owner.mention, person.first,
                                                   person.last, modality, 0.75F, "signature/1"});
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
