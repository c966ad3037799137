#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "extract/recognizers/tables.hpp"
#include "extract/relations/funding.hpp"
#include "extract/relations/stance.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kAfter = 10;  // tokens behind a sum in which a cue still speaks of it
constexpr std::uint32_t kAfterVerbLast = 40;  // the same where the verb closes the clause
constexpr std::uint32_t kNever = 1000;
constexpr std::uint32_t kBack = 160;   // tokens in front of a sum in which a word that other sums share may stand
constexpr std::uint32_t kVague = 6;    // "in the amount of" tells less than what is counted, so it counts as further away
constexpr std::uint32_t kByLead = 50;   // what only the line above a list tells
constexpr std::uint32_t kLongLine = 32;  // tokens of a line in a list of sources
constexpr std::uint32_t kLongHead = 8;   // tokens of the heading above it
constexpr std::uint32_t kNextSum = 12;  // tokens between two sums that share a verb behind them
constexpr std::uint32_t kToWhole = 8;  // tokens of "Out of the total package of" in front of a whole
constexpr std::uint32_t kToHead = 3;   // tokens between a sum and "project" that it is said of
constexpr std::uint32_t kToWork = 5;   // tokens of "is for the" between a sum and what it is for
constexpr std::uint32_t kToBracket = 3;  // words between a sum and the bracket that says it in another currency
constexpr std::uint32_t kToGiver = 4;  // tokens of ", and the" in front of the next giver of a list

constexpr std::array<std::string_view, 6> kLight{"KZT", "RUB", "JPY", "KRW", "KGS", "INR"};

constexpr std::array<std::string_view, 4> kHeavy{"USD", "EUR", "GBP", "CHF"};  // worth about the same, and more than the others

bool closes_with_verb(const Clause& clause) { return clause.grammar != nullptr && clause.grammar->is_head_last; }

bool is_in_name(const Clause& clause, const PhraseMatch& cue) {
  for (const Thing& thing : Scene::from(clause, cue.first)) {
    if (thing.first > cue.first) return false;
    const bool is_name = has(Root::organization | Root::act | Root::place | Root::person, thing.root);
    if (is_name && cue.last <= thing.last && thing.last - thing.first > cue.last - cue.first) return true;
  }
  return false;
}

bool has_verb(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last) {
  if (scene.cue_in(clause, "funding_verbs", first, last) != nullptr || scene.cue_in(clause, "finite_verbs", first, last) != nullptr) return true;
  const Walk words = scene.walk(clause);
  for (std::uint32_t i = first; clause.grammar != nullptr && i < last; ++i) {
    const std::string_view word = words.folded(i);
    const bool is_past = clause.grammar->is_head_last && (word.ends_with("di") || word.ends_with("ди"));
    if (words.is_word(i) && (is_past || clause.grammar->is_verb(word))) return true;
  }
  return false;
}

// "The contractor pays a penalty, the Bank | gives USD 5 million": on both sides of the last comma a verb. Not "in case of delay, he
// pays", nor "he pays a penalty, but no more than".
bool is_other_statement(const Scene& scene, const Clause& clause, const PhraseMatch& cue, const Literal& money) {
  const Walk words = scene.walk(clause);
  std::uint32_t comma = money.first;
  while (comma > cue.last && !words.is_sign(comma, U',')) --comma;
  if (comma <= cue.first || !words.is_sign(comma, U',')) return false;
  std::uint32_t end = money.last;
  while (end < clause.last && !words.is_sign(end, U',') && !words.is_sign(end, U';')) ++end;
  return has_verb(scene, clause, cue.last, comma) && has_verb(scene, clause, comma, end);
}

