#include <algorithm>

#include "extract/relations/funding.hpp"

// The giver, or the taker, that stands right beside a sum with nothing but a sign between: "the World Bank (USD 5 million)", "$250,000
// (Steppe Soft)", "ADB — 93 million", "60 billion — own funds of the bank". Words of the clause, its lead or its heading tell which of
// the two it is.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kLabelWords = 4;   // tokens between the body and the sum, and in front of the body
constexpr std::uint32_t kSourceWords = 6;  // tokens of "a credit line of the" in front of the body
constexpr std::uint32_t kLine = 32;        // tokens of a line of a list
constexpr int kMostComparators = 3;
constexpr std::uint32_t kBehindBy = 8;     // tokens behind a sum in which "by" still speaks of it
constexpr std::uint32_t kFarBy = 24;      // the same behind a passive verb
constexpr std::uint32_t kToFund = 14;      // tokens between a sum and the fund that it is drawn from
constexpr Root kGivers = Root::organization | Root::place;

class Beside {
 public:
  Beside(const Scene& scene, const Sum& sum) : scene_(scene), clause_(*sum.clause), words_(scene.walk(clause_)), sum_(sum) {}

  BesideSum find() const {
    BesideSum out;
    bool needs_word = true;
    const Thing* body = before_bracket();
    if (body == nullptr) body = in_bracket();
    if (body == nullptr) body = label_before();
    if (body == nullptr) body = column_before();
    if (body == nullptr && (body = behind_dash()) != nullptr) needs_word = false;
    if (body == nullptr && (body = behind_comma()) != nullptr) needs_word = false;
    if (body == nullptr) return out;
    const bool gives = is_told("giving_words"), takes = is_told("taking_words");
    if (takes && !gives && body->root == Root::organization) out.takers = {body};
    else if (gives || !needs_word || is_lender(*body)) out.givers = {body};
    return out;
  }

 private:
  bool is_told(CategoryName category) const {
    if (scene_.cue_in(clause_, category, clause_.first, clause_.last) != nullptr) return true;
    if (const Clause* lead = scene_.lead(clause_); lead != nullptr && scene_.cue_in(*lead, category, lead->first, lead->last) != nullptr) return true;
    if (clause_.heading == kNoMention) return false;
    const Clause& heading = scene_.clauses()[clause_.heading];
    return scene_.cue_in(heading, category, heading.first, heading.last) != nullptr;
  }

  bool is_lender(const Thing& body) const {
    const std::string kind = scene_.property(body.mention, "kind");
    return kind == "multilateral" || kind == "foreign_government";
  }

  bool may_give(const Thing& thing) const {
    if (thing.root == Root::place && scene_.property(thing.mention, "kind") != "country") return false;
    return !scene_.is_quoted(thing.first);
  }

  // "(A, World Bank)"
  const Thing* behind_comma() const {
    const std::uint32_t comma = words_.at(sum_.money.last);
    if (!words_.is_sign(comma, U',') || bracketed_work(scene_, sum_) == nullptr) return nullptr;
    const Thing* body = scene_.after(clause_, comma + 1, kGivers, 2);
    return body != nullptr && may_give(*body) && words_.is_sign(words_.at(body->last), U')') ? body : nullptr;
  }

