#include <algorithm>

#include "resolve/candidates.hpp"

// How sure it is that two nodes are one, by what is known of the nodes beside their names.

namespace policygraph::inline v0::detail::resolve {
namespace {

constexpr double kStateUnknown = 0.9;     // a state's body: of which state is not told
constexpr double kCommonWords = 0.85;     // words that may name a kind of thing
constexpr double kFullName = 0.97, kInitialAlone = 0.9;
constexpr double kOfOneState = 0.97;      // the same words, and the state is told of both nodes

bool agrees(const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; }

std::size_t count_words(std::string_view folded) {
  return folded.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(folded, ' ')) + 1;
}

std::string same_name(const std::string& name, bool wants_reason, std::string_view more = {}) {
  if (!wants_reason) return {};
  return std::string("same name '").append(name).append("'").append(more);
}

std::optional<Match> match_acts(const Candidate& a, const Candidate& b) {
  if (a.jurisdiction != b.jurisdiction || a.kind != b.kind) return std::nullopt;
  if (a.date.is_unknown() || b.date.is_unknown()) return std::nullopt;
  if (a.date == b.date) {
    if (a.date.is_day()) return Match{1.0, kActKey, "same jurisdiction, kind, number and date"};
    return Match{0.96, kActKey, "same jurisdiction, kind and number, same " + a.date.to_string()};
  }
  if (within(a.date, b.date) || within(b.date, a.date)) return Match{0.96, kActKey, "same jurisdiction, kind and number, dates that agree"};
  return std::nullopt;
}

bool is_state(const Candidate& node) { return node.kind == "government" || node.kind == "foreign_government"; }
bool is_placed(const Candidate& a, const Candidate& b) { return !a.state().empty() && a.state() == b.state(); }
bool is_told(const Candidate& a, const Candidate& b) { return !a.country.empty() && a.country == b.country; }
/// How a reason goes on where only the documents tell the state.
std::string told_by(const Candidate& a, const Candidate& b) {
  return is_placed(a, b) && !is_told(a, b) ? ", of documents of one state, " + a.state() : std::string();
}

/// "The Union of Banks (UB)" and "the University of Bukhara (UB)": both say what the letters stand for, and it is not the same.
bool are_spelt_apart(const Candidate& a, const Candidate& b) {
  bool is_any = false;
  for (const auto* name : a.names) {
    for (const auto* other : b.names) {
      if (name->form().is_acronym || other->form().is_acronym) continue;
      is_any = true;
      if (name->folded == other->folded || match_names(*name, *other, a.root, false, false).score >= kStateUnknown) return false;
    }
  }
  return is_any;
}

/// Which shared name, and whether it is more than a body's bare kind of name.
std::optional<Match> match_organizations(const Candidate& a, const Candidate& b, const ComparedName& name, bool wants_reason) {
  const auto& shared = name.text;
  if (!agrees(a.state(), b.state())) return std::nullopt;
  if (name.form().is_acronym && name.body == nullptr && are_spelt_apart(a, b))
    return Match{kCommonWords, kSameName, same_name(shared, wants_reason, ", but each spells it otherwise")};
  if ((is_state(a) || is_state(b)) && !is_placed(a, b))
    return Match{kStateUnknown, kSameName, same_name(shared, wants_reason, ", but of which state is not stated")};
  return Match{is_told(a, b) ? 0.99 : kOfOneState, kSameName, same_name(shared, wants_reason, told_by(a, b))};
}

/// A name that both have, whatever its case and marks; null where there is none.
const ComparedName* shared_name(const Candidate& a, const Candidate& b, bool proper_only) {
  for (const auto* name : a.names) {
    if (proper_only && !name->is_proper) continue;
    if (std::ranges::any_of(b.names, [&](const auto* other) { return other == name || other->folded == name->folded; })) return name;
  }
  return nullptr;
}

/// Initials beside a surname are many persons'.
std::optional<Match> match_same_person(const Candidate& a, const Candidate& b, const ComparedName& shared, bool wants_reason) {
  if (count_words(shared.folded) < 2 || are_other_persons(a, b)) return std::nullopt;
  return Match{shared.person().given.is_initial ? kInitialAlone : kFullName, kSameName, same_name(shared.text, wants_reason)};
}

std::optional<Match> match_same_name(const Candidate& a, const Candidate& b, bool wants_reason) {
  const bool is_place = a.root == "Place";
  const auto* shared = shared_name(a, b, !is_place);
  if (shared == nullptr) return std::nullopt;
  if (a.root == "Organization") return match_organizations(a, b, *shared, wants_reason);
  if (is_place && !agrees(a.kind, b.kind)) return std::nullopt;
  if (is_place) return Match{0.99, kSameName, wants_reason ? "same place name '" + shared->text + "'" : std::string()};
  if (a.root == "Programme" && !agrees(a.kind, b.kind)) return std::nullopt;
  if (a.root == "Person") return match_same_person(a, b, *shared, wants_reason);
  return Match{kFullName, kSameName, same_name(shared->text, wants_reason)};
}

/// Sure of names of a kind of things, or of a state's body, only where more than the words says so.
double score_of(const Candidate& a, const Candidate& b, const ComparedName& name, const ComparedName& other, double score) {
  if (a.root == "Place") return score;
  const bool is_body = a.root == "Organization";
  const auto tells = [&](const ComparedName& one) { return is_body ? one.is_particular() : one.is_proper || !one.form().numbers.empty(); };
  if (!tells(name) || !tells(other)) return std::min(score, kCommonWords);
  if (!is_body || !(is_state(a) || is_state(b))) return score;
  if (is_placed(a, b)) return score >= kStateUnknown ? std::max(score, kOfOneState) : score;
  return std::min(score, kStateUnknown);
}

struct BestPair {
  double score = 0;
  const ComparedName* a = nullptr;
  const ComparedName* b = nullptr;
};

/// The likest names of two nodes.
template <class Score>
BestPair best_pair(const Candidate& a, const Candidate& b, Score score) {
  BestPair best;
  for (const auto* name : a.names) {
    for (const auto* other : b.names)
      if (const double found = score(*name, *other); found > best.score) best = {found, name, other};
  }
  return best;
}

/// `rule` is that of the block: initials are compared in theirs alone.
std::optional<Match> match_persons(const Candidate& a, const Candidate& b, std::string_view rule, bool wants_reason) {
  if (are_other_persons(a, b)) return std::nullopt;
  const auto best = best_pair(a, b, [&](const ComparedName& name, const ComparedName& other) {
    if (name.folded == other.folded) return 0.0;
    const auto found = match_names(name, other, "Person", false);
    return found.rule == rule ? found.score : 0.0;
  });
  if (best.a == nullptr) return std::nullopt;
  return Match{best.score, rule, match_names(*best.a, *best.b, "Person", wants_reason).reason};
}

std::optional<Match> match_words(const Candidate& a, const Candidate& b, std::string_view rule, bool wants_reason) {
  const bool is_body = a.root == "Organization";
  if (is_body ? !agrees(a.state(), b.state()) : !agrees(a.kind, b.kind)) return std::nullopt;
  const auto best = best_pair(a, b, [&](const ComparedName& name, const ComparedName& other) {
    if (name.folded == other.folded) return 0.0;
    const auto found = match_names(name, other, a.root, false, rule == kAcronym);
    const bool is_asked = (found.rule == kAcronym) == (rule == kAcronym);
    return is_asked ? score_of(a, b, name, other, found.score) : 0.0;
  });
  if (best.a == nullptr) return std::nullopt;
  auto found = match_names(*best.a, *best.b, a.root, wants_reason);
  if (wants_reason && best.score == kStateUnknown && is_body && !is_placed(a, b)) found.reason += ", but of which state is not stated";
  if (wants_reason && is_body) found.reason += told_by(a, b);
  return Match{best.score, found.rule, std::move(found.reason)};
}

}  // namespace

bool are_other_persons(const Candidate& a, const Candidate& b) {
  return std::ranges::any_of(a.names, [&](const auto* name) {
    return std::ranges::any_of(b.names, [&](const auto* other) { return compare_persons(name->person(), other->person()).is_other; });
  });
}

int completeness(const Candidate& person) {
  int best = 0;
  for (const auto* name : person.names) {
    const auto& parts = name->person();
    if (parts.given.key.empty() || parts.given.is_initial) continue;
    best = std::max(best, parts.patronymic.key.empty() || parts.patronymic.is_initial ? 1 : 2);
  }
  return best;
}

std::optional<Match> match(const Candidate& a, const Candidate& b, std::string_view rule, bool wants_reason) {
  if (a.root != b.root) return std::nullopt;
  if (rule == kActKey) return match_acts(a, b);
  if (rule == kPlaceCode) return Match{1.0, kPlaceCode, "same code " + a.code};
  if (rule == kSameName) return match_same_name(a, b, wants_reason);
  if (a.root == "Person") return match_persons(a, b, rule, wants_reason);
  return match_words(a, b, rule, wants_reason);
}

}  // namespace policygraph::inline v0::detail::resolve
