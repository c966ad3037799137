#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "extract/relations/absence.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Posts that no rule for a name and its title has read: the title, the nearest body or place in its noun phrase, and
// whom it is told of – the name beside it, else, where a line holds nothing but years and a post, the one person that the
// lines above are about ("2015-2020 yillarda viloyat hokimi bo‘lgan"). What a language puts in front and what behind is its grammar's;
// the titles are the packs'.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kOwners = Root::organization | Root::place;
constexpr std::uint32_t kTopicWords = 12;  // between a title and whose it is: "of Foreign Investment and Trade of"
constexpr std::uint32_t kTailWords = 7;    // between a title and the name behind: "vazifasini vaqtincha bajaruvchi"
constexpr std::uint32_t kAppositive = 3;   // tokens between a name and the phrase that tells its post: ", the"
constexpr std::size_t kMostThings = 200;   // of a sentence
constexpr int kLifeSentences = 6;          // above a line of a life in which its person is named

struct Post {
  std::uint32_t first = 0, last = 0;              // of its noun phrase, the owner in it
  std::uint32_t title_first = 0, title_last = 0;  // of the title
  std::uint32_t owner_at = 0;                     // where the owner stands behind the title; 0: it does not
  const Thing* owner = nullptr;
};

class NearestPosts {
 public:
  explicit NearestPosts(Scene& scene) : scene_(scene) {}

  void run() {
    if (scene_.reading().matches("position_titles").empty()) return;
    index();
    for (const Clause& clause : scene_.clauses()) {
      if (clause.zone == Zone::keywords || clause.zone == Zone::reference || clause.is_question ||
          clause.things.size() > kMostThings)
        continue;
      std::uint32_t end = 0;
      for (const PhraseMatch* title : scene_.cues(clause, "position_titles")) {
        if (title->first < end) continue;
        if (const auto post = post_of(clause, *title)) {
          end = post->title_last;
          read(clause, *post);
        }
      }
    }
  }

 private:
  void index() {
    told_.resize(scene_.reading().tokens().size());
    for (const Clause& clause : scene_.clauses()) {
      for (const Thing& thing : clause.things) {
        if (thing.root != Root::place || scene_.property(thing.mention, "kind") != "country") continue;
        countries_.try_emplace(scene_.property(thing.mention, "code"), &thing);
      }
    }
    for (const ExtractedRelation& known : scene_.out().relations) {
      if (known.type != "HOLDS_POSITION") continue;
      taken_.insert(known.from);
      const DocumentView& view = scene_.reading().view();
      for (std::uint32_t at = view.token_at(known.span.start);
           at < told_.size() && view.tokens()[at].span.end <= known.span.end; ++at)
        told_[at] = true;
    }
  }

  // A rule has read the words of this title.
  bool is_told(const Post& post) const { return told_[post.title_first] && told_[post.title_last - 1]; }

  static bool is_last(const Clause& clause) { return clause.grammar != nullptr && clause.grammar->is_head_last; }

  // ---- the noun phrase

  std::optional<Post> post_of(const Clause& clause, const PhraseMatch& title) const {
    Post post{title.first, title.last, title.first, title.last, 0, nullptr};
    extend(clause, post);
    if (is_last(clause))
      find_in_front(clause, post);
    else if (clause.grammar != nullptr || !has_body_in_front(clause, post))
      find_behind(clause, post);
    if (post.owner == nullptr && clause.grammar == nullptr) {
      post.owner_at = 0;
      find_possessor(clause, post);
    }
    if (post.owner == nullptr) return std::nullopt;
    return post;
  }

  // "UNDP Resident Representative in X": of the body, wherever it is.
  bool has_body_in_front(const Clause& clause, const Post& post) const {
    const Thing* body = scene_.before(clause, post.title_first, Root::organization, 0);
    return body != nullptr && body->last == post.title_first;
  }

  // "Bosh vaziri o‘rinbosari", "заместитель председателя": titles side by side are one.
  void extend(const Clause& clause, Post& post) const {
    const std::uint32_t to = std::min(clause.last, post.title_last + kTopicWords);
    for (const PhraseMatch& next : scene_.reading().matches_in("position_titles", post.title_last, to)) {
      if (next.first > post.title_last + 1 || scene_.walk(clause).is_sign(post.title_last, U',')) break;
      post.title_last = next.last;
    }
    post.last = std::max(post.last, post.title_last);
  }

  const Thing* thing_over(const Clause& clause, std::uint32_t at) const {
    const Thing* best = nullptr;
    for (const Thing& thing : Scene::from(clause, at)) {
      if (thing.first > at) break;
      const bool is_wider = best == nullptr || thing.last - thing.first > best->last - best->first;
      if (at < thing.last && !has(Root::statement | Root::agreement | Root::event, thing.root) && is_wider)
        best = &thing;
    }
    return best;
  }

