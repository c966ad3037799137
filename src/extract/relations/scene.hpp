#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/relations/edge_set.hpp"
#include "extract/stage.hpp"
#include "extract/walk.hpp"

namespace policygraph::inline v0::detail::extract {

// What a rule asks of a mention: the label below the root, whatever the label itself.
enum class Root : std::uint16_t {
  none = 0, act = 1, organization = 2, programme = 4, funding = 8, indicator = 16, agreement = 32, event = 64, person = 128, place = 256,
  statement = 512,
};
constexpr Root operator|(Root a, Root b) noexcept { return static_cast<Root>(static_cast<unsigned>(a) | static_cast<unsigned>(b)); }
constexpr bool has(Root set, Root one) noexcept { return (static_cast<unsigned>(set) & static_cast<unsigned>(one)) != 0; }

// A mention of a thing where the rules see it: tokens [first, last) of one sentence.
struct Thing {
  MentionIndex mention = kNoMention;
  Root root = Root::none;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool is_inner = false;    // it lies within the name of another thing
  bool is_adjunct = false;  // a preposition introduces it, or the list that it stands in
  bool is_ruled_out = false;  // "not by Decree A but": no rule takes it for an end, as if it were inner
  Role role = Role::none;   // where the language marks it
};

struct Literal {
  MentionIndex mention = kNoMention;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

// Tokens [first, last) of which nothing is stated as it stands: denied, or said on a condition (discussed). stance.hpp finds them.
struct Stance {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Modality modality = Modality::unknown;
};

// One sentence as the rules see it; things and literals are in order of the text.
struct Clause {
  std::uint32_t sentence = 0;
  std::uint32_t first = 0, last = 0;
  Zone zone = Zone::body;
  bool is_item = false;             // of a list
  bool is_question = false;         // that wants a yes or a no: what it speaks of is not stated
  bool is_preamble = false;         // of the act that the document is: what it rests on, in front of what it orders
  const Block* block = nullptr;
  const CaseGrammar* grammar = nullptr;  // of a language that marks cases
  std::uint32_t lead = kNoMention;  // the sentence that introduces the list it is an item of
  std::uint32_t heading = kNoMention;  // the heading above it
  std::uint32_t section = kNoMention;  // the heading or lead above it that names a place
  std::uint64_t categories = 0;       // bits of those whose phrases begin in it
  const CategorySet* all = nullptr;   // of those, and of the clauses that it is joined with
  std::vector<std::uint32_t> breaks;  // tokens that part it: semicolons
  std::vector<Thing> things;
  std::vector<Literal> money, quantities, dates, positions;
  std::vector<Stance> stances;
};

using Things = std::vector<const Thing*>;

// All that relation rules look at, made once a document, and where they put what they find.
class Scene {
 public:
  Scene(const Reading& reading, Extraction& out);

  const Reading& reading() const noexcept { return reading_; }
  Extraction& out() noexcept { return out_; }
  const std::vector<Clause>& clauses() const noexcept { return clauses_; }
  void set_money(std::size_t clause, std::vector<Literal> money) { clauses_[clause].money = std::move(money); }
  const ExtractedMention& mention(MentionIndex index) const noexcept { return out_.mentions[index]; }
  MentionIndex head(MentionIndex index) const noexcept { return head_of(out_, index); }
  bool is_same(const Thing& a, const Thing& b) const noexcept { return head(a.mention) == head(b.mention); }
  const Clause& clause_of(const Thing& thing) const noexcept;
  Walk walk(const Clause& clause) const noexcept { return {reading_, clause.first, clause.last}; }
  // The text of a property of the mention, or of the first mention of its thing; "" if none.
  std::string property(MentionIndex index, std::string_view name) const;

  // Within a direct quotation nothing is asserted.
  bool is_quoted(std::uint32_t token) const noexcept { return !quotations_.empty() && is_in_quotation(token); }
  // Matches of a cue category in the clause that no quotation and no name holds.
  std::vector<const PhraseMatch*> cues(const Clause& clause, CategoryName category) const {
    if (!clause.all->may_have(reading_.number(category))) return {};  // most clauses have none
    return found_cues(clause, category);
  }
  const PhraseMatch* cue_in(const Clause& clause, CategoryName category, std::uint32_t first, std::uint32_t last) const;
  bool has_cue(CategoryName category, std::uint32_t token) const noexcept { return reading_.match_over(category, token) != nullptr; }  // Walk::kNone is past the end
  // The words before token `at`, articles and adjectives passed over, end with a preposition.
  bool is_after_preposition(const Clause& clause, std::uint32_t at) const;
  // A preposition of the category stands right before, articles passed over; the token, or Walk::kNone.
  std::uint32_t word_before(const Clause& clause, std::uint32_t at, CategoryName category) const;
  // Tokens between hold a mark that ends a clause.
  bool is_broken(const Clause& clause, std::uint32_t first, std::uint32_t last) const;

