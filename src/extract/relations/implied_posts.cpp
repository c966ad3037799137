#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Posts beside a name whose body stands elsewhere: a noun takes up the one named last ("viloyat hokimi A", "президент
// банка А"), a list goes on with that of the post before it ("Jahon banki vitse-prezidenti A, mintaqaviy direktori B"),
// and a head of state or a minister is of the state that the text is about. The titles are the packs'.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kOwners = Root::organization | Root::place;
constexpr std::size_t kFarBack = 200;     // things that a noun may reach back over
constexpr std::size_t kLeastShared = 4;   // letters that a noun and the name it takes up begin with
constexpr std::size_t kMostOwn = 3;       // letters behind them
constexpr std::uint32_t kListMarks = 3;   // tokens between posts of a list
constexpr std::uint32_t kHeadWords = 3;   // of a body's name, up to its head
constexpr std::uint32_t kTitleWords = 2;  // "avvalgi" between a noun and the title

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// "viloyat" and "viloyati", "области" and "область": forms of one noun.
bool is_form_of(std::string_view noun, std::string_view word) {
  std::size_t shared = 0;
  while (shared < noun.size() && shared < word.size() && noun[shared] == word[shared]) ++shared;
  while (shared > 0 && shared < word.size() && (static_cast<unsigned char>(word[shared]) & 0xC0U) == 0x80U) --shared;
  const std::size_t common = letters(noun.substr(0, shared));
  return common >= kLeastShared && letters(noun) - common <= std::min(kMostOwn, common - 2) &&
         letters(word) - common <= kMostOwn;
}

class ImpliedPosts {
 public:
  explicit ImpliedPosts(Scene& scene) : scene_(scene) {}

  void run() {
    const auto has_position = [](const Clause& clause) { return !clause.positions.empty(); };
    if (std::ranges::none_of(scene_.clauses(), has_position)) return;
    for (const ExtractedRelation& known : scene_.out().relations) {
      if (known.type == "HOLDS_POSITION") owners_.insert_or_assign(known.from, known.to);
    }
    count_states();
    for (const Clause& clause : scene_.clauses()) {
      if (clause.zone != Zone::keywords && clause.zone != Zone::reference && !clause.is_question) read(clause);
      for (const Thing& thing : clause.things) {
        if (has(kOwners, thing.root) && !scene_.is_quoted(thing.first)) named_.push_back(&thing);
      }
    }
  }

 private:
  struct Post {
    const Literal* literal = nullptr;
    const Thing* person = nullptr;
    const PhraseMatch* title = nullptr;
    std::uint32_t title_last = 0;  // of titles side by side
  };

  void count_states() {
    for (const Clause& clause : scene_.clauses()) {
      for (const Thing& thing : clause.things) {
        if (thing.root != Root::place || scene_.property(thing.mention, "kind") != "country" ||
            is_of_post(clause, thing))
          continue;
        auto& [count, first] = states_[scene_.property(thing.mention, "code")];
        if (++count == 1) first = &thing;
      }
    }
  }

  // "the Ambassador of X" says nothing of whose minister he met.
  static bool is_of_post(const Clause& clause, const Thing& place) {
    return std::ranges::any_of(
        clause.positions, [&](const Literal& post) { return post.first <= place.first && place.last <= post.last; });
  }

  void read(const Clause& clause) {
    const Literal* before = nullptr;
    const Thing* owner = nullptr;  // of the post before
    for (const Literal& literal : clause.positions) {
      const auto post = post_of(clause, literal);
      if (!post) continue;
      const auto known = owners_.find(post->person->mention);
      const Thing* found = known == owners_.end() ? owner_of(clause, *post, before, owner) : nullptr;
      if (found != nullptr) link(clause, *post, *found);
      owner = known == owners_.end() ? found : thing_of(clause, known->second);
      before = &literal;
    }
  }

