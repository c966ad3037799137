#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/recognizers/date_forms.hpp"
#include "extract/recognizers/recognizers.hpp"

// Dates become literals with a partial date: "from 2017 to 2025" is 2017/2025, "by 2029" ../2029, "since 2020" 2020/.. .
// Dates without a year ("5 February", "last year") stay unresolved and are no mention; where nothing tells which year is meant, the first
// is reported (DATE_WITHOUT_ANCHOR).
namespace policygraph::inline v0::detail::extract {
namespace {

bool ends_with(std::string_view text, std::string_view ending) { return text.size() > ending.size() && text.ends_with(ending); }

constexpr int kLeapYear = 2024, kLeastLast = 29;  // the least day that a month lacks
constexpr std::size_t kMostImpossible = 20;       // of one document

// Days that a text tells by another day: without one, nobody knows which they are.
struct Unanchored {
  Span first;
  std::size_t count = 0;
  std::size_t impossible = 0;
  bool has_anchor = false;

  void add(Span span) noexcept {
    if (count++ == 0) first = span;
  }
};

class SentenceDates {
 public:
  SentenceDates(const Reading& reading, const Sentence& sentence)
      : reading_(reading), walk_(reading, sentence), forms_(walk_, reading.language(sentence)), numbers_(reading.numbers_in(sentence.first, sentence.last)) {}

  void run(Extraction& out, Unanchored& unanchored) {
    if (numbers_.empty()) return note_relative(unanchored);
    collect();
    for (const DateForm& form : found_) unanchored.has_anchor |= form.value.is_day();
    note_days(unanchored, out);
    join_ends();
    for (DateForm& form : found_) open_ends(form);
    for (const DateForm& form : found_) emit(form, out);
  }

 private:
  void collect() {
    std::uint32_t from = walk_.first();
    for (const std::uint32_t i : numbers_) {
      const auto form = i >= from ? forms_.read(i, from) : std::nullopt;
      if (!form) continue;
      found_.push_back(*form);
      from = form->last;
    }
  }

  void note_relative(Unanchored& unanchored) const {
    if (unanchored.has_anchor) return;
    for (const PhraseMatch& match : reading_.matches_in("date_relative", walk_.first(), walk_.last())) unanchored.add(reading_.span(match));
  }

  // "5 October", "October 5", and "last year"; days that no month has.
  void note_days(Unanchored& unanchored, Extraction& out) const {
    note_relative(unanchored);
    for (const std::uint32_t i : numbers_) {
      const auto day = walk_.digits(i, 2);
      const bool may_be = day && *day >= (unanchored.has_anchor ? kLeastLast : 1) && *day <= 31;
      if (!may_be || is_in_date(i)) continue;
      const std::uint32_t before = walk_.before(i), after = walk_.next(i);
      const std::uint32_t behind = walk_.is_dash(after) || walk_.folded(after) == "of" ? walk_.next(after) : after;
      if (const auto month = walk_.is_capitalised(before) ? forms_.month(before) : std::nullopt) note_day({before, i + 1}, *day, *month, unanchored, out);
      else if (const auto named = walk_.has(behind) && !is_modal(behind) ? forms_.month(behind) : std::nullopt) note_day({i, behind + 1}, *day, *named, unanchored, out);
    }
  }

  struct Tokens {
    std::uint32_t first = 0, last = 0;
  };

  void note_day(Tokens tokens, int day, int month, Unanchored& unanchored, Extraction& out) const {
    const std::uint32_t sign = walk_.at(tokens.last), next = walk_.is_sign(sign, U',') ? walk_.next(sign) : sign;
    const auto year = walk_.digits(next, 4);
    const bool has_year = year && *year >= 1900 && *year <= 2100;
    const Span span = reading_.span(tokens.first, has_year ? next + 1 : tokens.last);
    if (day <= days_in_month(has_year ? *year : kLeapYear, month)) return unanchored.add(span);
    if (++unanchored.impossible > kMostImpossible) return;
    out.findings.push_back({"DATE_IMPOSSIBLE", Severity::warning, "there is no '" + std::string(reading_.text(span)) + "'", {}, span});
  }

  bool is_modal(std::uint32_t i) const { return walk_.is_lower(i) && walk_.folded(i) == "may"; }  // "12 may apply"

  bool is_in_date(std::uint32_t i) const {
    return std::ranges::any_of(found_, [i](const DateForm& form) { return form.first <= i && i < form.last; });
  }

