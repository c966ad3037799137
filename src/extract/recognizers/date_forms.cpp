#include "extract/recognizers/date_forms.hpp"

#include <array>

namespace policygraph::inline v0::detail::extract {
namespace {

std::optional<PartialDate> day_of(int year, int month, int day) {
  if (year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return PartialDate::day(year, month, day);
}

// Digits and what parts them: "05.10.2020" gives {05, 10, 2020}, also "2024. 12. 3". The text is the document from the token on.
struct Groups {
  std::array<std::string_view, 3> digits;
  std::size_t size = 0;  // bytes
  char parted_by = 0;
};

std::optional<Groups> three_groups(std::string_view text) {
  Groups out;
  std::size_t at = 0;
  for (std::size_t group = 0; group < 3; ++group) {
    if (group != 0) {
      if (at >= text.size() || (group == 2 && text[at] != out.parted_by)) return std::nullopt;
      out.parted_by = text[at++];
      if (out.parted_by == '.' && at < text.size() && text[at] == ' ') ++at;
    }
    const std::size_t start = at;
    while (at < text.size() && at < start + 5 && text[at] >= '0' && text[at] <= '9') ++at;
    out.digits[group] = text.substr(start, at - start);
    if (at == start || at == start + 5) return std::nullopt;
  }
  out.size = at;
  return out.parted_by == '.' || out.parted_by == '-' || out.parted_by == '/' ? std::optional(out) : std::nullopt;
}

// Day, month, year in the order that the sizes of the groups tell.
std::optional<PartialDate> date_of(const Groups& groups, float& confidence) {
  const auto number = [&](std::size_t i) { return parse_digits(groups.digits[i]).value_or(0); };
  const auto size = [&](std::size_t i) { return groups.digits[i].size(); };
  if (size(0) == 4 && size(1) <= 2 && size(2) <= 2) {
    if (const auto date = day_of(number(0), number(1), number(2))) return date;
    return groups.parted_by == '.' ? day_of(number(0), number(2), number(1)) : std::nullopt;
  }
  if (size(0) > 2 || size(1) > 2) return std::nullopt;
  if (size(2) == 4) return day_of(number(2), number(1), number(0));
  if (groups.parted_by != '.' || size(0) != 2 || size(1) != 2 || size(2) != 2) return std::nullopt;
  confidence = 0.7F;
  return day_of(2000 + number(2), number(1), number(0));
}

bool is_ordinal_ending(std::string_view word) { return word == "st" || word == "nd" || word == "rd" || word == "th" || word == "е" || word == "го"; }

// "сентябридаги728": the word without the digits run into it.
std::string_view without_digits(std::string_view word) {
  while (!word.empty() && word.back() >= '0' && word.back() <= '9') word.remove_suffix(1);
  return word;
}

}  // namespace

std::optional<int> DateForms::month(std::uint32_t i) const {
  if (!walk_.is_word(i) || walk_.text(i).size() < 3 || walk_.text(i).size() > 40) return std::nullopt;
  const std::string_view word = without_digits(walk_.text(i));
  if (const auto found = language_->month(word)) return found;
  if (const PhraseMatch* match = walk_.reading().match_at("months", i)) return parse_digits(walk_.reading().entry(*match).id);
  return std::nullopt;
}

std::optional<int> DateForms::year(std::uint32_t i) const {
  const auto value = walk_.digits(i, 4);
  return value && *value >= 1900 && *value <= 2100 ? value : std::nullopt;
}

bool DateForms::is_year_word(std::uint32_t i) const { return walk_.has(i) && walk_.reading().match_at("year_words", i) != nullptr; }

std::uint32_t DateForms::over(std::uint32_t i, char32_t sign) const { return walk_.is_sign(i, sign) ? walk_.next(i) : i; }
std::uint32_t DateForms::over_dash(std::uint32_t i) const { return walk_.is_dash(i) ? walk_.next(i) : i; }

std::optional<DateForm> DateForms::numeric(std::uint32_t i) const {
  const std::uint32_t start = walk_.token(i).span.start;
  const auto groups = three_groups(walk_.reading().text().substr(start, 24));
  if (!groups) return std::nullopt;
  const std::uint32_t end = start + static_cast<std::uint32_t>(groups->size);
  std::uint32_t last = i;
  while (walk_.has(last) && walk_.token(last).span.end < end) ++last;
  if (!walk_.has(last) || walk_.token(last).span.end != end) return std::nullopt;
  DateForm out{i, last + 1, {}, 0.95F};
  const auto date = date_of(*groups, out.confidence);
  if (!date) return std::nullopt;
  out.value = *date;
  return out;
}

std::optional<DateForm> DateForms::day_first(std::uint32_t i) const {
  const auto day = walk_.digits(i, 2);
  if (!day) return std::nullopt;
  std::uint32_t at = walk_.next(i);
  if (walk_.is_glued(at) && is_ordinal_ending(walk_.folded(at))) at = walk_.next(at);
  at = over_dash(at);
  if (walk_.folded(at) == "of") at = walk_.next(at);
  const auto named = month(at);
  if (!named) return std::nullopt;
  at = over(over(over_dash(walk_.next(at)), U'.'), U',');
  if (walk_.folded(at) == "of") at = walk_.next(at);
  const auto in = year(at);
  const auto date = in ? day_of(*in, *named, *day) : std::nullopt;
  if (!date) return std::nullopt;
  return DateForm{i, at + 1, *date};
}

std::optional<DateForm> DateForms::month_first(std::uint32_t i, std::uint32_t from) const {
  const auto day = walk_.digits(i, 2);
  std::uint32_t named_at = walk_.before(i);
  if (walk_.is_sign(named_at, U'.')) named_at = walk_.before(named_at);
  const auto named = day && walk_.has(named_at) && named_at >= from ? month(named_at) : std::nullopt;
  if (!named) return std::nullopt;
  std::uint32_t at = walk_.next(i);
  if (walk_.is_glued(at) && is_ordinal_ending(walk_.folded(at))) at = walk_.next(at);
  at = over(at, U',');
  const auto in = year(at);
  const auto date = in ? day_of(*in, *named, *day) : std::nullopt;
  if (!date) return std::nullopt;
  return DateForm{named_at, at + 1, *date};
}

// "2020-yil 5-oktabrdagi", "2021 йил 9 мартдаги", "2017 йил сентябрдаги", "2016 жылғы 20 желтоқсандағы".
std::optional<DateForm> DateForms::year_first(std::uint32_t i) const {
  const auto in = year(i);
  std::uint32_t at = walk_.next(i);
  if (!in) return std::nullopt;
  at = over_dash(at);
  if (!is_year_word(at)) return std::nullopt;
  at = over(walk_.next(at), U'.');
  if (const auto named = month(at)) return DateForm{i, at + 1, PartialDate::month(*in, *named)};
  const auto day = walk_.digits(at, 2);
  if (!day) return std::nullopt;
  at = over_dash(walk_.next(at));
  const auto named = month(at);
  const auto date = named ? day_of(*in, *named, *day) : std::nullopt;
  if (!date) return std::nullopt;
  return DateForm{i, at + 1, *date};
}

std::optional<DateForm> DateForms::month_year(std::uint32_t i, std::uint32_t from) const {
  const auto in = year(i);
  std::uint32_t at = walk_.before(i);
  if (walk_.is_sign(at, U',') || walk_.is_sign(at, U'.')) at = walk_.before(at);
  if (walk_.folded(at) == "of") at = walk_.before(at);
  if (!in || !walk_.has(at) || at < from) return std::nullopt;
  const auto named = month(at);
  if (!named || (*named == 5 && !walk_.is_capitalised(at) && walk_.folded(at) == "may")) return std::nullopt;
  return DateForm{at, i + 1, PartialDate::month(*in, *named)};
}

// "Q1 2024", "first half of 2025": an interval of months.
std::optional<DateForm> DateForms::part_of_year(std::uint32_t i, std::uint32_t from) const {
  const auto in = year(i);
  const std::uint32_t at = walk_.before(i);
  if (!in || !walk_.has(at)) return std::nullopt;
  const PhraseMatch* match = walk_.reading().match_over("date_parts", at);
  if (match == nullptr || match->last != at + 1 || match->first < from) return std::nullopt;
  const PackEntry& entry = walk_.reading().entry(*match);
  const int first = parse_digits(entry.field("first")).value_or(1), last = parse_digits(entry.field("last")).value_or(12);
  return DateForm{match->first, i + 1, PartialDate::interval(PartialDate::month(*in, first), PartialDate::month(*in, last))};
}

std::optional<DateForm> DateForms::year_range(std::uint32_t i) const {
  const auto from = year(i);
  const std::uint32_t joint = walk_.next(i);
  const bool is_joined = walk_.is_dash(joint) || walk_.is_sign(joint, U'/');
  if (!from || !is_joined || is_in_name(i)) return std::nullopt;
  const std::uint32_t at = walk_.next(joint);
  const auto to = year(at);
  if (!to || *to <= *from || (walk_.is_sign(joint, U'/') && *to != *from + 1)) return std::nullopt;
  return DateForm{i, at + 1, PartialDate::interval(PartialDate::year(*from), PartialDate::year(*to))};
}

// "Uzbekistan – 2030", "COP-29": the number belongs to a name.
bool DateForms::is_in_name(std::uint32_t i) const {
  const std::uint32_t dash = walk_.before(i);
  if (!walk_.is_dash(dash)) return false;
  const std::uint32_t at = walk_.before(dash);
  return walk_.is_word(at) || walk_.is_close_quote(at);
}

std::optional<DateForm> DateForms::bare_year(std::uint32_t i) const {
  const auto in = year(i);
  if (!in) return std::nullopt;
  const std::uint32_t before = walk_.before(i), after = walk_.next(i);
  DateForm out{i, i + 1, PartialDate::year(*in)};
  const std::uint32_t word = over_dash(after);
  if (is_year_word(word)) return out;
  if (is_in_name(i) || walk_.is_sign(before, U'№') || walk_.is_sign(before, U'/') || walk_.is_sign(after, U'/') || walk_.is_sign(after, U'%')) return std::nullopt;
  if (walk_.is_glued(after) && walk_.is_word(after)) return std::nullopt;  // "2000s"
  if (before == Walk::kNone && after == Walk::kNone) return out;
  if (walk_.is_sign(before, U'(') && (walk_.is_sign(after, U')') || walk_.is_sign(after, U','))) return out;
  const Reading& reading = walk_.reading();
  const bool is_followed = walk_.is_lower(after) && !language_->is_stop_word(walk_.text(after));
  if (walk_.has(before)) {
    const PhraseMatch* sure = reading.match_over("year_cues", before);
    if (sure != nullptr && sure->last == before + 1) return out;
    const PhraseMatch* weak = reading.match_over("year_cues_weak", before);
    if (weak != nullptr && weak->last == before + 1 && !is_followed) return out;
  }
  // One more of a list of years.
  std::uint32_t listed = before;
  if (walk_.has(listed) && reading.match_at("year_list_words", listed) != nullptr) listed = walk_.before(listed);
  if (walk_.is_sign(listed, U',')) listed = walk_.before(listed);
  if (listed != before && year(listed)) return out;
  return std::nullopt;
}

std::optional<DateForm> DateForms::read(std::uint32_t i, std::uint32_t from) const {
  if (!walk_.is_number(i)) return std::nullopt;
  if (auto form = numeric(i)) return form;
  if (walk_.text(i).size() <= 2) {
    if (auto form = day_first(i)) return form;
    return month_first(i, from);
  }
  if (!year(i)) return std::nullopt;
  if (auto form = year_first(i)) return form;
  if (auto form = month_year(i, from)) return form;
  if (auto form = part_of_year(i, from)) return form;
  if (auto form = year_range(i)) return form;
  return bare_year(i);
}

}  // namespace policygraph::inline v0::detail::extract