  const Thing* country_at(std::uint32_t at) const {
    for (const CategoryName category : {CategoryName("jurisdiction_names"), CategoryName("demonyms")}) {
      const PhraseMatch* name = scene_.reading().match_over(category, at);
      const auto found = name == nullptr ? countries_.end() : countries_.find(scene_.reading().entry(*name).id);
      if (found != countries_.end()) return found->second;
    }
    return nullptr;
  }

  // "the President of X" is an office too: the post is of X.
  const Thing* behind_office(const Clause& clause, const Thing& thing) const {
    if (thing.root != Root::organization || scene_.reading().match_at("position_titles", thing.first) == nullptr)
      return &thing;
    for (const Thing& place : Scene::from(clause, thing.first)) {
      if (place.root == Root::place && place.first >= thing.first && place.last <= thing.last) return &place;
    }
    for (std::uint32_t at = thing.first; at < thing.last; ++at) {
      if (const Thing* country = country_at(at)) return country;
    }
    return &thing;
  }

  void take(const Clause& clause, Post& post, const Thing& owner) const {
    post.owner = behind_office(clause, owner);
    if (owner.first >= post.title_first)
      post.last = std::max(post.last, owner.last);
    else
      post.first = owner.first;
  }

  // "Buxoro viloyati hokimining moliya masalalari bo‘yicha birinchi o‘rinbosari": back over what it is about.
  void find_in_front(const Clause& clause, Post& post) const {
    const Walk words = scene_.walk(clause);
    std::uint32_t at = words.before(post.title_first);
    for (std::uint32_t steps = 0; steps < kTopicWords && words.has(at); ++steps, at = words.before(at)) {
      if (const Thing* thing = thing_over(clause, at)) {
        if (has(kOwners, thing->root)) take(clause, post, *thing);
        return;
      }
      if (const Thing* country = country_at(at)) {
        post.first = at;
        post.owner = country;
        return;
      }
      if (words.is_close_quote(at) || words.is_open_quote(at)) continue;
      const bool is_joint = scene_.has_cue("list_joints", at) || words.is_dash(at) ||
                            (words.is_sign(at, U',') && scene_.has_cue("post_topics", words.before(post.title_first)));
      if (!is_joint && (!words.is_word(at) || clause.grammar->is_verb(words.folded(at)))) return;
    }
  }

  // "министр сельского хозяйства РК", "Head of the EU Delegation"
  void find_behind(const Clause& clause, Post& post) const {
    const Walk words = scene_.walk(clause);
    std::uint32_t at = words.at(post.title_last);
    if (const Thing* body = words.is_sign(at, U',') ? apposed_body(clause, words.next(at)) : nullptr) return take(clause, post, *body);
    for (std::uint32_t steps = 0; steps < kTopicWords && words.has(at); ++steps, at = words.next(at)) {
      post.owner_at = at;
      if (const Thing* thing = thing_over(clause, at)) {
        if (has(kOwners, thing->root))
          take(clause, post, *thing);
        else if (is_person(*thing))
          post.last = thing->first;
        return;
      }
      if (const Thing* country = country_at(at)) {
        post.last = at + 1;
        post.owner = country;
        return;
      }
      if (!may_lead(clause, words, at, steps)) return;
    }
  }

  // "(Deputy Minister, Ministry of Finance)", "Anna Nagy, Team Leader, GIZ.": the body behind a comma ends what stands beside the name.
  const Thing* apposed_body(const Clause& clause, std::uint32_t at) const {
    const Walk words = scene_.walk(clause);
    const Thing* body = words.has(at) ? thing_over(clause, at) : nullptr;
    if (body == nullptr || body->root != Root::organization || body->first != at) return nullptr;
    const std::uint32_t next = words.at(body->last);
    return !words.has(next) || words.is_sign(next, U')') || words.is_sign(next, U';') || words.is_sign(next, U'.') || words.is_sign(next, U',') ? body : nullptr;
  }

  // Words of what the title is about: in English it goes on with "of".
  bool may_lead(const Clause& clause, const Walk& words, std::uint32_t at, std::uint32_t steps) const {
    if (!words.is_word(at)) return false;
    const std::string_view word = words.folded(at);
    const bool is_link = scene_.has_cue("post_links", at);
    if (clause.grammar == nullptr) return steps == 0 ? is_link : !scene_.has_cue("finite_verbs", at) && !scene_.has_cue("pronouns", at);
    if (is_link) return true;
    return !scene_.has_cue("prepositions", at) && !clause.grammar->is_verb(word) && (words.is_lower(at) || steps == 0);
  }