  // The thing nearest before token `at` of one of the roots, no further than `reach` tokens; null if none.
  const Thing* before(const Clause& clause, std::uint32_t at, Root roots, std::uint32_t reach = 60) const;
  // The token behind it; for an act the one behind its title, where that follows.
  std::uint32_t end_of(const Clause& clause, const Thing& thing) const;
  const Thing* after(const Clause& clause, std::uint32_t at, Root roots, std::uint32_t reach = 60) const;
  // That thing and those joined to it by commas and "and".
  Things list_before(const Clause& clause, std::uint32_t at, Root roots, std::uint32_t reach = 60) const;
  Things list_after(const Clause& clause, std::uint32_t at, Root roots, std::uint32_t reach = 60) const;
  // Things that start at token `from` or later, those that start up to kLongest tokens earlier among them: what a look nearby needs.
  static std::span<const Thing> from(const Clause& clause, std::uint32_t from);
  // The first thing that no preposition introduces, before token `at`.
  const Thing* subject(const Clause& clause, std::uint32_t at, Root roots) const;
  // What the sentences before were about: the last thing of the roots in the section, not quoted; null if none. With
  // `same_block` only those of its own paragraph count.
  const Thing* topic(const Clause& clause, Root roots, int sentences = 3, bool same_block = false) const;
  // The programme that the page of a project is about, as its title names it; null for any other text.
  const Thing* page_work() const noexcept { return page_work_; }
  // The heading above says that what follows is wanted: "Expected results".
  bool is_under_targets(const Clause& clause) const;
  // "On behalf of the Ministry", "от имени Министерства", "vazirlik nomidan": for whom somebody acts; null if nobody is named.
  const Thing* spoken_for(const Clause& clause) const;
  // The place that the heading or the lead above is about; null if none.
  const Thing* section_place(const Clause& clause) const;
  // The act whose text or summary the document is; null if it is none.
  const Thing* own_act() const noexcept { return own_act_.mention == kNoMention ? nullptr : &own_act_; }
  // The act that the heading above names; null if it names none.
  const Thing* section_act(const Clause& clause) const;
  // The line above the points of an annex that names acts.
  bool heads_list(const Clause& clause) const;
  const Clause* lead(const Clause& clause) const noexcept { return clause.lead == kNoMention ? nullptr : &clauses_[clause.lead]; }

  struct Edge {
    std::string_view type;
    MentionIndex from = kNoMention, to = kNoMention;
    std::uint32_t first = 0, last = 0;  // tokens that state it; both ends are added where they lie in the sentence
    Modality modality = Modality::unknown;
    float confidence = 0.8F;
    std::string_view by;
  };
  // Adds the relation unless one of the type and ends is there from the same words. Null if it was not added.
  ExtractedRelation* add(const Clause& clause, const Edge& edge);
  // `from` and `to` cross; every pair becomes an edge.
  void add(const Clause& clause, std::string_view type, const Things& from, const Things& to, const PhraseMatch& cue,
           std::string_view by, float confidence = 0.8F);
  bool has_edge(std::string_view type, MentionIndex from, MentionIndex to) const;

 private:
  bool is_in_quotation(std::uint32_t token) const noexcept;
  std::vector<const PhraseMatch*> found_cues(const Clause& clause, CategoryName category) const;
  Root root_of(const std::string& label);
  void place_sentences();
  void place_mentions();
  void mark_inner(Clause& clause) const;
  void mark_adjuncts(Clause& clause) const;
  bool is_behind_noun(const Clause& clause, const Thing& thing) const;
  std::uint32_t first_with_post(const Clause& clause, const Thing& thing) const;  // roles.cpp, and the four below
  void mark_roles(Clause& clause) const;
  Role role_in_front(const Clause& clause, const Thing& thing, bool& is_marked) const;
  Role role_behind(const Clause& clause, const Thing& thing) const;
  bool share_role(const Clause& clause, const Thing& from, Thing& to, bool is_marked) const;
  void find_sections();
  bool is_in_programme(const Clause& clause, const Thing& place) const;
  void find_quotations();
  void find_own_act();   // own_act.cpp, and the four below
  const Thing* act_of_heading(const Clause& clause, bool opens, bool is_headed) const;
  bool is_alone(const Clause& clause, const Thing& act) const;
  bool is_top_line(const Clause& clause, const Thing& act) const;
  bool is_of_head(const Clause& clause, std::uint32_t at) const;
  void find_act_below();
  void find_preamble();
  bool leads_orders(const Clause& clause) const;
  void find_page_work();
  std::uint32_t lead_of(const Clause& clause, std::uint32_t last_lead) const;
  bool joins(const Clause& clause, std::uint32_t first, std::uint32_t last, bool is_of_acts = false) const;
  bool joins_acts(const Walk& words, std::uint32_t i) const;
  bool is_listed_after(const Clause& clause, const Thing& before, const Thing& thing, const Thing* next) const;

  const Reading& reading_;
  Extraction& out_;
  std::vector<Clause> clauses_;
  std::vector<std::pair<std::string, Root>> roots_;  // of the labels met
  std::vector<Span> quotations_;
  EdgeSet edges_, thing_edges_;  // of mentions, and of the things they are
  Thing own_act_;
  const Thing* page_work_ = nullptr;
  std::uint32_t own_heading_ = 0;  // the sentence that heads its text
};

}  // namespace policygraph::inline v0::detail::extract