// Sums and words of money between them are of one statement: behind a sum no comma and no "and" may stand, in front of it no comma
// with an "and".
bool is_of_statement(const Scene& scene, const Clause& clause, const PhraseMatch& cue, const Literal& money) {
  const bool is_behind = cue.first >= money.last;
  const std::uint32_t first = is_behind ? money.last : cue.last, last = is_behind ? cue.first : money.first;
  if (first >= last) return true;
  if (scene.is_broken(clause, first, last) && is_behind) return false;
  if (std::ranges::any_of(clause.money, [&](const Literal& other) { return other.first >= first && other.last <= last; })) return false;
  if (!is_behind && is_other_statement(scene, clause, cue, money)) return false;
  const Walk words = scene.walk(clause);
  for (std::uint32_t i = first; i < last; ++i) {
    if (words.is_sign(i, U';') || (is_behind && words.is_sign(i, U','))) return false;
    if (scene.has_cue("list_joints", i) && words.is_word(i) && (is_behind || words.is_sign(words.before(i), U','))) return false;
  }
  return true;
}

struct Near {
  std::uint32_t far = kNever;
  const PhraseMatch* cue = nullptr;
};

// The nearest cue of the category in the window and the tokens between it and the sum; a cue behind it counts as further away, but for
// what is counted: "7 trillion in taxes".
Near nearest(const Scene& scene, const Clause& clause, CategoryName category, std::uint32_t from, std::uint32_t to, const Literal& money, bool is_beside_enough = false) {
  Near best;
  for (const PhraseMatch& cue : scene.reading().matches_in(category, from, to)) {
    if (is_in_name(clause, cue)) continue;
    std::uint32_t far = cue.last <= money.first ? money.first - cue.last : cue.first > money.last || !is_beside_enough ? cue.first - money.last + 2 : 0;
    if (cue.first < money.last && cue.last > money.first) far = 0;
    if (!scene.reading().entry(cue).field("vague").empty()) far += kVague;
    if (!scene.reading().entry(cue).field("strong").empty() && is_of_statement(scene, clause, cue, money)) far = 0;  // "pays for each day of delay": a penalty, whatever else is said
    if (cue.first >= money.last && far > (closes_with_verb(clause) ? kAfterVerbLast : kAfter)) continue;
    if (far < best.far) best = {far, &cue};
  }
  return best;
}

bool is_currency_same(const Scene& scene, const Literal& a, const Literal& b) {
  const auto currency = [&](const Literal& money) { return scene.mention(money.mention).value.as_map().find("currency")->second.as_string(); };
  return currency(a) == currency(b);
}

const ValueMap& value_of(const Scene& scene, const Literal& money) { return scene.mention(money.mention).value.as_map(); }

// Whether the two may be worth the same, as far as can be told without a rate.
bool may_be_equal(const Scene& scene, const Literal& a, const Literal& b) {
  const auto amount = [&](const Literal& money) { return value_of(scene, money).find("amount")->second.as_decimal(); };
  const auto is_heavy = [&](const Literal& money) { return std::ranges::find(kHeavy, value_of(scene, money).find("currency")->second.as_string()) != kHeavy.end(); };
  if (is_heavy(a) != is_heavy(b)) return is_heavy(a) ? amount(b) > amount(a) : amount(a) > amount(b);
  const Decimal least = std::min(amount(a), amount(b)), most = std::max(amount(a), amount(b));
  return !is_heavy(a) || most * Decimal(2) <= least * Decimal(3);
}

// "EUR 195 million, or about USD 220 million": of another currency behind a word that says so.
bool says_again_in_line(const Scene& scene, const Clause& clause, const Literal& before, const Literal& money) {
  const Walk words = scene.walk(clause);
  bool is_told = false, is_sure = false;  // a bare "or" may as well stand between two offers
  for (std::uint32_t i = before.last; i < money.first; ++i) {
    const PhraseMatch* word = scene.reading().match_at("again_words", i);
    const bool is_again = word != nullptr;
    is_sure = is_sure || scene.has_cue("comparators", i) || (is_again && scene.reading().entry(*word).field("vague").empty());
    if (!is_again && !words.is_sign(i, U',') && !words.is_sign(i, U'.') && !words.is_sign(i, U')') && !scene.has_cue("comparators", i) && !scene.has_cue("equal_words", i)) return false;
    is_told = is_told || is_again;
  }
  return is_told && !is_currency_same(scene, before, money) && (is_sure || may_be_equal(scene, before, money));
}