  // "World Bank Country Director", "the Ministry's spokesperson"
  void find_possessor(const Clause& clause, Post& post) const {
    const Walk words = scene_.walk(clause);
    std::uint32_t at = words.before(post.title_first);
    for (std::uint32_t steps = 0; steps < kAppositive && words.has(at); ++steps, at = words.before(at)) {
      if (const Thing* thing = thing_over(clause, at)) {
        if (has(kOwners, thing->root)) take(clause, post, *thing);
        return;
      }
      if (!words.is_capitalised(at)) return;
    }
  }

  // ---- whose

  void read(const Clause& clause, const Post& post) {
    if (is_told(post)) return;
    const Thing* person = behind(clause, post);
    if (person == nullptr) person = in_front(clause, post);
    if (person != nullptr) return link(clause, *person, post, 0.7F, "nearest-post/1");
    person = of_page(clause, post);
    if (person != nullptr) link(clause, *person, post, 0.6F, "nearest-post/2");
  }

  static bool is_person(const Thing& thing) { return thing.root == Root::person; }

  // Another title with a body stands between: that one is the person's.
  bool is_parted(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
    return scene_.cue_in(clause, "position_titles", first, last) != nullptr || scene_.is_broken(clause, first, last);
  }

  const Thing* behind(const Clause& clause, const Post& post) const {
    const Walk words = scene_.walk(clause);
    for (const Thing& thing : Scene::from(clause, post.last)) {
      if (thing.first < post.last) continue;
      if (thing.first > post.last + kTailWords) return nullptr;
      if (!is_person(thing)) {
        if (!thing.is_inner) return nullptr;
        continue;
      }
      if (is_parted(clause, post.last, thing.first)) return nullptr;
      for (std::uint32_t i = post.last; i < thing.first; ++i) {
        const bool is_mark = words.is_open_quote(i) || (words.is_dash(i) && clause.grammar != nullptr) ||
                             (words.is_sign(i, U',') && i == post.last && clause.grammar == nullptr) ||
                             scene_.has_cue("honorifics", i);
        const bool is_tail = is_last(clause) ? words.is_lower(i) && !clause.grammar->is_verb(words.folded(i)) : false;
        if (!is_mark && !is_tail) return nullptr;
      }
      return is_owner_of_next(clause, thing) ? nullptr : &thing;
    }
    return nullptr;
  }

  // "Aziz Karimov's former colleague": somebody else.
  bool is_owner_of_next(const Clause& clause, const Thing& person) const {
    if (clause.grammar != nullptr) return false;
    const std::string_view next = scene_.walk(clause).folded(person.last), last = scene_.reading().text(person.last - 1);
    return next == "s" || next == "'s" || next == "\u2019s" || last.ends_with("'s") || last.ends_with("\u2019s");
  }

  // What stands beside a name ends where it began: "A, Head of X," and "A (Head of X)", not "A, (the Head of X was absent)".
  bool is_closed(const Clause& clause, const Post& post, bool has_bracket) const {
    const Walk words = scene_.walk(clause);
    std::uint32_t end = words.at(post.last);
    while (words.is_close_quote(end)) end = words.next(end);
    if (has_bracket) return words.is_sign(end, U')') || words.is_sign(end, U',') || words.is_sign(end, U';');
    return !words.has(end) || !words.is_word(end) || clause.grammar != nullptr || scene_.has_cue("list_joints", end);
  }

  const Thing* in_front(const Clause& clause, const Post& post) const {
    const Walk words = scene_.walk(clause);
    const Thing* person = scene_.before(clause, post.first, Root::person, kAppositive);
    if (person == nullptr || is_parted(clause, person->last, post.first)) return nullptr;
    bool has_mark = false, has_bracket = false;
    for (std::uint32_t i = person->last; i < post.first; ++i) {
      const bool opens = words.is_sign(i, U'('), is_mark = words.is_sign(i, U',') || words.is_dash(i) || opens;
      if (is_mark && has_mark) return nullptr;
      has_mark = has_mark || is_mark;
      has_bracket = has_bracket || opens;
      if (!is_mark && !scene_.has_cue("determiners", i) && !words.is_capitalised(i) &&
          !scene_.has_cue("former_words", i))
        return nullptr;
    }
    return has_mark && is_closed(clause, post, has_bracket) && !is_taken(*person) ? person : nullptr;
  }

  // A rule knows a post of this name.
  bool is_taken(const Thing& person) const { return taken_.contains(person.mention); }