  // The match of a category that ends where token `at` begins.
  const PhraseMatch* ending_at(CategoryName category, std::uint32_t at) const {
    const std::uint32_t before = walk_.before(at);
    if (before == Walk::kNone) return nullptr;
    const PhraseMatch* match = reading_.match_over(category, before);
    return match != nullptr && match->last == before + 1 && match->first >= walk_.first() ? match : nullptr;
  }

  bool are_joined(const DateForm& a, const DateForm& b) const {
    const std::uint32_t joint = walk_.at(a.last);
    if (a.value.is_interval() || b.value.is_interval() || !walk_.has(joint)) return false;
    if (walk_.is_dash(joint) && walk_.next(joint) == b.first) return a.value.is_day() == b.value.is_day();
    const PhraseMatch* to = reading_.match_at("date_to", joint);
    return to != nullptr && walk_.at(to->last) == b.first && ending_at("date_from", a.first) != nullptr;
  }

  void join_ends() {
    std::vector<DateForm> joined;
    for (const DateForm& form : found_) {
      if (!joined.empty() && are_joined(joined.back(), form) && order(joined.back().value, form.value) == std::strong_ordering::less &&
          joined.back().value.earliest() <= form.value.earliest()) {
        joined.back().value = PartialDate::interval(joined.back().value, form.value);
        joined.back().last = form.last;
      } else {
        joined.push_back(form);
      }
    }
    found_ = std::move(joined);
  }

  // The year word or month that a date ends with carries the case in Uzbek: 2029-yilgacha, 2025-yildan.
  std::string_view ending_of(const DateForm& form) const {
    std::uint32_t at = walk_.at(form.last);
    if (walk_.is_dash(at)) at = walk_.next(at);
    if (walk_.has(at) && reading_.match_at("year_words", at) != nullptr) return walk_.folded(at);
    return walk_.folded(form.last - 1);
  }

  // "2026 йил охиригача": the token after those words, else none.
  std::uint32_t end_word(const DateForm& form) const {
    std::uint32_t at = walk_.at(form.last);
    if (walk_.is_dash(at)) at = walk_.next(at);
    if (walk_.has(at) && reading_.match_at("year_words", at) != nullptr) at = walk_.next(at);
    const PhraseMatch* match = walk_.has(at) ? reading_.match_at("date_until_after", at) : nullptr;
    return match == nullptr ? Walk::kNone : match->last;
  }

  void open_ends(DateForm& form) const {
    if (form.value.is_interval()) return;
    const std::string_view ending = ending_of(form);
    if (const PhraseMatch* match = ending_at("date_until", form.first)) {
      form.first = match->first;
      form.value = PartialDate::until(form.value);
    } else if (const PhraseMatch* since = ending_at("date_since", form.first)) {
      form.first = since->first;
      form.value = PartialDate::since(form.value);
    } else if (const std::uint32_t after = end_word(form); after != Walk::kNone) {
      form.last = after;
      form.value = PartialDate::until(form.value);
    } else if (ends_with(ending, "gacha") || ends_with(ending, "гача")) {
      form.value = PartialDate::until(form.value);
    }
  }

  void emit(const DateForm& form, Extraction& out) const {
    ExtractedMention mention;
    mention.span = reading_.span(form.first, form.last);
    mention.literal = "date";
    mention.value = form.value;
    mention.extractor = "date/1";
    mention.confidence = form.confidence;
    out.mentions.push_back(std::move(mention));
  }

  const Reading& reading_;
  Walk walk_;
  DateForms forms_;
  std::span<const std::uint32_t> numbers_;
  std::vector<DateForm> found_;
};

void report(const Reading& reading, const Unanchored& unanchored, Extraction& out) {
  if (unanchored.count == 0 || unanchored.has_anchor) return;
  std::string text = "'" + std::string(reading.text(unanchored.first)) + "'";
  if (unanchored.count > 1) text += ", as " + std::to_string(unanchored.count - 1) + " more,";
  text += " tells no year, and neither the document nor its source has a date to take it from";
  out.findings.push_back({"DATE_WITHOUT_ANCHOR", Severity::note, std::move(text), {}, unanchored.first});
}

}  // namespace

void recognise_dates(const Reading& reading, Extraction& out) {
  Unanchored unanchored;
  unanchored.has_anchor = !reading.view().document().source().published.is_unknown();
  const CategoryIndex relative = reading.number("date_relative");
  for (std::size_t i = 0; i < reading.stretches().size(); ++i) {
    const Sentence& sentence = reading.stretches()[i];
    const bool has_any = !reading.numbers_in(sentence.first, sentence.last).empty() || reading.categories(i).may_have(relative);
    if (has_any) SentenceDates(reading, sentence).run(out, unanchored);
  }
  report(reading, unanchored, out);
}

}  // namespace policygraph::inline v0::detail::extract