  std::optional<Post> post_of(const Clause& clause, const Literal& literal) const {
    Post post{&literal, nullptr, nullptr, 0};
    for (const Thing& thing : Scene::from(clause, literal.first)) {
      if (thing.root == Root::person && thing.first >= literal.first && thing.last <= literal.last)
        post.person = &thing;
    }
    if (post.person == nullptr || post.person->is_ruled_out || scene_.is_quoted(literal.first)) return std::nullopt;
    for (const PhraseMatch& title : scene_.reading().matches_in("position_titles", literal.first, literal.last)) {
      const bool is_nearer = is_last(clause) && title.first > post.title_last && title.last <= post.person->first;
      if (post.title == nullptr || is_nearer) post.title = &title;
      if (post.title == &title || title.first <= post.title_last) post.title_last = title.last;
    }
    return post.title == nullptr ? std::nullopt : std::optional(post);
  }

  const Thing* thing_of(const Clause& clause, MentionIndex mention) const {
    const auto found = std::ranges::find(clause.things, mention, &Thing::mention);
    return found == clause.things.end() ? nullptr : &*found;
  }

  const Thing* owner_of(const Clause& clause, const Post& post, const Literal* before, const Thing* owner) const {
    if (scene_.has_cue("personal_titles", post.title->first) || tells_people(clause, post)) return nullptr;
    if (before != nullptr && owner != nullptr && goes_on(clause, *before, post, *owner)) return owner;
    if (const Thing* taken_up = by_noun(clause, post)) return taken_up;
    return is_of_state(clause, post) ? state() : nullptr;
  }

  // "the Tajik Foreign Minister": of that state, whether it is named or not.
  bool tells_people(const Clause& clause, const Post& post) const {
    const std::uint32_t first = std::min(post.literal->first, post.title->first);
    return scene_.cue_in(clause, "demonyms", first > clause.first ? first - 1 : first, std::max(first, post.title_last)) != nullptr;
  }

  static bool is_last(const Clause& clause) { return clause.grammar != nullptr && clause.grammar->is_head_last; }

  // ---- a list

  // Nothing but commas and joints between the posts; of a state are ministers, of a body the titles that say nothing of
  // where.
  bool goes_on(const Clause& clause, const Literal& before, const Post& post, const Thing& owner) const {
    const Walk words = scene_.walk(clause);
    const std::uint32_t first = std::min(post.literal->first, post.title->first);
    if (first < before.last || first > before.last + kListMarks) return false;
    bool has_mark = false;
    for (std::uint32_t i = before.last; i < first; ++i) {
      const bool is_mark = words.is_sign(i, U',') || scene_.has_cue("list_joints", i);
      if (!is_mark && !words.is_lower(i)) return false;
      has_mark = has_mark || is_mark;
    }
    const bool is_of_states = scene_.property(owner.mention, "kind") == "country";
    return has_mark && is_of_states == is_of_state(clause, post) && (is_of_states || is_bare(clause, post));
  }

  // "regional director B", "mintaqaviy direktori B": no word of whose it is beside the title.
  bool is_bare(const Clause& clause, const Post& post) const {
    const Walk words = scene_.walk(clause);
    const bool opens = post.literal->first == post.title->first || words.is_lower(post.literal->first);
    if (is_last(clause)) return opens && words.at(post.title_last) == post.person->first;
    return words.at(post.title_last) == post.person->first || post.person->first < post.title->first;
  }

  // ---- a noun

  // The word beside the title that says whose it is: behind it, in front of it where heads come last.
  std::uint32_t noun_of(const Clause& clause, const Post& post) const {
    const Walk words = scene_.walk(clause);
    if (is_last(clause)) {
      std::uint32_t at = words.before(post.title->first);
      for (std::uint32_t i = 0; i < kTitleWords && words.has(at) && scene_.has_cue("former_words", at); ++i)
        at = words.before(at);
      return at;
    }
    if (clause.grammar != nullptr) {
      const std::uint32_t next = words.at(post.title_last);
      if (next != post.person->first && words.at(words.next(next)) == post.person->first) return next;
      return next == post.person->first && post.title_last > post.title->first + 1 ? post.title_last - 1 : Walk::kNone;
    }
    return noun_behind(clause, post);
  }

  // "governor of the region"
  std::uint32_t noun_behind(const Clause& clause, const Post& post) const {
    const Walk words = scene_.walk(clause);
    std::uint32_t at = words.at(post.title_last);
    if (!scene_.has_cue("post_links", at) || !scene_.has_cue("articles", words.next(at))) return Walk::kNone;
    at = words.next(words.next(at));
    const std::uint32_t next = words.at(words.has(at) ? words.next(at) : at);
    return !words.is_word(next) || next == post.person->first ? at : Walk::kNone;
  }