  // "2015–2020: director of X", "2015–2020-yillarda X direktori bo‘lib ishlagan": nothing but years, a post and its verb.
  bool is_line_of_life(const Clause& clause, const Post& post) const {
    const bool names_other = std::ranges::any_of(clause.things, [](const Thing& thing) {
      return is_person(thing) || has(Root::act | Root::programme | Root::event, thing.root);
    });
    const std::uint32_t opens = scene_.has_cue("life_openers", clause.first) ? clause.first + 1 : clause.first;
    if (names_other || clause.dates.size() != 1 || clause.dates.front().first > opens) return false;
    const Literal& years = clause.dates.front();
    const Value& time = scene_.mention(years.mention).value;
    if (time.kind() != ValueKind::partial_date || !time.as_partial_date().is_interval()) return false;
    const Walk words = scene_.walk(clause);
    bool has_mark = is_last(clause);
    for (std::uint32_t i = years.last; i < post.first; ++i) {
      has_mark = has_mark || words.is_dash(i) || words.is_sign(i, U':') || words.is_sign(i, U',');
      if (words.is_word(i) && !scene_.has_cue("year_words", i)) return false;
    }
    return has_mark && is_end(clause, words.at(past_verb(clause, post)));
  }

  // Behind "bo‘lib ishlagan"; a verb that denies it is none.
  std::uint32_t past_verb(const Clause& clause, const Post& post) const {
    if (!is_last(clause)) return post.last;
    const std::uint32_t next = scene_.walk(clause).at(post.last);
    const PhraseMatch* verb = scene_.cue_in(clause, "post_verbs", next, clause.last);
    if (verb == nullptr || verb->first != next) return post.last;
    return is_absent(scene_, clause, *verb) ? clause.first : verb->last;
  }

  bool is_end(const Clause& clause, std::uint32_t at) const {
    const Walk words = scene_.walk(clause);
    return !words.has(at) || ((words.is_sign(at, U'.') || words.is_sign(at, U';')) && !words.has(words.next(at)));
  }

  // Such a line is told of whom the lines above name first, where they name nobody else.
  const Thing* of_page(const Clause& clause, const Post& post) const {
    if (!is_line_of_life(clause, post)) return nullptr;
    const Thing* topic = scene_.topic(clause, Root::person, kLifeSentences);
    if (topic == nullptr || topic->first > scene_.clause_of(*topic).first + kAppositive) return nullptr;
    for (std::uint32_t i = scene_.clause_of(*topic).sentence; i < clause.sentence; ++i) {
      for (const Thing& thing : scene_.clauses()[i].things) {
        if (is_person(thing) && !scene_.is_same(thing, *topic)) return nullptr;
      }
    }
    return topic;
  }

  void link(const Clause& clause, const Thing& person, const Post& post, float confidence, std::string_view by) {
    if (scene_.is_quoted(post.title_first) || person.is_ruled_out) return;
    const bool has_ended = is_over(clause, post);
    const Modality modality = has_ended ? Modality::completed : Modality::unknown;
    ExtractedRelation* added = scene_.add(clause, {"HOLDS_POSITION", person.mention, post.owner->mention, post.first,
                                                   post.last, modality, confidence, by});
    if (added == nullptr) return;
    const Span title = scene_.reading().span(post.title_first, title_end(clause, post));
    added->properties.push_back({"title", Value(scene_.reading().text(title)), title, {}, confidence});
    put_times(clause, *added);
  }

  // With what it is about: "Minister of Finance" of "the Minister of Finance of Uzbekistan".
  std::uint32_t title_end(const Clause& clause, const Post& post) const {
    const Walk words = scene_.walk(clause);
    std::uint32_t end = std::max(post.title_last, post.owner_at);
    while (end > post.title_last && (!words.is_word(end - 1) || scene_.has_cue("prepositions", end - 1) ||
                                     scene_.has_cue("determiners", end - 1)))
      --end;
    return end;
  }

  bool is_over(const Clause& clause, const Post& post) const {
    const std::uint32_t from = post.first > clause.first + 3 ? post.first - 3 : clause.first;
    return scene_.cue_in(clause, "former_words", from, post.last) != nullptr ||
           scene_.cue_in(clause, "dismissals", clause.first, clause.last) != nullptr;
  }

  // "2015-2020 yillarda"
  void put_times(const Clause& clause, ExtractedRelation& relation) const {
    if (clause.dates.size() != 1) return;
    const Value& time = scene_.mention(clause.dates.front().mention).value;
    if (time.kind() != ValueKind::partial_date || !time.as_partial_date().is_interval()) return;
    relation.valid_from = time.as_partial_date().first();
    relation.valid_to = time.as_partial_date().last();
  }

  Scene& scene_;
  std::map<std::string, const Thing*> countries_;  // by code
  std::vector<bool> told_;                         // tokens of the posts that rules have read
  std::set<MentionIndex> taken_;                   // mentions of persons in them
};

}  // namespace

void relate_nearest_posts(Scene& scene) { NearestPosts(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