// "EUR 32.5 million (about USD 34.8 million)": in brackets behind a sum, and of another currency; or the same in words.
bool says_again(const Scene& scene, const Clause& clause, const Literal& before, const Literal& money) {
  if (before.last <= money.first && says_again_in_line(scene, clause, before, money)) return true;
  const Walk words = scene.walk(clause);
  std::uint32_t open = words.at(before.last);
  for (std::uint32_t steps = 0; steps < kToBracket && words.is_word(open); ++steps) open = words.next(open);  // "50 mln dollarlik kredit liniyasi ("
  if (before.last > money.first || !words.is_sign(open, U'(')) return false;
  if (is_currency_same(scene, before, money) && value_of(scene, before).find("amount")->second != value_of(scene, money).find("amount")->second) return false;
  for (std::uint32_t i = open + 1; i < money.first; ++i) {
    if (!scene.has_cue("comparators", i) && !scene.has_cue("equal_words", i) && !words.is_sign(i, U'.')) return false;
  }
  std::uint32_t close = words.at(money.last);
  while (scene.has_cue("equal_words", close)) close = words.next(close);  // "1,8 trln so‘mga teng"
  return words.is_sign(close, U')');
}

// The sum goes on to the end of what says it again, unless words that tell of it stand between.
std::uint32_t end_of_again(const Scene& scene, const Clause& clause, const Literal& before, const Literal& money) {
  const Walk words = scene.walk(clause);
  std::uint32_t close = words.at(money.last);
  const bool is_open = words.is_sign(words.at(before.last), U'(');
  if (!is_open && words.is_word(words.at(before.last)) && !scene.has_cue("again_words", words.at(before.last))) return before.last;
  while (is_open && scene.has_cue("equal_words", close)) close = words.next(close);
  return is_open && words.is_sign(close, U')') ? close + 1 : money.last;
}

// What a thing costs rather than what a work does: "a dose costs 7 dollars". A unit of some currencies buys little.
bool is_price(const Scene& scene, const Literal& money, const PhraseMatch& cue) {
  if (scene.reading().entry(cue).field("price").empty()) return false;
  const ValueMap& value = scene.mention(money.mention).value.as_map();
  const std::string& currency = value.find("currency")->second.as_string();
  const auto is_light = [&](std::string_view one) { return one == currency; };
  const bool is_uzs = currency == "UZS";
  const std::int64_t most = is_uzs ? 10'000'000 : std::ranges::any_of(kLight, is_light) ? 1'000'000 : 10'000;
  return value.find("amount")->second.as_decimal() < Decimal(most);
}

// "UZS 500 billion for the X Programme", "500 mlrd so‘m «X» dasturiga": what it is for stands right beside.
bool is_for_work(const Scene& scene, const Clause& clause, const Literal& money) {
  const Thing* after = scene.after(clause, money.last, Root::programme, kToWork);
  if (after != nullptr && clause.grammar == nullptr) return scene.word_before(clause, after->first, "funding_purposes") != Walk::kNone;
  const auto takes = [](const Thing* work) { return work != nullptr && (work->role == Role::goal || work->role == Role::purpose || work->role == Role::recipient); };
  if (takes(after)) return true;
  return clause.grammar != nullptr && clause.grammar->is_head_last && takes(scene.before(clause, money.first, Root::programme, kToWork));
}

