#include <algorithm>
#include <array>
#include <vector>

#include "extract/recognizers/amount.hpp"
#include "extract/recognizers/recognizers.hpp"

// Counted things become literals {value, comparator, unit, is_percent}: "at least 35 public services", "over 1.17 million",
// "95% of graduates". Numbers that are no count (dates, sums of money, numbers of acts and articles, ranks, codes) are left out;
// durations and ages are kept with `kind` "duration" or "age". Where no noun follows, `unit` comes from in front ("jobs
// exceeded 24,000", "the number of companies grew from 147 to 1,600"). A figure that repeats a rounded one in brackets has
// `restates` true.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kLongUnit = 80;  // bytes
constexpr int kMostListed = 6;           // numbers of articles or points
constexpr int kMostUnitWords = 5;

struct Counted {
  Amount amount;
  Span unit_span;
  std::string unit;
  std::string kind;
  bool is_percent = false;
  bool restates = false;
  bool is_part = false;  // "four of six"
};

class SentenceQuantities {
 public:
  SentenceQuantities(const Reading& reading, const Sentence& sentence, const std::vector<Span>& taken)
      : reading_(reading), walk_(reading, sentence), language_(reading.language(sentence)), amounts_(walk_, language_), taken_(taken) {}

  void run(std::size_t& next_taken, Extraction& out) {
    std::uint32_t i = walk_.first();
    while (walk_.has(i)) {
      track_quotes(i);
      if (!may_count(i) || is_taken(i, next_taken)) {
        ++i;
        continue;
      }
      const auto counted = read(i);
      if (counted) {
        emit(*counted, out);
        if (!counted->is_percent && !is_elliptic_ && counted->kind.empty()) last_unit_ = counted->unit;
      }
      i = counted ? counted->amount.last : i + 1;
    }
  }

 private:
  void track_quotes(std::uint32_t i) {
    const char32_t mark = walk_.sign(i);
    if (mark == 0) return;
    if (mark == U'"') quotes_ = 1 - quotes_;
    else if (walk_.is_open_quote(i) && quotes_ < 8) ++quotes_;
    else if (walk_.is_close_quote(i) && quotes_ > 0) --quotes_;
  }

  bool is(CategoryName category, std::uint32_t i) const { return walk_.has(i) && reading_.match_at(category, i) != nullptr; }
  bool ends_at(CategoryName category, std::uint32_t i) const {
    const PhraseMatch* match = walk_.has(i) ? reading_.match_over(category, i) : nullptr;
    return match != nullptr && match->last == i + 1;
  }

  // Dates, sums and acts, in order of start; what is passed is never asked for again.
  bool is_taken(std::uint32_t i, std::size_t& next) const {
    const std::uint32_t at = reading_.token(i).span.start;
    while (next < taken_.size() && taken_[next].end <= at) ++next;
    return next < taken_.size() && taken_[next].contains(at);
  }

  bool may_count(std::uint32_t i) const { return walk_.is_number(i) || is("number_words", i); }

  // Of a token that may count.
  std::optional<Counted> read(std::uint32_t i) {
    if (is_label(i) || may_be_year(i)) return std::nullopt;
    auto amount = amounts_.read(i);
    if (!amount || amounts_.is_cut(*amount) || (amount->is_word && !is_counting_word(*amount))) return std::nullopt;
    Counted out;
    out.amount = *amount;
    if (is("fraction_heads", walk_.at(amount->last))) return std::nullopt;  // "three quarters of"
    if (is("currencies", walk_.at(amount->last))) return std::nullopt;  // what money.cpp did not read, it is no count
    if (is_code(out.amount) || is("months", walk_.at(amount->last))) return std::nullopt;
    read_percent(out);
    find_unit(out);
    // "the “Modernization of 118 Pumping Stations” Project": a number in a name.
    if (quotes_ > 0 && !out.unit_span.empty() && walk_.is_capitalised(reading_.view().token_at(out.unit_span.start))) return std::nullopt;
    return out.unit.empty() && !out.is_percent ? std::nullopt : std::optional(out);
  }

