#pragma once

#include <string>
#include <vector>

#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {

// A sum of money that funds something, while the rules find out what and whose.
struct Sum {
  const Clause* clause = nullptr;
  Literal money;
  std::uint32_t from = 0, to = 0;  // tokens that speak of this sum rather than of its neighbours
  std::uint32_t own_to = 0;        // the same without what it shares with the sums behind it
  std::string kind;
  Modality modality = Modality::unknown;
  MentionIndex funding = kNoMention;
  MentionIndex whole = kNoMention;  // the sum it is a part of
  const Clause* act_clause = nullptr;
  const Sum* headline = nullptr;   // the same sum in a heading that tells who gives it, where the text does not
  Things providers, targets, acts;
  const Thing* own_work = nullptr;  // what the act that the document is approves or founds; null if it is none or several
  bool is_weak_target = false;
  bool is_gapped = false;  // its verb is that of the sum in front of it
  bool is_bare = false;  // only a word like "money" says that it funds something
};

// What a stated sum is: it funds something, it measures something (an Indicator), or neither.
enum class MoneyUse { funding, measure, nothing };
// Of a list of sums that share a verb or a purpose behind the last ("X (A) and Y (B) finance Z", "in 2024 A and in 2025 B shall be
// allocated") `last` is the place of that one in the clause; of any other sum its own.
struct SumUse {
  MoneyUse use = MoneyUse::nothing;
  std::size_t last = 0;
  bool is_borrowed = false;  // no word of its own tells: what is told of that one is told of it
};
// Of each sum of each clause, in their order.
std::vector<std::vector<SumUse>> uses_of_sums(const Scene& scene);
// What one of many gets or costs: "up to USD 5,000 to one family", "CHF 640 per participant", "одна станция обходится в 210 млн сумов".
bool is_of_one(const Scene& scene, const Clause& clause, const Literal& money);
// A sum that another in front says in other words or another currency is no sum of its own: "EUR 5 million (five million euros)".
void leave_out_said_again(Scene& scene);
// The tokens that speak of that sum: up to its neighbours and to marks that end a clause.
std::pair<std::uint32_t, std::uint32_t> money_window(const Scene& scene, const Clause& clause, const Literal& money);