// "USD 6 million from the OPEC Fund", "KOICA's USD 8 million": who gives stands right beside, and no word is needed.
bool is_given(const Scene& scene, const Clause& clause, const Literal& money) {
  const Walk words = scene.walk(clause);
  if (scene.reading().match_at("donor_labels", clause.first) != nullptr) return true;
  const Thing* owner = scene.before(clause, money.first, Root::organization, 1);
  if (owner != nullptr && is_possessive(scene, *owner, money.first)) return true;
  if (is_of_head(scene, clause, money)) return true;
  std::uint32_t from = words.at(money.last);
  if (words.is_word(from) && words.folded(from).ends_with("ly")) from = words.next(from);  // "USD 2 million additionally from"
  const Thing* giver = words.folded(from) == "from" ? scene.after(clause, from + 1, Root::organization, 2) : nullptr;
  if (giver != nullptr || is_for_work(scene, clause, money)) return true;
  Sum sum;  // "X Project (A, World Bank)"
  sum.clause = &clause;
  sum.money = money;
  if (bracketed_work(scene, sum) != nullptr) return true;
  const std::uint32_t dash = words.before(money.first);  // "the ADB — 70 million"
  const Thing* lender = words.is_dash(dash) || words.is_sign(dash, U':') ? scene.before(clause, dash, Root::organization, 0) : nullptr;
  const std::string kind = lender == nullptr ? std::string() : scene.property(lender->mention, "kind");
  return kind == "multilateral" || kind == "foreign_government";
}

// "(A) and the Bank (": nothing between two sums but a body, the next one's giver, and what joins it.
bool is_listed_before(const Scene& scene, const Clause& clause, const Literal& money, const Literal& next) {
  const Walk words = scene.walk(clause);
  const std::uint32_t close = words.at(money.last);
  if (!words.is_sign(close, U')') && !words.is_sign(close, U',')) return false;
  const Thing* giver = scene.after(clause, close + 1, Root::organization | Root::place, kToGiver);
  if (giver == nullptr || giver->last >= next.first) return false;
  for (std::uint32_t i = close + 1; i < giver->first; ++i) {
    if (!words.is_sign(i, U',') && !scene.has_cue("list_joints", i) && !scene.has_cue("determiners", i)) return false;
  }
  const std::uint32_t open = words.at(giver->last);
  if (!words.is_sign(open, U'(') && !words.is_dash(open)) return false;
  for (std::uint32_t i = open + 1; i < next.first; ++i) {
    if (!scene.has_cue("comparators", i)) return false;
  }
  return true;
}

// "the USD 200 million Rural Roads Project"
bool is_work_behind(const Scene& scene, const Clause& clause, const Literal& money) {
  const Walk words = scene.walk(clause);
  const Thing* work = scene.after(clause, money.last, Root::programme, 0);
  return work != nullptr && words.is_word(work->first) && scene.has_cue("articles", words.before(money.first));
}

}  // namespace

bool is_of_head(const Scene& scene, const Clause& clause, const Literal& money) {
  const Walk words = scene.walk(clause);
  const std::uint32_t own_last = scene.reading().view().token_at(scene.mention(money.mention).span.end) - 1;  // a sum said again follows
  const std::string_view last = words.folded(own_last);
  const bool is_attribute = closes_with_verb(clause) ? last.ends_with("lik") || last.ends_with("лик") : clause.grammar == nullptr;
  std::uint32_t at = words.at(money.last);
  if (clause.grammar == nullptr && is_work_behind(scene, clause, money)) return true;
  for (std::uint32_t steps = 0; is_attribute && steps <= kToHead && words.is_word(at); ++steps, at = words.next(at)) {
    if (scene.has_cue("sum_heads", at)) return true;
    if (scene.has_cue("prepositions", at) || scene.has_cue("finite_verbs", at)) return false;
  }
  return false;
}