  // Only signs, or an acronym in brackets, stand between.
  bool is_next_to(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i) {
      if (words_.is_word(i) && !words_.token(i).is_upper) return false;
      if (words_.is_number(i) || words_.is_sign(i, U',') || words_.is_sign(i, U';')) return false;
    }
    return true;
  }

  // The sign in front of the sum, past "about", "some".
  std::uint32_t sign_before() const {
    std::uint32_t at = words_.before(sum_.money.first);
    for (int steps = 0; steps < kMostComparators && words_.is_word(at) && scene_.has_cue("comparators", at); ++steps) at = words_.before(at);
    return at;
  }

  const Thing* before_bracket() const {
    const std::uint32_t open = sign_before();
    if (!words_.is_sign(open, U'(')) return nullptr;
    const Thing* body = scene_.before(clause_, open, kGivers, kLabelWords);
    return body != nullptr && body->last >= sum_.from && may_give(*body) && is_next_to(body->last, open) ? body : nullptr;
  }

  const Thing* in_bracket() const {
    const std::uint32_t open = words_.at(sum_.money.last);
    if (!words_.is_sign(open, U'(')) return nullptr;
    const Thing* body = scene_.after(clause_, open + 1, kGivers, 3);
    if (body == nullptr || !may_give(*body)) return nullptr;
    std::uint32_t close = words_.at(body->last);
    while (words_.has(close) && words_.is_close_quote(close)) close = words_.next(close);
    return words_.is_sign(close, U')') ? body : nullptr;
  }

  bool is_mark(std::uint32_t at) const { return words_.is_dash(at) || words_.is_sign(at, U':'); }

  // "the ADB: USD 5 million", "средства АБР — 93,0 млн": the body opens its part of the line.
  const Thing* label_before() const {
    const Thing* body = scene_.before(clause_, sum_.money.first, kGivers, 2 * kLabelWords);
    if (body == nullptr || body->last < sum_.from || !may_give(*body)) return nullptr;
    std::uint32_t mark = body->last;
    while (mark < sum_.money.first && !is_mark(mark)) ++mark;
    if (mark >= sum_.money.first || !is_next_to(body->last, mark) || sum_.money.first > mark + kLabelWords) return nullptr;
    return scene_.cue_in(clause_, "finite_verbs", mark, sum_.money.first) == nullptr && opens_part(*body) ? body : nullptr;
  }

  // "Technical assistance: Japan Fund      US$ 1.50 million": a line of a list of sources, where nothing stands between.
  const Thing* column_before() const {
    const Thing* body = clause_.last - clause_.first <= kLine ? scene_.before(clause_, sum_.money.first, kGivers, 0) : nullptr;
    if (body == nullptr || body->last < sum_.from || !may_give(*body) || sum_.money.last + 1 < clause_.last || !opens_part(*body)) return nullptr;
    return clause_.heading != kNoMention && clause_.grammar == nullptr && scene_.cue_in(clause_, "finite_verbs", clause_.first, clause_.last) == nullptr ? body : nullptr;
  }

  bool opens_part(const Thing& body) const {
    std::uint32_t at = body.first;
    for (std::uint32_t steps = 0; steps < kLabelWords; ++steps) {
      const std::uint32_t before = words_.before(at);
      if (!words_.has(before) || words_.is_sign(before, U',') || words_.is_sign(before, U';') || words_.is_sign(before, U':') || words_.is_sign(before, U'.') || is_mark(before) || scene_.has_cue("list_joints", before)) return true;
      if (words_.is_number(before) || scene_.has_cue("finite_verbs", before)) return false;
      at = before;
    }
    return false;
  }

  // "350 billion — from the Fund", "25 million — a credit line of the ADB"
  const Thing* behind_dash() const {
    const std::uint32_t mark = words_.at(sum_.money.last);
    if (!words_.is_dash(mark)) return nullptr;
    const Thing* body = scene_.after(clause_, mark + 1, kGivers, kSourceWords);
    if (body == nullptr || body->first >= sum_.to || !may_give(*body)) return nullptr;
    const bool is_source = scene_.cue_in(clause_, "table_sources", mark, body->first) != nullptr || scene_.cue_in(clause_, "funding_sources", mark, body->first) != nullptr ||
                           body->role == Role::source;
    return is_source || (body->first <= mark + 2 && is_told("giving_words")) ? body : nullptr;
  }

  const Scene& scene_;
  const Clause& clause_;
  Walk words_;
  const Sum& sum_;
};

}  // namespace

const Thing* bracketed_work(const Scene& scene, const Sum& sum) {
  const Clause& clause = *sum.clause;
  const Walk words = scene.walk(clause);
  std::uint32_t open = words.before(sum.money.first);
  for (int steps = 0; steps < kMostComparators && words.is_word(open) && scene.has_cue("comparators", open); ++steps) open = words.before(open);
  if (!words.is_sign(open, U'(')) return nullptr;
  const Thing* work = scene.before(clause, open, Root::programme, 2);
  if (work == nullptr) return nullptr;
  for (std::uint32_t i = work->last; i < open; ++i) {
    if (!words.is_close_quote(i) && words.sign(i) != U'"' && !scene.has_cue("programme_heads", i)) return nullptr;
  }
  return work;
}

Things giver_with(const Scene& scene, const Sum& sum) {
  const Clause& clause = *sum.clause;
  const Walk words = scene.walk(clause);
  const Thing* owner = scene.before(clause, sum.money.first, kGivers, 1);
  if (owner != nullptr && owner->last >= sum.from && is_possessive(scene, *owner, sum.money.first)) return {owner};
  const std::uint32_t before = words.before(sum.money.first);
  const Thing* other = scene.before(clause, sum.money.first, kGivers, 2);  // "the contribution of X is A, that of Y B"
  if (other != nullptr && other->last >= sum.from) {
    const std::uint32_t of = scene.word_before(clause, other->first, "funding_kind_of");
    if (of != Walk::kNone && words.folded(words.before(of)) == "that") return {other};
  }
  const Thing* giver = words.folded(before) == "with" ? scene.before(clause, before, Root::organization, 3) : nullptr;
  if (giver != nullptr && !giver->is_adjunct && giver->last >= sum.from) return {giver};
  const PhraseMatch* cue = scene.cue_in(clause, "giving_it", sum.money.last, sum.to);
  giver = cue == nullptr ? nullptr : scene.before(clause, cue->first, Root::organization, 4);
  return giver == nullptr || giver->first < sum.money.last ? Things{} : Things{giver};
}

