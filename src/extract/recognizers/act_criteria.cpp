#include "extract/recognizers/act_criteria.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::extract {

std::string_view ActCriteria::role(const Citation& citation) const {
  if (citation.issuer != nullptr) return reading_.entry(*citation.issuer).id;
  return citation.modifier != nullptr ? std::string_view(reading_.entry(*citation.modifier).id) : std::string_view();
}

bool ActCriteria::has_exact_date(const Citation& citation) const {
  return citation.date != nullptr && citation.date->value.from().precision != PartialDate::Precision::year;
}

bool ActCriteria::accepts_series(const Citation& citation) const {
  const ActNumber& number = *citation.number;
  const std::string_view unsure = number.series->field("unsure");
  if (is_thing_of_letters(citation)) return false;
  if (unsure.empty()) return true;
  if (unsure == "noun") return citation.noun != nullptr || number.has_tail;
  return citation.noun != nullptr || citation.date != nullptr || citation.issuer != nullptr || number.has_marker || number.has_tail;
}

// "Flight UP-101", "витамин ПП-2", "PF-200 pump": other things have letters and numbers too.
bool ActCriteria::is_thing_of_letters(const Citation& citation) const {
  const ActNumber& number = *citation.number;
  if (citation.noun != nullptr || citation.date != nullptr || citation.issuer != nullptr || citation.modifier != nullptr) return false;
  std::uint32_t next = number.last;
  if (next < reading_.tokens().size() && reading_.sign(next) == U'-') ++next;
  const bool is_behind = number.first > 0 && reading_.match_over("series_of_things", number.first - 1) != nullptr;
  return is_behind || reading_.match_at("series_of_things", next) != nullptr;
}

bool ActCriteria::accepts_slashed(const Citation& citation) const {
  if (citation.number->jurisdiction == "EU") return true;
  if (citation.noun == nullptr) return false;
  const PackEntry& noun = reading_.entry(*citation.noun);
  return noun.field("system") == "EU" || noun.id == "resolution";
}

// A weak noun ("order", "code") in small letters wants more than a number.
bool ActCriteria::accepts_noun(const Walk& walk, const Citation& citation) const {
  const PackEntry& noun = reading_.entry(*citation.noun);
  if (!citation.number->has_marker && !citation.number->has_tail) return false;
  if (noun.field("weak") != "true" || !noun.field("hint").empty()) return true;
  return walk.is_capitalised(citation.noun->first) || citation.date != nullptr || citation.issuer != nullptr || noun.id == "law";
}

// "45-son shartnoma", "3421-son bilan ro‘yxatga olingan": the number of something else, as the word behind it says.
bool ActCriteria::is_of_other(const Walk& walk, const Citation& citation) const {
  const std::uint32_t next = walk.at(citation.last);
  return walk.has(next) && reading_.match_at("act_follower_blockers", next) != nullptr;
}

bool ActCriteria::accepts_unnumbered(const Walk& walk, const Citation& citation) const {
  const PackEntry& noun = reading_.entry(*citation.noun);
  const bool is_weak = noun.field("weak") == "true", is_capital = walk.is_capitalised(citation.noun->first);
  const bool has_issuer = citation.issuer != nullptr || citation.modifier != nullptr;
  const bool has_title = !citation.title.empty() && begins_as_title(citation.title);
  if (noun.field("system") == "EU") return false;
  if (has_exact_date(citation)) return has_issuer || (!is_weak && is_dated(walk, citation)) || has_title;
  if (has_title && !is_weak && is_quoted(citation.title)) return true;  // a decree “On measures ...”
  if (has_title && has_issuer && (is_capital || is_quoted(citation.title))) return true;
  if (has_title && noun.id == "law" && is_capital) return is_quoted(citation.title) || citation.jurisdiction != nullptr;
  return citation.modifier != nullptr && !is_weak && is_indefinite(walk, citation);
}

// "decree of 5 May", "5-maydagi farmon"; not "The resolution came into force on 5 May".
bool ActCriteria::is_dated(const Walk& walk, const Citation& citation) const {
  const std::string_view before = walk.folded(walk.before(citation.date->first)), last = walk.folded(citation.date->last - 1);
  if (citation.date->first > citation.noun->first) return before == "of" || before == "dated" || before == "от";
  return last.ends_with("dagi") || last.ends_with("даги") || last.ends_with("дағы") || last.ends_with("дегі");
}

// "a Government resolution that allocates ..."
bool ActCriteria::is_indefinite(const Walk& walk, const Citation& citation) const {
  const std::uint32_t article = walk.before(citation.first), follower = walk.at(citation.last);
  return walk.folded(article) == "a" && walk.has(follower) && reading_.match_at("act_indefinite_followers", follower) != nullptr;
}

bool ActCriteria::begins_as_title(Span title) const { return reading_.match_at("act_title_openers", reading_.view().token_at(title.start)) != nullptr; }

bool ActCriteria::is_quoted(Span title) const {
  const std::string_view before = reading_.text().substr(title.start < 4 ? 0 : title.start - 4, std::min<std::uint32_t>(title.start, 4));
  return before.ends_with("“") || before.ends_with("«") || before.ends_with("„") || before.ends_with("\"");
}

}  // namespace policygraph::inline v0::detail::extract