std::pair<std::uint32_t, std::uint32_t> money_window(const Scene& scene, const Clause& clause, const Literal& money) {
  std::uint32_t from = clause.first, to = clause.last;
  const bool may_be_replaced = (clause.categories & (Reading::bit("change_words") | Reading::bit("replacing"))) != 0;
  for (const Literal& other : clause.money) {
    if (may_be_replaced && is_replaced(scene, clause, other)) continue;  // "A instead of B for X"
    if (other.last <= money.first) from = std::max(from, other.last);
    if (other.first >= money.last) to = std::min(to, other.first);
  }
  const Walk words = scene.walk(clause);
  for (std::uint32_t i = money.first; i-- > from;) {
    if (words.is_sign(i, U';')) from = i + 1;
  }
  for (std::uint32_t i = money.last; i < to; ++i) {
    if (words.is_sign(i, U';')) to = i;
  }
  const bool is_followed = to < clause.last && std::ranges::find(clause.money, to, &Literal::first) != clause.money.end();
  if (const PhraseMatch* part = is_followed ? scene.cue_in(clause, "funding_components", money.last, to) : nullptr) to = part->first;  // "including a loan of"
  return {from, to};
}

namespace {

// Reads the sums of a clause in two passes: by the words about each, then by those of the next sum, whose verb may serve both.
class Uses {
 public:
  Uses(const Scene& scene, const Clause& clause) : scene_(scene), clause_(clause) {}

  std::vector<SumUse> read() {
    std::vector<std::optional<MoneyUse>> told;
    std::vector<SumUse> out;
    for (const Literal& money : clause_.money) {
      told.push_back(own(money));
      out.push_back({MoneyUse::nothing, out.size(), false});
    }
    for (std::size_t i = told.size(); i-- > 0;) {
      const bool has_next = i + 1 < told.size();
      const bool is_shared = has_next && !told[i] && told[i + 1] == MoneyUse::funding && shares_next(clause_.money[i], clause_.money[i + 1]);
      if (is_shared) told[i] = MoneyUse::funding;
      out[i].is_borrowed = is_shared;
      if ((is_shared && !opens_whole(clause_.money[i])) || (has_next && is_listed_before(scene_, clause_, clause_.money[i], clause_.money[i + 1]))) out[i].last = out[i + 1].last;
      out[i].use = told[i].value_or(MoneyUse::nothing);
    }
    return out;
  }

 private:
  struct Cues {
    Near funding, measure, nothing;
    bool are_none() const { return std::min({funding.far, measure.far, nothing.far}) == kNever; }
  };

  Cues cues(std::uint32_t from, std::uint32_t to, const Literal& money) const {
    return {nearest(scene_, clause_, "funding_cues", from, to, money), nearest(scene_, clause_, "money_measures", from, to, money, true), nearest(scene_, clause_, "money_nothing", from, to, money, true)};
  }

  // By the words of its window; else by those in front, "contributes 40 million, of which 26 million"; else, where verbs come last, by
  // those behind, "A so‘m, B so‘m ajratilsin".
  Cues cues_of(const Literal& money) const {
    const auto [from, to] = money_window(scene_, clause_, money);
    Cues out = cues(from, to, money);
    if (out.are_none() && from > clause_.first) out = cues(std::max(clause_.first, from > kBack ? from - kBack : 0), to, money);
    if (out.are_none() && closes_with_verb(clause_)) {
      out = cues(from, clause_.last, money);
      out.nothing = {};
    }
    return out;
  }

  bool is_unread(const Literal& money) const {
    if (scene_.mention(money.mention).extractor == kTableExtractor) return true;  // table_sums.cpp
    const Walk words = scene_.walk(clause_);
    const std::uint32_t open = words.before(money.first), close = words.at(money.last);
    if ((words.is_open_quote(open) || words.is_sign(open, U'"')) && (words.is_close_quote(close) || words.is_sign(close, U'"'))) return true;  // the words "USD 3 million"
    return clause_.zone == Zone::reference || clause_.zone == Zone::keywords || scene_.is_quoted(money.first);
  }

