#include <algorithm>
#include <map>
#include <set>

#include "extract/relations/modality.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Who is bound by an agreement.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kBodies = Root::organization | Root::place;
constexpr std::string_view kBy = "party-to/1";
constexpr std::uint32_t kTitleWithin = 3;        // sentences from the top in which an agreement's text names itself
constexpr std::uint32_t kOwnPartiesWithin = 6;   // sentences below that in which its parties stand
constexpr std::size_t kMostParties = 4;
constexpr std::uint32_t kSideWords = 14;  // tokens of ", of the one part, and the" between two parties

class Parties {
 public:
  explicit Parties(Scene& scene) : scene_(scene) {}

  void run() {
    for (const Clause& clause : scene_.clauses()) {
      for (const Thing& thing : clause.things) {
        if (thing.root == Root::agreement && !scene_.is_quoted(thing.first)) read(clause, thing);
      }
      sent_by(clause);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_signs")) signs(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_signed_with")) spoken_of(clause, *cue);
    }
    own();
  }

 private:
  void link(const Clause& clause, const Thing& body, const Thing& agreement, std::uint32_t first, std::uint32_t last, float confidence) {
    const Modality modality = modality_at(scene_, clause, agreement.first, agreement.last);
    scene_.add(clause, {"PARTY_TO", body.mention, agreement.mention, first, last, modality, confidence, kBy});
  }

  // The text of an agreement names its parties below the title: "between A and B", "A, hereinafter the Donor, and B", A and B in lines
  // of their own.
  void own() {
    const Thing* agreement = own_agreement();
    if (agreement == nullptr) return;
    const std::uint32_t from = scene_.clause_of(*agreement).sentence;
    const auto has_party = [&](const ExtractedRelation& relation) { return relation.type == "PARTY_TO" && scene_.head(relation.to) == scene_.head(agreement->mention); };
    if (std::ranges::any_of(scene_.out().relations, has_party)) return;
    Things found;
    bool is_told = false;
    for (std::uint32_t i = from; i < scene_.clauses().size() && i <= from + kOwnPartiesWithin && found.size() < 2; ++i) {
      const Clause& clause = scene_.clauses()[i];
      is_told = is_told || scene_.cue_in(clause, "cue_between", clause.first, clause.last) != nullptr ||
                scene_.cue_in(clause, "agreement_party_words", clause.first, clause.last) != nullptr;
      if (is_told) add_parties(clause, found);
    }
    if (found.size() < 2) return;
    for (const Thing* body : found) link(scene_.clause_of(*agreement), *body, *agreement, agreement->first, agreement->last, 0.75F);
  }

  const Thing* own_agreement() const {
    for (const Clause& clause : scene_.clauses()) {
      if (clause.sentence >= kTitleWithin) return nullptr;
      for (const Thing& thing : clause.things) {
        if (thing.root == Root::agreement && thing.first == clause.first) return &thing;
      }
    }
    return nullptr;
  }

  void add_parties(const Clause& clause, Things& found) const {
    for (const Thing& thing : clause.things) {
      const bool is_body = thing.root == Root::organization || (thing.root == Root::place && scene_.property(thing.mention, "kind") == "country");
      if (thing.is_inner || !is_body || is_within_body(clause, thing) || stands_for(clause, thing)) continue;
      const bool is_known = std::ranges::any_of(found, [&](const Thing* other) { return scene_.is_same(*other, thing); });
      if (!is_known && found.size() < kMostParties) found.push_back(&thing);
    }
  }

  // "represented by the Ministry", "в лице Министерства", "in Tashkent"
  bool stands_for(const Clause& clause, const Thing& thing) const {
    const std::uint32_t from = thing.first > clause.first + 3 ? thing.first - 3 : clause.first;
    if (scene_.cue_in(clause, "agreement_representing", from, thing.first) != nullptr) return true;
    const std::string_view before = scene_.walk(clause).folded(scene_.word_before(clause, thing.first, "prepositions"));
    return !before.empty() && before != "between" && before != "with" && before != "между" && before != "by";
  }

  // An agreement's description may hold its parties: "between A and B", "signed with A, B", "agreed by A and B".
  void read(const Clause& clause, const Thing& agreement) {
    for (const CategoryName category : std::initializer_list<CategoryName>{"cue_between", "cue_signed_with", "cue_membership"}) {
      for (const PhraseMatch& cue : scene_.reading().matches_in(category, agreement.first, clause.last)) {
        if (scene_.is_quoted(cue.first) || is_others(clause, agreement, cue)) continue;
        for (const Thing* body : bodies_after(clause, agreement, cue.last)) link(clause, *body, agreement, cue.first, cue.last, 0.8F);
      }
    }
    read_with(clause, agreement, agreement.first);
    for (const PhraseMatch& cue : scene_.reading().matches_in("cue_signed_with", clause.first, agreement.first)) {
      for (const Thing* body : bodies_after(clause, agreement, cue.last)) link(clause, *body, agreement, cue.first, cue.last, 0.7F);
    }
  }

  // "a memorandum with X was signed": within the words of the agreement or right behind them.
  void read_with(const Clause& clause, const Thing& agreement, std::uint32_t from) {
    const Walk words = scene_.walk(clause);
    for (std::uint32_t i = from; words.has(i) && i <= agreement.last; ++i) {
      if (words.folded(i) != "with") continue;
      for (const Thing* body : bodies_after(clause, agreement, i + 1)) link(clause, *body, agreement, i, i + 1, 0.75F);
      return;
    }
  }

  // The one agreement of a clause that says it is signed: for whom, "on behalf of A"; where names have cases also the bodies whose posts
  // the signers hold, as English has it in signs().
  void sent_by(const Clause& clause) {
    const auto found = std::ranges::find(clause.things, Root::agreement, &Thing::root);
    const bool is_cased = clause.grammar != nullptr;
    if (found == clause.things.end() || scene_.is_quoted(found->first)) return;
    const CategoryName signing = is_cased ? CategoryName("agreement_signing") : CategoryName("cue_signs");
    const PhraseMatch* cue = scene_.cue_in(clause, signing, clause.first, clause.last);
    if (cue == nullptr) return;
    if (const Thing* body = scene_.spoken_for(clause)) link(clause, *body, *found, cue->first, cue->last, 0.75F);
    if (!is_cased || is_bound(*found)) return;
    for (const Thing& person : clause.things) {
      const bool signs = person.root == Root::person && !person.is_inner && (person.role == Role::none || person.role == Role::agent);
      const auto owner = signs ? owner_of(person) : kNoMention;
      if (owner == kNoMention) continue;
      const Modality modality = modality_at(scene_, clause, found->first, found->last);
      scene_.add(clause, {"PARTY_TO", owner, found->mention, cue->first, cue->last, modality, 0.65F, kBy});
    }
  }

  // Its parties are told already.
  bool is_bound(const Thing& agreement) const {
    return std::ranges::any_of(scene_.out().relations, [&](const ExtractedRelation& one) { return one.type == "PARTY_TO" && scene_.head(one.to) == scene_.head(agreement.mention); });
  }

  // "Such agreements were signed with A and B": those of the sentence before.
  void spoken_of(const Clause& clause, const PhraseMatch& cue) {
    const bool has_own = std::ranges::any_of(clause.things, [](const Thing& thing) { return thing.root == Root::agreement; });
    if (has_own || scene_.cue_in(clause, "agreement_words", clause.first, cue.first) == nullptr) return;
    const Thing* agreement = scene_.topic(clause, Root::agreement, 2);
    if (agreement == nullptr) return;
    for (const Thing* body : scene_.list_after(clause, cue.last, kBodies, 4)) link(clause, *body, *agreement, cue.first, cue.last, 0.7F);
  }

  bool is_others(const Clause& clause, const Thing& agreement, const PhraseMatch& cue) const {
    const Thing* nearer = nullptr;
    for (const Thing& thing : clause.things) {
      const bool is_agreement = thing.root == Root::agreement || (thing.root == Root::act && scene_.property(thing.mention, "kind") == "agreement");
      if (is_agreement && thing.first < cue.first && (nearer == nullptr || thing.first > nearer->first)) nearer = &thing;
    }
    return nearer != nullptr && nearer->mention != agreement.mention;
  }

  // The list right behind the cue. Names within the agreement's own description count, so inner things are looked at too.
  Things bodies_after(const Clause& clause, const Thing& agreement, std::uint32_t at) const {
    Things out;
    std::uint32_t end = at;
    for (const Thing& thing : clause.things) {
      if (thing.first < end || !has(kBodies, thing.root)) continue;
      const bool is_wrapped = thing.is_inner && !(agreement.first <= thing.first && thing.last <= agreement.last);
      if (is_wrapped || is_within_body(clause, thing)) continue;
      const bool has_side = !out.empty() && scene_.cue_in(clause, "party_sides", end, thing.first) != nullptr;  // "A, of the one part, and B"
      const std::uint32_t reach = has_side ? kSideWords : out.empty() ? 6 : 4;
      if (thing.first > end + reach || (!out.empty() && !has_side && has_verb(clause, end, thing.first))) break;
      out.push_back(&thing);
      end = thing.last;
    }
    return out;
  }

  bool is_within_body(const Clause& clause, const Thing& thing) const {
    return std::ranges::any_of(clause.things, [&](const Thing& other) {
      return has(kBodies, other.root) && other.first <= thing.first && thing.last <= other.last && other.last - other.first > thing.last - thing.first;
    });
  }

  bool has_verb(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
    const Walk words = scene_.walk(clause);
    for (std::uint32_t i = first; i < last; ++i) {
      if (scene_.has_cue("finite_verbs", i) || scene_.has_cue("prepositions", i) || words.is_sign(i, U';')) return true;
    }
    return false;
  }

  // "A and B signed an agreement"
  void signs(const Clause& clause, const PhraseMatch& cue) {
    const Thing* agreement = nullptr;
    for (const Thing& thing : clause.things) {
      if (thing.root == Root::agreement && thing.first >= cue.first && thing.first <= cue.last + 6) agreement = &thing;
      if (agreement != nullptr) break;
    }
    if (agreement == nullptr) return;
    if (signed_by_persons(clause, cue, *agreement)) return;
    for (const Thing* body : scene_.list_before(clause, cue.first, kBodies, 5)) {
      if (body->is_adjunct && body == scene_.list_before(clause, cue.first, kBodies, 5).front()) return;
      link(clause, *body, *agreement, cue.first, cue.last, 0.8F);
    }
  }

  // "X's Minister A and Y's President B signed": those whose posts they hold are bound.
  bool signed_by_persons(const Clause& clause, const PhraseMatch& cue, const Thing& agreement) {
    const Thing* last = scene_.before(clause, cue.first, Root::person, 2);
    if (last == nullptr) return false;
    std::set<MentionIndex> bound;
    for (const Thing& person : clause.things) {
      if (person.root != Root::person || person.first > last->first || (person.is_adjunct && person.mention != last->mention)) continue;
      const auto owner = owner_of(person);
      if (owner == kNoMention || !bound.insert(scene_.head(owner)).second) continue;
      const Modality modality = modality_at(scene_, clause, agreement.first, agreement.last);
      scene_.add(clause, {"PARTY_TO", owner, agreement.mention, cue.first, cue.last, modality, 0.75F, kBy});
    }
    return !bound.empty();
  }

  MentionIndex owner_of(const Thing& person) {
    if (!knows_owners_) {
      knows_owners_ = true;
      for (const ExtractedRelation& post : scene_.out().relations) {
        if (post.type == "HOLDS_POSITION") owners_.try_emplace(post.from, post.to);
      }
    }
    const auto found = owners_.find(person.mention);
    return found == owners_.end() ? kNoMention : found->second;
  }

  Scene& scene_;
  bool knows_owners_ = false;
  std::map<MentionIndex, MentionIndex> owners_;  // of the posts that mentions of persons hold
};

}  // namespace

void relate_parties(Scene& scene) { Parties(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