  // A number that names its place: of an item, an article, a footnote, an address, a rank.
  bool is_label(std::uint32_t i) const {
    const std::uint32_t before = walk_.before(i), after = walk_.next(i);
    if (walk_.is_sign(before, U'[') || walk_.is_sign(before, U'№') || walk_.is_sign(before, U'#') || walk_.is_sign(before, U'/')) return true;
    if (before == Walk::kNone && (walk_.is_sign(after, U'.') || walk_.is_sign(after, U')'))) return true;
    if (walk_.is_sign(before, U'(') && walk_.is_sign(after, U')') && walk_.text(i).size() <= 2) return true;
    if (walk_.is_sign(before, U'.') && is("rank_cues", walk_.before(before))) return true;
    if (ends_at("rank_cues", before) || walk_.is_open_quote(before) || is_listed_label(before)) return true;
    const std::uint32_t number_cue = before;
    return walk_.is_dash(number_cue) && (walk_.is_word(walk_.before(number_cue)) || walk_.is_number(walk_.before(number_cue)));
  }

  // "points 3, 5 and 8 of the resolution": behind one that names its place.
  bool is_listed_label(std::uint32_t joint) const {
    for (int steps = 0;
         steps < kMostListed && walk_.has(joint) && (walk_.is_sign(joint, U',') || is("year_list_words", joint));
         ++steps) {
      const std::uint32_t number = walk_.before(joint);
      if (!walk_.is_number(number)) return false;
      joint = walk_.before(number);
      if (ends_at("rank_cues", joint)) return true;
    }
    return false;
  }

  // "Six films", "six films"; not "One Million Programmers".
  bool is_counting_word(const Amount& amount) const {
    const std::string_view before = walk_.folded(walk_.before(amount.first));
    if (before == "the" || before == "these" || before == "those" || before == "both" || before == "all" || before == "or" || before == "one") return false;
    return !walk_.is_capitalised(amount.first) || !walk_.is_capitalised(walk_.at(amount.last));
  }

  // "by the spring of 2021 soft loans were granted"
  bool may_be_year(std::uint32_t i) const {
    const auto value = walk_.digits(i, 4);
    if (!value || *value < 1990 || *value > 2049) return false;
    const std::uint32_t before = walk_.before(i);
    return ends_at("year_cues", before) || ends_at("year_cues_weak", before) || is("unit_years", walk_.next(i));  // "2021 baseline"
  }

  // Leading zeros, letters written on, ordinals, decimals of sections.
  bool is_code(const Amount& amount) const {
    const std::string_view text = walk_.text(amount.first);
    if (text.size() > 1 && text[0] == '0' && text[1] != '.' && text[1] != ',') return true;
    const std::uint32_t after = walk_.at(amount.last);
    if (walk_.is_glued(after) && walk_.is_word(after) && !amount.has_magnitude) return true;
    if (walk_.is_sign(after, U'/') || walk_.is_sign(after, U'@')) return true;
    return walk_.is_sign(after, U':') && walk_.is_number(walk_.next(after));
  }

  void read_percent(Counted& out) const {
    const std::uint32_t after = walk_.at(out.amount.last);
    if (walk_.is_sign(after, U'%')) {
      out.is_percent = true;
      out.amount.last = after + 1;
    } else if (is("percent_words", after)) {
      out.is_percent = true;
      out.amount.last = reading_.match_at("percent_words", after)->last;
    }
  }

