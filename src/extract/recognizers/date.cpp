#include <algorithm>
#include <string_view>
#include <vector>

#include "extract/recognizers/date_forms.hpp"
#include "extract/recognizers/recognizers.hpp"

// Dates become literals with a partial date: "from 2017 to 2025" is 2017/2025, "by 2029" ../2029, "since 2020" 2020/.. .
// Dates without a year ("February", "September of the current year") stay unresolved and are no mention.
namespace policygraph::inline v0::detail::extract {
namespace {

bool ends_with(std::string_view text, std::string_view ending) { return text.size() > ending.size() && text.ends_with(ending); }

class SentenceDates {
 public:
  SentenceDates(const Reading& reading, const Sentence& sentence)
      : reading_(reading), walk_(reading, sentence), forms_(walk_, reading.language(sentence)) {}

  void run(Extraction& out) {
    collect();
    join_ends();
    for (DateForm& form : found_) open_ends(form);
    for (const DateForm& form : found_) emit(form, out);
  }

 private:
  void collect() {
    std::uint32_t from = walk_.first();
    for (std::uint32_t i = walk_.first(); i < walk_.last(); ++i) {
      const auto form = walk_.is_number(i) ? forms_.read(i, from) : std::nullopt;
      if (!form) continue;
      found_.push_back(*form);
      from = form->last;
      i = form->last - 1;
    }
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
  std::vector<DateForm> found_;
};

}  // namespace

void recognise_dates(const Reading& reading, Extraction& out) {
  for (const Sentence& sentence : reading.stretches()) SentenceDates(reading, sentence).run(out);
}

}  // namespace policygraph::inline v0::detail::extract