  // Nothing where no word tells.
  std::optional<MoneyUse> own(const Literal& money) const {
    if (is_unread(money) || is_of_one(scene_, clause_, money)) return MoneyUse::nothing;
    Cues found = cues_of(money);
    if (found.are_none() && is_given(scene_, clause_, money)) return MoneyUse::funding;
    const Clause* lead = scene_.lead(clause_);
    if (lead != nullptr && scene_.cue_in(*lead, "target_leads", lead->first, lead->last) != nullptr) return MoneyUse::measure;
    if (lead != nullptr && found.funding.far == kNever && found.measure.far == kNever) {
      const bool leads = scene_.cue_in(*lead, "funding_cues", lead->first, lead->last) != nullptr || scene_.cue_in(*lead, "funding_parts_lead", lead->first, lead->last) != nullptr;
      found.funding.far = leads ? kByLead : kNever;
    }
    if (found.are_none() && is_line_of_sources(money)) return MoneyUse::funding;
    if (found.are_none()) return std::nullopt;
    if (is_within(found.measure, found.funding)) found.measure = {};  // "zaxiralab qo‘ydi" is no reserve
    if (is_within(found.nothing, found.funding)) found.nothing = {};
    if (is_within(found.funding, found.measure)) found.funding = {};  // "доходы бюджета"
    if (found.funding.cue != nullptr && is_price(scene_, money, *found.funding.cue)) return MoneyUse::nothing;
    if (found.nothing.far < kNever && found.nothing.far <= std::min(found.funding.far, found.measure.far)) return MoneyUse::nothing;
    if (found.measure.far < kNever && found.measure.far < found.funding.far) return MoneyUse::measure;
    return found.funding.far < kNever ? MoneyUse::funding : MoneyUse::nothing;
  }

  // "Government of Japan      USD 31.20 million" below "FINANCING": a line that ends with its sum.
  bool is_line_of_sources(const Literal& money) const {
    if (clause_.heading == kNoMention || clause_.zone == Zone::heading || clause_.last - clause_.first > kLongLine || money.last + 1 < clause_.last) return false;
    const Clause& heading = scene_.clauses()[clause_.heading];
    return heading.last - heading.first <= kLongHead && scene_.cue_in(heading, "giving_words", heading.first, heading.last) != nullptr;
  }

  static bool is_within(const Near& one, const Near& other) {
    return one.cue != nullptr && other.cue != nullptr && one.cue->first >= other.cue->first && one.cue->last <= other.cue->last && one.cue->last - one.cue->first < other.cue->last - other.cue->first;
  }

  // "Of the UZS 200 billion, A is for X": the whole of what follows.
  bool opens_whole(const Literal& money) const {
    return money.first <= clause_.first + kToWhole && scene_.has_cue("whole_openers", clause_.first);
  }

  // "in 2024 A and in 2025 B shall be allocated"
  bool shares_next(const Literal& money, const Literal& next) const {
    if (is_unread(money)) return false;
    return next.first <= money.last + kNextSum && !scene_.is_broken(clause_, money.last, next.first) && scene_.cue_in(clause_, "finite_verbs", money.last, next.first) == nullptr;
  }

  const Scene& scene_;
  const Clause& clause_;
};

}  // namespace

void leave_out_said_again(Scene& scene) {
  for (std::size_t at = 0; at < scene.clauses().size(); ++at) {
    const Clause& clause = scene.clauses()[at];
    if (clause.money.size() < 2) continue;
    std::vector<Literal> out{clause.money.front()};
    for (std::size_t i = 1; i < clause.money.size(); ++i) {
      const Literal& money = clause.money[i];
      const bool is_table = scene.mention(money.mention).extractor == kTableExtractor;
      if (is_table || !says_again(scene, clause, out.back(), money)) {
        out.push_back(money);
        continue;
      }
      out.back().last = end_of_again(scene, clause, out.back(), money);
    }
    scene.set_money(at, std::move(out));
  }
}

std::vector<std::vector<SumUse>> uses_of_sums(const Scene& scene) {
  std::vector<std::vector<SumUse>> out(scene.clauses().size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!scene.clauses()[i].money.empty()) out[i] = Uses(scene, scene.clauses()[i]).read();
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::extract