  void find_unit(Counted& out) {
    std::uint32_t at = walk_.at(out.amount.last);
    const std::uint32_t counter = is("counters", at) ? at : Walk::kNone;
    if (counter != Walk::kNone) at = walk_.next(at);
    const bool is_bracketed = walk_.is_sign(walk_.before(out.amount.first), U'(') && walk_.is_sign(at, U')');
    out.restates = is_bracketed && !last_unit_.empty();
    if (out.restates) at = walk_.next(at);
    is_elliptic_ = out.restates || (is("unit_verbs", at) && !last_unit_.empty());
    if (is_elliptic_) return read_elliptic(at, out);
    if (out.is_percent) at = walk_.folded(at) == "of" || is_copula(at) ? walk_.next(at) : at;
    else if (walk_.folded(at) == "of" || walk_.folded(at) == "из") {
      at = part_of_whole(at);
      out.is_part = walk_.has(at);
    }
    read_unit(at, out);
    if (out.unit.empty()) unit_in_front(out);
    at = past_skips(at);
    if (out.unit.empty() && is("unit_auxiliaries", at)) out.unit = last_unit_;
    if (ends_at("age_cues", walk_.before(out.amount.first))) out.kind = "age";
    if (counter != Walk::kNone && !is_plain_counter(counter)) with_counter(counter, out);
  }

  // "та", "тани" count anything; "нафар" counts people, and "таси" stands for what was named.
  bool is_plain_counter(std::uint32_t at) const { return reading_.entry(*reading_.match_at("counters", at)).id == "any"; }

  // "150 nafar yosh": the word that counts people is told with them.
  void with_counter(std::uint32_t counter, Counted& out) const {
    const Span span = out.unit.empty() ? reading_.token(counter).span : cover(reading_.token(counter).span, out.unit_span);
    if (span.size() > kLongUnit) return;
    const std::string noun = out.unit.empty() ? std::string() : " " + out.unit;
    out.unit_span = span;
    out.unit = std::string(walk_.text(counter)) + noun;
  }

  // "issiqxona quriladi", "жамғарма ишлаб", "внесут": a verb is no part of what is counted.
  bool is_verb(std::uint32_t at) const {
    constexpr std::array<std::string_view, 10> kLast{"di", "dilar", "moqda", "lab", "adigan", "ди", "дилар", "моқда", "лаб", "адиган"};
    constexpr std::array<std::string_view, 2> kFirst{"ут", "ют"};
    const CaseGrammar* grammar = reading_.grammar(language_);
    if (grammar == nullptr) return is("measuring_verbs", at);
    const std::string_view word = walk_.folded(at);
    const auto ends = [&](std::string_view ending) { return word.size() > ending.size() + 4 && word.ends_with(ending); };
    if (grammar->is_verb(word)) return true;
    if (grammar->is_head_last) return std::ranges::any_of(kLast, ends);
    return std::ranges::any_of(kFirst, ends) && !is("unit_like_verbs", at);
  }

  // The ending of a case where heads come last; null for none. "Fabrika" and "o‘rni" have none.
  const CaseGrammar::Ending* unit_case(std::uint32_t at) const {
    const CaseGrammar* grammar = reading_.grammar(language_);
    const auto* ending = grammar != nullptr && grammar->is_head_last ? grammar->case_of(walk_.folded(at)) : nullptr;
    if (ending == nullptr) return nullptr;
    const std::string_view word = walk_.folded(at), noun = word.substr(0, word.size() - ending->text.size());
    const bool is_noun = (ending->text == "ka" && !noun.ends_with("k")) || (ending->text == "ка" && !noun.ends_with("к")) || word.ends_with("rni") || word.ends_with("рни");
    return is_noun ? nullptr : ending;
  }

  // "ayol kasb-hunarga": a noun in a case behind one in none is another part of the clause; "ish o‘rniga", "yosh mutaxassisga" are one.
  bool is_other_part(std::uint32_t before, std::uint32_t at) const {
    constexpr std::array<std::string_view, 18> kAdjectives{"li", "siz", "iy", "viy", "gi", "ki", "qi", "gan", "yosh", "ли", "сиз", "ий", "вий", "ги", "ки", "қи", "ган", "еш"};
    const auto* ending = unit_case(at);
    if (ending == nullptr) return false;
    const std::string_view word = walk_.folded(at), noun = word.substr(0, word.size() - ending->text.size());
    const bool is_owned = noun.ends_with("i") || noun.ends_with("и") || noun.ends_with("in") || noun.ends_with("ин");
    return !is_owned && std::ranges::none_of(kAdjectives, [&](std::string_view adjective) { return walk_.folded(before).ends_with(adjective); });
  }

