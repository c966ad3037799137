#include <algorithm>
#include <optional>

#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Posts that a page about a person tells of "he" or "she", one after the other: "From April 2015 to December 2018 he was Director General
// of the Chamber", "She began her career as a specialist of the Committee in 2001". English; elsewhere the person is named each time.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::string_view kBy = "career/1";
constexpr int kPageSentences = 24;           // above it in which the person is named
constexpr std::uint32_t kPronounReach = 3;   // tokens between "he" and the verb
constexpr std::uint32_t kTitleWords = 9;     // of "head of the sector"

struct Post {
  std::uint32_t first = 0, last = 0;  // its title
  const Thing* owner = nullptr;
};

class Careers {
 public:
  explicit Careers(Scene& scene) : scene_(scene) {}

  void run() {
    if (scene_.reading().matches("career_verbs").empty()) return;
    for (const Clause& clause : scene_.clauses()) {
      if (clause.grammar != nullptr) continue;
      for (const PhraseMatch* verb : scene_.cues(clause, "career_verbs")) read(clause, *verb);
    }
  }

 private:
  void read(const Clause& clause, const PhraseMatch& verb) {
    if (!is_of_person(clause, verb)) return;
    const Thing* person = scene_.topic(clause, Root::person, kPageSentences);
    const auto post = person == nullptr ? std::nullopt : post_behind(clause, verb.last);
    if (!post || scene_.has_edge("HOLDS_POSITION", person->mention, post->owner->mention)) return;
    ExtractedRelation* added = scene_.add(clause, {"HOLDS_POSITION", person->mention, post->owner->mention, post->first, post->owner->last, Modality::unknown, 0.75F, kBy});
    if (added == nullptr) return;
    const Span title = scene_.reading().span(post->first, post->last);
    added->properties.push_back({"title", Value(scene_.reading().text(title)), title, {}, 0.75F});
    put_times(clause, *added);
  }

  // "he was", "she later worked as", ", he served as"
  bool is_of_person(const Clause& clause, const PhraseMatch& verb) const {
    const Walk words = scene_.walk(clause);
    std::uint32_t at = words.before(verb.first);
    for (std::uint32_t steps = 0; steps < kPronounReach && words.has(at); ++steps, at = words.before(at)) {
      if (words.folded(at) == "he" || words.folded(at) == "she") return true;
      if (!words.is_word(at)) return false;
    }
    return false;
  }

  bool is_title(std::uint32_t first, std::uint32_t last) const {
    return scene_.reading().matches_in("position_titles", first, last).size() + scene_.reading().matches_in("career_titles", first, last).size() > 0;
  }

  // "a leading specialist of the Department", "head of the sector of the Agency": words up to the "of" in front of a body or a town.
  std::optional<Post> post_behind(const Clause& clause, std::uint32_t from) const {
    const Walk words = scene_.walk(clause);
    std::uint32_t first = words.at(from);
    while (words.has(first) && (scene_.has_cue("articles", first) || words.folded(first) == "as")) first = words.next(first);
    for (const Thing& thing : Scene::from(clause, first)) {
      if (thing.first > first + kTitleWords + 2) break;
      if (thing.first <= first || thing.is_inner || !has(Root::organization | Root::place, thing.root)) continue;
      const std::uint32_t link = scene_.word_before(clause, thing.first, "prepositions");
      const std::string_view word = words.folded(link);
      if (link == Walk::kNone || link <= first || (word != "of" && word != "at" && word != "in" && word != "for")) return std::nullopt;
      for (std::uint32_t i = first; i < link; ++i) {
        if (!words.is_word(i)) return std::nullopt;
      }
      return is_title(first, link) ? std::optional(Post{first, link, &thing}) : std::nullopt;
    }
    return std::nullopt;
  }

  // "in 2003–2012", "from April 2015 to December 2018"
  void put_times(const Clause& clause, ExtractedRelation& relation) const {
    if (clause.dates.empty() || clause.dates.size() > 2) return;
    const Value& from = scene_.mention(clause.dates.front().mention).value;
    const Value& to = scene_.mention(clause.dates.back().mention).value;
    if (from.kind() != ValueKind::partial_date || to.kind() != ValueKind::partial_date) return;
    const PartialDate first = from.as_partial_date(), last = to.as_partial_date();
    if (clause.dates.size() == 1 && !first.is_interval()) return;
    if (clause.dates.size() == 2 && (first.is_interval() || last.is_interval())) return;
    relation.valid_from = first.is_interval() ? first.first() : first;
    relation.valid_to = last.is_interval() ? last.last() : last;
  }

  Scene& scene_;
};

}  // namespace

void relate_careers(Scene& scene) { Careers(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