// Who gives, for what, by which act.
// `before` is the sum in front of it in the clause, or null.
void find_ends(const Scene& scene, Sum& sum, const Sum* before);
// In the text of an act another act gives the sum only as "allocated by Decree No. 5", "выделенных ранее постановлением № 5".
bool is_given_by(const Scene& scene, const Clause& clause, const Thing& act);
// The years for which a sum is, as properties of its mention: "(2024–2029)", "in 2024–2025", "in 2024"; a single year only behind the sum.
void add_period(const Scene& scene, const Sum& sum, ExtractedMention& mention);
// How far along the sum is; `before` is the sum in front of it, whose verb it may share, or null.
Modality modality_of(const Scene& scene, const Sum& sum, const Sum* before);
std::string_view status_of(Modality modality);
// Of a loan or a grant that names no giver: the one bank or foreign body that its words speak of.
Things lender(const Scene& scene, const Sum& sum);
// Who stands right beside a sum, with nothing but a sign between.
struct BesideSum {
  Things givers, takers;
};
BesideSum beside_sum(const Scene& scene, const Sum& sum);
// English: "KOICA's USD 8 million", "the ADB follows with A", "A, and the Ministry has promised to find it"; the fund that a verb draws on,
// "out of the means of the Fund".
Things giver_with(const Scene& scene, const Sum& sum);
Things fund_behind(const Scene& scene, const Sum& sum);
// English: "USD 11 million disbursed by the Fund", "was promised to X by A".
Things givers_by(const Scene& scene, const Sum& sum);
// "A from the budget and from the Bank B (": a joined source in front of another sum is that one's.
bool opens_next_source(const Scene& scene, const Sum& sum, std::uint32_t cue);
// "from A, B will": a comma alone joins no two.
Things without_next_subject(const Scene& scene, Things givers);
// "10 mln dollarlik «Y» loyihasi", "qiymati 25 mln dollar bo‘lgan «X» loyihasi": the sum is said of what stands right behind; null if not.
const Thing* attributed_work(const Scene& scene, const Sum& sum);
// "a loan that will help to": what the sum is for is told in a clause, and is no thing.
bool has_clause_behind(const Scene& scene, const Sum& sum);
// "provides the Agency with a further A": the body right in front of "with".
bool is_with_sum(const Scene& scene, const Sum& sum, const Thing& body);
// "received USD 20 million under Resolution No. 5", in a text that is no act itself.
void take_act_behind(const Scene& scene, Sum& sum);
// "3 million held in the funds": money that is there already; an act that only speaks of it gives none.
bool is_held(const Scene& scene, const Sum& sum);
// "adopted by Resolution No. 5, to which UNICEF has given A": another than the act gives it.
bool is_told_apart(const Scene& scene, const Sum& sum, const Thing& act);
// It gives or takes that sum.
bool is_end_of(const Scene& scene, const Sum& sum, const Thing& thing);
// "5 млн вносит A, 2 млн — B", "3 млн получит A, 1 млн — B": behind the dash of the second sum stands who does what is said of the first.
void take_gapped(const Scene& scene, Sum& sum, const Sum& before);
// "Правительства Японии, предоставившего A": the body in front of a participle, in whatever case; null if none.
const Thing* giver_of_participle(const Scene& scene, const Clause& clause, const PhraseMatch& verb);
// "X has allocated A, and Y B": the verb is said once.
Things giver_gapped(const Scene& scene, const Sum& sum, const Sum& before);
// "The Ministry shall: 1) allocate A; 2) send B": whom the line above the list orders to give.
Things giver_of_lead(const Scene& scene, const Sum& sum);
// Who gives a sum whose own sentence does not say it: the donors of the page, else whom the lead orders.
Things givers_elsewhere(const Scene& scene, const Sum& sum);
// English: "allocates to the Agency A": the body between verb and sum; null if none.
const Thing* taker_in_front(const Scene& scene, const Sum& sum);
// What the act that the document is approves or founds, where it is one thing.
const Thing* work_of_own_act(Scene& scene);
// The body in front of the sum in its clause that the act founds; null if none.
const Thing* founded_before(const Scene& scene, const Sum& sum, const Thing& act);
// "KOICA's" ends right before the token.
bool is_possessive(const Scene& scene, const Thing& owner, std::uint32_t at);
// "“X” has a budget of A, and “Y” one of B": each sum has its programme in front, and what follows the first is the second's.
const Thing* paired_work(const Scene& scene, const Sum& sum);
// "X Project (A, World Bank)": the programme right in front of the bracket; null if none.
const Thing* bracketed_work(const Scene& scene, const Sum& sum);
// "X is adopted; A is provided for it", "на её реализацию": the programme in front in the clause that a pronoun beside the sum takes up; null
// if none.
const Thing* work_of_pronoun(const Scene& scene, const Sum& sum);
// "The grant is A. It pays for X": what a sentence without a sum says that the sums in front of it are for.
void find_late_works(const Scene& scene, std::vector<Sum>& sums);
// "The project is paid from three sources: A of X; B of Y": the programme in front of the colon; null if none.
const Thing* list_work(const Scene& scene, const Sum& sum);
// "a USD 25 million project", "25 million dollarlik loyiha": the sum is said of what stands behind it.
bool is_of_head(const Scene& scene, const Clause& clause, const Literal& money);
// "Unga ... berildi", "Унинг ускуналарига": what the sentence before is about; null without a pronoun in front.
const Thing* body_of_pronoun(const Scene& scene, const Sum& sum);
// "the authorised capital of the Fund": money to that body, not by it.
void take_charter(const Scene& scene, Sum& sum);
// "of which A for X, B for Y and C for Z": one more part of the list behind the last of `sums`.
bool goes_on_in_parts(const Scene& scene, const std::vector<Sum>& sums, const Sum& sum);
// Sums that add up to another beside them become its parts; a sentence that only says who gives ("The money comes from X") gives
// its giver to the sums in front of it.
void find_parts(Scene& scene, std::vector<Sum>& sums);
// "A, of which B for X, to Y", "allocates A and grants B to Y": what one sum is for the one beside it is for too.
void share_targets(const Scene& scene, std::vector<Sum>& sums);
// "The Bank and Japan gave 20 and 5 million respectively": each sum has its own of the lists that are as long as theirs.
void pair_respectively(Scene& scene, std::vector<Sum>& sums);
void find_late_givers(const Scene& scene, std::vector<Sum>& sums);
// The givers that a project's page names under a label, "Donor: X"; empty unless the sum stands under a label too.
Things page_donors(const Scene& scene, const Clause& clause, const Literal& money);
// The same by the roles that the language marks.
void find_cased_ends(const Scene& scene, Sum& sum, const Sum* before);

}  // namespace policygraph::inline v0::detail::extract