  // Where heads come first a noun ends the unit, "312 женщин открыли"; where they come last a word in a case does, "150 yoshni".
  bool ends_cased_unit(std::uint32_t at, int words) const {
    const CaseGrammar* grammar = reading_.grammar(language_);
    if (grammar == nullptr) return false;
    if (grammar->is_head_last) return words >= 1 || grammar->case_of(walk_.folded(at)) != nullptr;
    return !grammar->modifies(walk_.folded(at));
  }

  // "30 people came; 12 received certificates": whom the number counts stands with the one before.
  void read_elliptic(std::uint32_t at, Counted& out) const {
    out.unit = last_unit_;
    if (!is("unit_verbs", at)) return;
    Counted object;
    if (!out.restates) read_unit(walk_.next(at), object);
    out.unit += " " + std::string(walk_.text(at)) + (object.unit.empty() ? "" : " " + object.unit);
    out.unit_span = object.unit.empty() ? reading_.token(at).span : object.unit_span;
  }

  bool is_copula(std::uint32_t at) const { return walk_.folded(at) == "were" || walk_.folded(at) == "are" || walk_.folded(at) == "was"; }

  // "370 of 715 government services": past the whole.
  std::uint32_t part_of_whole(std::uint32_t at) const {
    std::uint32_t next = walk_.next(at);
    if (walk_.folded(next) == "the") next = walk_.next(next);
    const auto whole = walk_.has(next) && may_count(next) ? amounts_.read(next) : std::nullopt;
    return whole ? walk_.at(whole->last) : Walk::kNone;
  }

  // "400 ga yaqin ot", "new"
  std::uint32_t past_skips(std::uint32_t at) const {
    while (is("unit_skips", at)) at = walk_.at(reading_.match_at("unit_skips", at)->last);
    return at;
  }

  bool is_unit_word(std::uint32_t at) const {
    if (!walk_.is_word(at) || walk_.text(at).size() < 2 || is("unit_stops", at)) return false;
    const bool is_stop_word = language_.is_stop_word(walk_.text(at)) && !walk_.token(at).is_upper;  // "IT specialists"
    return !is_stop_word && !is("number_words", at) && !is("magnitudes", at);
  }

  // The last word of a noun phrase in English: its first plural.
  bool is_head(std::uint32_t at) const {
    const std::string_view word = walk_.folded(at);
    if (is("unit_plurals", at)) return true;
    return language_.code() == "en" && word.size() > 3 && word.back() == 's' && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("ics");
  }

  void read_unit(std::uint32_t at, Counted& out) const {
    if (is("durations", at)) {
      out.kind = "duration";
      out.unit = walk_.text(at);
      out.unit_span = reading_.token(at).span;
      return;
    }
    at = past_skips(at);
    const std::uint32_t first = at;
    std::uint32_t last = at;
    for (int words = 0; words < kMostUnitWords && is_unit_word(at) && !is_verb(at); ++words) {
      if (words > 0 && is_other_part(last - 1, at)) break;
      last = at + 1;
      if (is_head(at)) {
        const bool may_go_on = is("unit_of_heads", at) && walk_.folded(walk_.next(at)) == "of" && is_unit_word(walk_.next(walk_.next(at)));
        if (!may_go_on) break;
        at = walk_.next(at);
      }
      if (ends_cased_unit(at, words)) break;
      at = walk_.next(at);
    }
    if (last == first || first == Walk::kNone) return;
    set_unit(first, last, out);
  }

  void set_unit(std::uint32_t first, std::uint32_t last, Counted& out) const {
    out.unit_span = reading_.span(first, last);
    out.unit = std::string(reading_.text(Span{out.unit_span.start, out.unit_span.end - case_size(last - 1)}));
    std::ranges::replace(out.unit, '\n', ' ');
  }

  // Bytes of the ending of a case that a unit is told without: "binoning" counts "bino".
  std::uint32_t case_size(std::uint32_t at) const {
    const auto* ending = unit_case(at);
    return ending != nullptr && walk_.text(at).ends_with(ending->text) ? static_cast<std::uint32_t>(ending->text.size()) : 0;
  }