Things giver_gapped(const Scene& scene, const Sum& sum, const Sum& before) {
  const Clause& clause = *sum.clause;
  const bool is_given = !before.providers.empty() || scene.cue_in(clause, "funding_verbs", clause.first, before.money.first) != nullptr;
  const Thing* body = is_given ? scene.before(clause, sum.money.first, kGivers, 0) : nullptr;
  if (body == nullptr || body->first < sum.from || body->is_adjunct) return {};
  const Walk words = scene.walk(clause);
  std::uint32_t joint = words.before(body->first);
  if (scene.has_cue("articles", joint)) joint = words.before(joint);
  const bool is_joined = joint >= sum.from && words.has(joint) && (words.is_sign(joint, U',') || scene.has_cue("list_joints", joint));
  return is_joined ? Things{body} : Things{};
}

Things givers_by(const Scene& scene, const Sum& sum) {
  const Clause& clause = *sum.clause;
  const Walk words = scene.walk(clause);
  const std::uint32_t to = std::min(sum.to, sum.money.last + kFarBy);
  bool is_passive = false;  // "was promised to X by A"
  for (std::uint32_t i = sum.money.last; i < to; ++i) {
    const std::uint32_t next = words.next(i), before = words.before(i);
    is_passive = is_passive || (scene.has_cue("funding_passive", i) && (scene.has_cue("funding_verbs", next) || scene.has_cue("funding_cues", next)));
    if (words.folded(i) != "by" || scene.is_quoted(i) || (!is_passive && i >= sum.money.last + kBehindBy)) continue;
    const bool is_of_sum = is_passive || i == words.at(sum.money.last) || scene.has_cue("funding_cues", before) || scene.has_cue("funding_verbs", before);
    if (!is_of_sum) continue;
    Things givers = scene.list_after(clause, i + 1, kGivers, 3);
    std::erase_if(givers, [&](const Thing* one) { return one->root == Root::place && scene.property(one->mention, "kind") != "country"; });
    if (!givers.empty()) return givers;
  }
  return {};
}

bool opens_next_source(const Scene& scene, const Sum& sum, std::uint32_t cue) {
  const Walk words = scene.walk(*sum.clause);
  const std::uint32_t before = words.before(cue);
  const bool is_joined = words.has(before) && before >= sum.money.last && (scene.has_cue("list_joints", before) || words.is_sign(before, U','));
  return is_joined && sum.to < sum.clause->last && words.is_sign(words.before(sum.to), U'(');
}

Things without_next_subject(const Scene& scene, Things givers) {
  if (givers.size() != 2) return givers;
  for (std::uint32_t i = givers[0]->last; i < givers[1]->first; ++i) {
    if (scene.has_cue("list_joints", i)) return givers;
  }
  givers.pop_back();
  return givers;
}

const Thing* attributed_work(const Scene& scene, const Sum& sum) {
  const Walk words = scene.walk(*sum.clause);
  const std::string_view word = words.folded(sum.money.last - 1);
  const bool is_attribute = word.ends_with("lik") || word.ends_with("лик") || scene.has_cue("sum_attributes", words.at(sum.money.last));
  const Thing* work = is_attribute ? scene.after(*sum.clause, sum.money.last, Root::programme | Root::event, 2) : nullptr;
  return work != nullptr && work->first < sum.to ? work : nullptr;
}

Things fund_behind(const Scene& scene, const Sum& sum) {
  const Clause& clause = *sum.clause;
  const PhraseMatch* cue = scene.cue_in(clause, "funding_from_funds", sum.money.last, std::min(sum.to, sum.money.last + kToFund));
  const Thing* fund = cue == nullptr ? nullptr : scene.after(clause, cue->last, Root::organization, 2);
  return fund == nullptr || fund->first >= sum.to ? Things{} : Things{fund};
}

BesideSum beside_sum(const Scene& scene, const Sum& sum) { return Beside(scene, sum).find(); }

}  // namespace policygraph::inline v0::detail::extract