  const Thing* by_noun(const Clause& clause, const Post& post) const {
    const std::uint32_t at = noun_of(clause, post);
    const Walk words = scene_.walk(clause);
    if (!words.is_word(at) || (!words.is_lower(at) && at != clause.first) ||
        scene_.reading().match_over("position_titles", at) != nullptr) {
      if (clause.grammar == nullptr || is_last(clause) || at == Walk::kNone || at + 1 != post.title_last)
        return nullptr;
    }
    if (scene_.reading().entry(*post.title).field("complement") == "topic") return nullptr;
    std::string_view noun = words.folded(at);
    if (is_last(clause)) {
      if (const auto* ending = clause.grammar->case_of(noun); ending != nullptr && ending->role == Role::owner)
        noun.remove_suffix(ending->text.size());
    }
    for (std::size_t i = named_.size(), steps = 0; i-- > 0 && steps < kFarBack; ++steps) {
      if (holds_form(clause, *named_[i], noun)) return named_[i];
    }
    return nullptr;
  }

  // The noun that a name is built on: its last word where heads come last, else what stands in front of "of" and of its
  // complement.
  bool holds_form(const Clause& clause, const Thing& thing, std::string_view noun) const {
    const bool is_body = thing.root == Root::organization;
    const std::uint32_t last =
        clause.grammar != nullptr && is_body ? std::min(thing.last, thing.first + kHeadWords) : thing.last;
    for (std::uint32_t i = is_last(clause) ? thing.last - 1 : thing.first; i < (is_last(clause) ? thing.last : last);
         ++i) {
      if (clause.grammar == nullptr && scene_.has_cue("prepositions", i)) return false;
      if (is_form_of(noun, scene_.reading().folded(i))) return true;
    }
    return false;
  }

  // ---- a state

  // "Президент А", "министр финансов А": with nothing beside the title but what a minister is of.
  bool is_of_state(const Clause& clause, const Post& post) const {
    const PackEntry& entry = scene_.reading().entry(*post.title);
    const bool is_minister = entry.id == "minister" && !entry.field("complement").empty();
    if (clause.grammar == nullptr) return is_minister;
    const bool is_head =
        scene_.has_cue("state_titles", post.title->first) && is_bare(clause, post) && has_no_noun(clause, post);
    return is_minister || is_head;
  }

  bool has_no_noun(const Clause& clause, const Post& post) const {
    if (!is_last(clause)) return true;
    const Walk words = scene_.walk(clause);
    return !words.is_word(words.before(post.literal->first)) || !words.is_lower(words.before(post.literal->first));
  }

  // The one that the text names twice as often as any other.
  const Thing* state() const {
    const Thing* best = nullptr;
    int most = 0, next = 0;
    for (const auto& [code, told] : states_) {
      next = std::max(next, std::min(most, told.first));
      if (told.first <= most) continue;
      next = most;
      most = told.first;
      best = told.second;
    }
    return most >= 2 * next ? best : nullptr;
  }

  void link(const Clause& clause, const Post& post, const Thing& owner) {
    const std::uint32_t from =
        post.literal->first > clause.first + kTitleWords ? post.literal->first - kTitleWords : clause.first;
    const bool has_ended = scene_.cue_in(clause, "former_words", from, post.literal->last) != nullptr ||
                           scene_.cue_in(clause, "dismissals", clause.first, clause.last) != nullptr;
    const Modality modality = has_ended ? Modality::completed : Modality::unknown;
    ExtractedRelation* added =
        scene_.add(clause, {"HOLDS_POSITION", post.person->mention, owner.mention, post.literal->first,
                            post.literal->last, modality, 0.6F, "implied-post/1"});
    if (added == nullptr) return;
    const ExtractedMention& told = scene_.mention(post.literal->mention);
    added->properties.push_back({"title", told.value, told.span, {}, 0.6F});
  }

  Scene& scene_;
  std::vector<const Thing*> named_;                             // bodies and places so far
  std::map<MentionIndex, MentionIndex> owners_;                 // whose post is known
  std::map<std::string, std::pair<int, const Thing*>> states_;  // by code: how often each is named, and where first
};

}  // namespace

void relate_implied_posts(Scene& scene) { ImpliedPosts(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