  // "jobs exceeded 24,000": the noun before a verb of measure; "number of IT companies grew from 147 to 1,600".
  void unit_in_front(Counted& out) const {
    std::uint32_t at = walk_.before(out.amount.first);
    std::uint32_t verb = Walk::kNone;
    for (int steps = 0; steps < 6 && walk_.has(at); ++steps, at = walk_.before(at)) {
      const PhraseMatch* match = reading_.match_over("measuring_verbs", at);
      if (match != nullptr && match->first >= walk_.first()) {
        verb = match->first;
        break;
      }
      if (walk_.sign(at) != 0 && !walk_.is_dash(at)) return;
    }
    std::uint32_t end = verb == Walk::kNone ? counted_in_front(out) : walk_.before(verb);
    std::uint32_t first = end;
    for (int words = 0; words < 3 && walk_.has(first) && is_unit_word(first) && !walk_.is_number(first); ++words) {
      const std::uint32_t earlier = walk_.before(first);
      if (words == 2 || !walk_.has(earlier) || !is_unit_word(earlier)) break;
      first = earlier;
    }
    if (walk_.has(first) && is_unit_word(first)) set_unit(first, end + 1, out);
  }

  // "a’zolari soni 44 taga yetdi": what the number of is told, right in front of a figure.
  std::uint32_t counted_in_front(const Counted& out) const {
    const std::uint32_t before = walk_.before(out.amount.first);
    const PhraseMatch* match = walk_.has(before) ? reading_.match_over("unit_numbers", before) : nullptr;
    return match == nullptr || match->last != before + 1 || match->first <= walk_.first() ? Walk::kNone : walk_.before(match->first);
  }

  void emit(const Counted& counted, Extraction& out) const {
    std::uint32_t first = counted.amount.first;
    const std::string comparator = amounts_.comparator(first, counted.amount.last);
    ValueMap value{{"value", counted.amount.upper ? *counted.amount.upper : counted.amount.value}, {"unit", counted.unit}, {"is_percent", counted.is_percent}};
    if (counted.amount.upper) value["value_min"] = counted.amount.value;
    if (counted.is_percent) value["unit"] = counted.unit.empty() ? std::string("percent") : "percent of " + counted.unit;
    if (!comparator.empty()) value["comparator"] = comparator;
    if (!counted.kind.empty()) value["kind"] = counted.kind;
    if (counted.restates) value["restates"] = true;
    if (counted.is_part) value["is_part"] = true;
    Span span = reading_.span(counted.amount.first, counted.amount.last);
    if (!counted.unit_span.empty() && counted.unit_span.start >= span.end) span = cover(span, counted.unit_span);
    ExtractedMention mention;
    mention.span = span;
    mention.literal = "quantity";
    mention.value = std::move(value);
    mention.extractor = "quantity/1";
    mention.confidence = 0.85F;
    out.mentions.push_back(std::move(mention));
  }

  const Reading& reading_;
  Walk walk_;
  const Language& language_;
  Amounts amounts_;
  const std::vector<Span>& taken_;
  std::string last_unit_;
  bool is_elliptic_ = false;
  int quotes_ = 0;  // open ones
};

}  // namespace

void recognise_quantities(const Reading& reading, Extraction& out) {
  std::vector<Span> taken;
  taken.reserve(out.mentions.size());
  for (const ExtractedMention& mention : out.mentions) taken.push_back(mention.span);
  std::ranges::sort(taken);
  std::size_t next = 0;
  const CategoryIndex number_words = reading.number("number_words");
  for (std::size_t i = 0; i < reading.stretches().size(); ++i) {
    const Sentence& sentence = reading.stretches()[i];
    const bool may_count = reading.categories(i).may_have(number_words) || !reading.numbers_in(sentence.first, sentence.last).empty();
    if (may_count) SentenceQuantities(reading, sentence, taken).run(next, out);
  }
}

}  // namespace policygraph::inline v0::detail::extract
