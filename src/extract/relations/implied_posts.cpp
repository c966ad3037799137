#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "extract/relations/post_guards.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Posts beside a name whose body stands elsewhere: a noun takes up the one named last ("viloyat hokimi A", "президент
// банка А"), a list goes on with that of the post before it ("Jahon banki vitse-prezidenti A, mintaqaviy direktori B"),
// and a minister is of the state that the text is about, where nothing tells of another. A head of state is of none:
// those who come to see him are called so too. The titles are the packs'.
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
    is_carried_ = false;
    for (const Literal& literal : clause.positions) {
      const auto post = post_of(clause, literal);
      if (!post) continue;
      const auto known = owners_.find(post->person->mention);
      const bool was_carried = is_carried_;
      is_carried_ = false;
      const Thing* found = known == owners_.end() ? owner_of(clause, *post, before, owner, was_carried) : nullptr;
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

  const Thing* owner_of(const Clause& clause, const Post& post, const Literal* before, const Thing* owner,
                        bool was_carried) {
    if (scene_.has_cue("personal_titles", post.title->first) || tells_people(clause, post)) return nullptr;
    if (has_origin_behind(scene_, clause, post.person->last) || is_in_marks(scene_, clause, post.literal->first))
      return nullptr;
    if (before != nullptr && owner != nullptr && goes_on(clause, *before, post, *owner, was_carried)) {
      is_carried_ = true;
      return owner;
    }
    if (const Thing* taken_up = by_noun(clause, post)) return taken_up;
    return is_of_state(post) ? state_of(clause) : nullptr;
  }

  // "the Tajik Foreign Minister": of that state, whether it is named or not.
  bool tells_people(const Clause& clause, const Post& post) const {
    const std::uint32_t first = std::min(post.literal->first, post.title->first);
    return scene_.cue_in(clause, "demonyms", first > clause.first ? first - 1 : first,
                         std::max(first, post.title_last)) != nullptr;
  }

  static bool is_last(const Clause& clause) { return clause.grammar != nullptr && clause.grammar->is_head_last; }

  // ---- a list

  // Nothing but a comma between the posts, or a joint that ends such a list; of a state are ministers, of a body the
  // titles that say nothing of where.
  bool goes_on(const Clause& clause, const Literal& before, const Post& post, const Thing& owner,
               bool was_carried) const {
    const Walk words = scene_.walk(clause);
    const std::uint32_t first = std::min(post.literal->first, post.title->first);
    if (first < before.last || first > before.last + kListMarks) return false;
    bool has_mark = false;
    for (std::uint32_t i = before.last; i < first; ++i) {
      const bool is_joint = scene_.has_cue("list_joints", i),
                 is_mark = words.is_sign(i, U',') || (is_joint && was_carried);
      if (!is_mark && !is_joint && !words.is_lower(i)) return false;
      if (!is_mark && !is_joint && !fits(clause, i, owner)) return false;
      has_mark = has_mark || is_mark;
    }
    const bool is_of_states = scene_.property(owner.mention, "kind") == "country";
    return has_mark && is_of_states == is_of_state(post) && (is_of_states || is_bare(clause, post));
  }

  // Of "viloyat" and "tuman" in front of a title only the one that the owner is.
  bool fits(const Clause& clause, std::uint32_t at, const Thing& owner) const {
    return !scene_.has_cue("region_nouns", at) || holds_form(clause, owner, bare_noun(clause, at));
  }

  // "regional director B", "mintaqaviy direktori B": no word of whose it is beside the title.
  bool is_bare(const Clause& clause, const Post& post) const {
    const Walk words = scene_.walk(clause);
    if (has_noun_of_its_own(*post.title)) return false;
    const bool opens = post.literal->first == post.title->first || words.is_lower(post.literal->first);
    if (is_last(clause)) return opens && words.at(post.title_last) == post.person->first;
    return words.at(post.title_last) == post.person->first || post.person->first < post.title->first;
  }

  // "начальник отдела": of a part that nobody names.
  bool has_noun_of_its_own(const PhraseMatch& title) const {
    for (std::uint32_t i = title.first + 1; i < title.last; ++i) {
      if (scene_.has_cue("title_nouns", i)) return true;
    }
    return false;
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
    const std::string_view noun = bare_noun(clause, at);
    for (std::size_t i = named_.size(), steps = 0; i-- > 0 && steps < kFarBack; ++steps) {
      if (holds_form(clause, *named_[i], noun)) return is_one_of_two(clause, i, noun) ? nullptr : named_[i];
    }
    return nullptr;
  }

  std::string_view bare_noun(const Clause& clause, std::uint32_t at) const {
    std::string_view noun = scene_.walk(clause).folded(at);
    const auto* ending = is_last(clause) ? clause.grammar->case_of(noun) : nullptr;
    if (ending != nullptr && ending->role == Role::owner) noun.remove_suffix(ending->text.size());
    return noun;
  }

  // "the Sandy Region and the Lake Region": the sentence names another that the noun fits.
  bool is_one_of_two(const Clause& clause, std::size_t found, std::string_view noun) const {
    const std::uint32_t sentence = scene_.clause_of(*named_[found]).sentence;
    for (std::size_t i = found; i-- > 0 && scene_.clause_of(*named_[i]).sentence == sentence;) {
      const bool is_within = named_[i]->first < named_[found]->last && named_[found]->first < named_[i]->last;
      if (!is_within && !scene_.is_same(*named_[i], *named_[found]) && holds_form(clause, *named_[i], noun))
        return true;
    }
    return false;
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

  // "министр финансов А": with nothing beside the title but what a minister is of.
  bool is_of_state(const Post& post) const {
    const PackEntry& entry = scene_.reading().entry(*post.title);
    return entry.id == "minister" && !entry.field("complement").empty() && entry.field("implied").empty();
  }

  // The one that the text names twice as often as any other, where the clause tells of no other.
  const Thing* state_of(const Clause& clause) const {
    const Thing* best = nullptr;
    int most = 0, next = 0;
    std::string_view code;
    for (const auto& [of, told] : states_) {
      next = std::max(next, std::min(most, told.first));
      if (told.first <= most) continue;
      next = most;
      most = told.first;
      best = told.second;
      code = of;
    }
    return most >= 2 * next && !tells_guests(scene_, clause, code) ? best : nullptr;
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
  bool is_carried_ = false;                                     // the post before is of the list's owner
  std::vector<const Thing*> named_;                             // bodies and places so far
  std::map<MentionIndex, MentionIndex> owners_;                 // whose post is known
  std::map<std::string, std::pair<int, const Thing*>> states_;  // by code: how often each is named, and where first
};

}  // namespace

void relate_implied_posts(Scene& scene) { ImpliedPosts(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
