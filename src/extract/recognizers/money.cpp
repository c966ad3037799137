#include <algorithm>
#include <vector>

#include "extract/recognizers/amount.hpp"
#include "extract/recognizers/recognizers.hpp"

// Sums of money become literals {amount, currency}, with amount_min and amount_max of a range, comparator and scope where the
// words state them. Whether a sum is a Funding is for the relation rules to say.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr int kLeastInWords = 1000;  // in words without a power of ten
constexpr std::uint32_t kToChange = 6;  // tokens between a word of change and what it changed from
constexpr std::uint32_t kToNextSum = 16;  // tokens between two sums of a row
constexpr std::size_t kMostShared = 8;   // numbers that share the unit of the last
constexpr int kMostUnshared = 1000;      // a number that shares one is below
constexpr int kMostWords = 24;       // of a number in brackets
constexpr int kMostTokens = 24;      // of an amount

struct Sum {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Amount amount;
  std::string currency;
};

class SentenceMoney {
 public:
  SentenceMoney(const Reading& reading, const Sentence& sentence)
      : reading_(reading), walk_(reading, sentence), amounts_(walk_, reading.language(sentence)) {}

  // `currency` is that of the last sum in the text, and becomes that of the last one here.
  void run(std::string& currency, Extraction& out) {
    for (const PhraseMatch& match : reading_.matches_in("currencies", walk_.first(), walk_.last())) read(match);
    std::ranges::sort(sums_, {}, &Sum::first);
    add_short(currency);
    add_leading();
    join_ranges();
    for (const Sum& sum : sums_) emit(sum, out);
    if (!sums_.empty()) currency = sums_.back().currency;
  }

 private:
  // "40 billion soums, including 25 billion in 2025": a later sum of the sentence may leave its currency out, and so may those of a
  // labelled line below a sum.
  void add_short(const std::string& inherited) {
    const bool is_line = sums_.empty() && !inherited.empty() && reading_.match_at("page_labels", walk_.first()) != nullptr;
    if (sums_.empty() && !is_line) return;
    std::vector<Sum> found;
    for (std::uint32_t i = sums_.empty() ? walk_.first() : sums_.front().last; i < walk_.last(); ++i) {
      if (!walk_.is_number(i) || is_taken(i)) continue;
      const auto amount = amounts_.read(i);
      if (!amount || !amount->has_magnitude || is_taken(amount->last) || !(ends_sum(walk_.at(amount->last)) || is_of_sum(amount->last - 1))) continue;
      found.push_back({i, amount->last, *amount, currency_before(i, inherited)});
      i = amount->last - 1;
    }
    sums_.insert(sums_.end(), found.begin(), found.end());
    std::ranges::sort(sums_, {}, &Sum::first);
  }

  // "120 billion in 2025, 180 billion in 2026 and 200 billion soums in 2027", "the ADB (160 million) and the Bank (60 million dollars)":
  // the first sums of a row take their currency from the next one.
  void add_leading() {
    for (std::size_t count = 0; !sums_.empty() && count < kMostShared; ++count) {
      const auto lead = leading(sums_.front());
      if (!lead) return;
      sums_.insert(sums_.begin(), *lead);
    }
  }

  std::optional<Sum> leading(const Sum& next) const {
    std::uint32_t at = walk_.before(next.first);
    for (std::uint32_t steps = 0; steps < kToNextSum && walk_.has(at); ++steps, at = walk_.before(at)) {
      const auto amount = walk_.is_word(at) && amounts_.magnitude(at) ? ending_at(walk_.at(at + 1), true) : std::nullopt;
      if (!amount) continue;
      const bool is_row = amount->has_magnitude && !amount->upper && (are_bracketed(*amount, next) || are_dated(amount->last, next.first));
      return is_row ? std::optional(Sum{amount->first, amount->last, *amount, next.currency}) : std::nullopt;
    }
    return std::nullopt;
  }

  bool are_bracketed(const Amount& amount, const Sum& next) const {
    return walk_.is_sign(walk_.before(amount.first), U'(') && walk_.is_sign(walk_.at(amount.last), U')') && walk_.is_sign(walk_.before(next.first), U'(');
  }

  // Only years, their words and what joins stand between.
  bool are_dated(std::uint32_t first, std::uint32_t last) const {
    bool has_joint = false, has_year = false;
    for (std::uint32_t i = walk_.at(first); i < last; i = walk_.next(i)) {
      const bool joins = is_list_joint(i), dates = is_year(i);
      has_joint = has_joint || joins;
      has_year = has_year || dates;
      if (!joins && !dates && !walk_.is_dash(i) && !walk_.is_sign(i, U'-') && reading_.match_at("year_words", i) == nullptr && reading_.match_at("year_links", i) == nullptr) return false;
    }
    return has_joint && has_year;
  }

  bool is_year(std::uint32_t i) const {
    const std::string_view text = walk_.text(i);
    return walk_.is_number(i) && text.size() == 4 && (text.starts_with("19") || text.starts_with("20")) && walk_.digits(i, 4);
  }

  // That of the last sum in front which does not say another again in brackets: "100 million dollars (92 million euros): 70 million".
  const std::string& currency_before(std::uint32_t at, const std::string& inherited) const {
    const auto next = std::ranges::find_if(sums_, [&](const Sum& sum) { return sum.first > at; });
    for (auto sum = next; sum != sums_.begin();) {
      --sum;
      const bool is_again = sum != sums_.begin() && walk_.is_sign(walk_.at((sum - 1)->last), U'(') && walk_.is_sign(walk_.at(sum->last), U')');
      if (!is_again) return sum->currency;
    }
    return inherited;
  }

  // "between USD 4 million and USD 6 million", "от 4 до 6 млн долларов", "4 million dollardan 6 million dollargacha": one sum of two
  // bounds. "Raised from A to B" tells of two.
  void join_ranges() {
    std::vector<Sum> out;
    for (Sum& upper : sums_) {
      const std::uint32_t joint = walk_.before(upper.first);
      const bool follows = !out.empty() && walk_.has(joint) && out.back().currency == upper.currency && !out.back().amount.upper && !upper.amount.upper;
      const bool is_stated = follows && (is_from_to(out.back(), upper) || (walk_.at(out.back().last) == joint && opens_range(out.back().first, joint)));
      if (is_stated && widen(upper, out.back().first, out.back().amount.value)) out.pop_back();
      else if (const auto lower = is_stated || upper.amount.upper || !walk_.has(joint) ? std::nullopt : bound_before(joint)) {
        widen(upper, lower->first, lower->has_magnitude ? lower->value : (lower->value * upper.amount.factor).normalised());
      }
      out.push_back(std::move(upper));
    }
    sums_ = std::move(out);
  }

  static bool widen(Sum& upper, std::uint32_t first, const Decimal& least) {
    if (least >= upper.amount.value) return false;
    upper.first = first;
    upper.amount.upper = upper.amount.value;
    upper.amount.value = least;
    return true;
  }

  bool is_from_to(const Sum& lower, const Sum& upper) const {
    if (walk_.at(lower.last) != upper.first) return false;
    const std::string_view from = walk_.folded(lower.last - 1), to = walk_.folded(upper.last - 1);
    return (from.ends_with("dan") && to.ends_with("gacha")) || (from.ends_with("дан") && to.ends_with("гача"));
  }

  // "from" or "between" stands in front, and no word of change: "с 20 до 26 млн" was raised.
  bool opens_range(std::uint32_t first, std::uint32_t joint) const {
    const std::uint32_t opener = walk_.before(first);
    if (!walk_.has(opener) || reading_.match_at("range_joints", joint) == nullptr || reading_.match_at("range_openers", opener) == nullptr) return false;
    const bool is_between = walk_.folded(joint) == "and" || walk_.folded(joint) == "и";
    if (is_between != (walk_.folded(opener) == "between") || walk_.folded(opener) == "с") return false;
    const std::uint32_t near = opener > walk_.first() + kToChange ? opener - kToChange : walk_.first();
    return reading_.matches_in("change_words", near, opener).empty();
  }

  // "from 4" in front of "to 6 million"
  std::optional<Amount> bound_before(std::uint32_t joint) const {
    if (reading_.match_at("range_joints", joint) == nullptr) return std::nullopt;
    auto lower = ending_at(joint);
    return lower && !lower->upper && opens_range(lower->first, joint) ? lower : std::nullopt;
  }

  // No word for what is counted follows.
  bool ends_sum(std::uint32_t at) const {
    if (!walk_.has(at)) return true;
    if (walk_.is_word(at)) return !walk_.is_capitalised(at) && (reading_.match_at("sum_followers", at) != nullptr || reading_.match_at("funding_verbs", at) != nullptr);
    return !walk_.is_number(at) && walk_.sign(at) != U'%' && walk_.sign(at) != U'-' && walk_.sign(at) != U'/';
  }

  // "shundan 50 millioni", "20 миллиардини": of the sum in front, as the ending says.
  bool is_of_sum(std::uint32_t magnitude) const {
    const std::string_view word = walk_.folded(magnitude);
    return word.ends_with("oni") || word.ends_with("onini") || word.ends_with("ardi") || word.ends_with("ardini") || word.ends_with("они") ||
           word.ends_with("онини") || word.ends_with("арди") || word.ends_with("ардини");
  }

  bool is_taken(std::uint32_t token) const {
    return std::ranges::any_of(sums_, [&](const Sum& sum) { return sum.first <= token && token < sum.last; });
  }

  void read(const PhraseMatch& currency) {
    if (is_taken(currency.first)) return;
    if (!after(currency)) before(currency);
  }

  // USD 1 billion, $300m
  bool after(const PhraseMatch& currency) {
    std::uint32_t at = walk_.at(currency.last);
    if (walk_.is_sign(at, U'.')) at = walk_.next(at);
    if (!walk_.is_number(at) || is_word_of_money(currency)) return false;
    const auto amount = amounts_.read(at);
    if (!amount) return false;
    sums_.push_back({currency.first, amount->last, *amount, reading_.entry(currency).id});
    return true;
  }

  // "5, 6 and 7 million dollars": the numbers in front share the unit. Of two numbers only "respectively" tells so.
  void share_unit(const Sum& sum) {
    std::vector<Sum> found;
    std::uint32_t at = walk_.before(sum.first);
    while (found.size() < kMostShared && is_list_joint(at)) {
      at = walk_.before(at);
      if (walk_.is_sign(at, U',')) at = walk_.before(at);
      auto number = walk_.is_number(at) && !is_taken(at) ? amounts_.read(at) : std::nullopt;
      if (!number || number->last != at + 1 || number->upper || number->value >= Decimal(kMostUnshared)) break;
      number->value = (number->value * sum.amount.factor).normalised();
      number->has_magnitude = true;
      found.push_back({at, at + 1, *number, sum.currency});
      at = walk_.before(at);
    }
    const bool is_told = !reading_.matches_in("respectively", walk_.first(), walk_.last()).empty();
    if (found.size() > 1 || is_told) sums_.insert(sums_.end(), found.begin(), found.end());
  }

  bool is_list_joint(std::uint32_t at) const { return walk_.has(at) && (walk_.is_sign(at, U',') || reading_.match_at("year_list_words", at) != nullptr); }

  // "dollars 5" is no sum: only codes and signs stand before.
  bool is_word_of_money(const PhraseMatch& currency) const {
    const Token& token = reading_.token(currency.first);
    return token.kind == TokenKind::word && !token.is_upper;
  }

  // In front of the words that say a number again: "2 500 000 (два миллиона пятьсот тысяч) евро".
  std::uint32_t before_words(std::uint32_t end) const {
    std::uint32_t at = walk_.before(end);
    if (!walk_.is_sign(at, U')')) return end;
    for (int steps = 0; steps < kMostWords && walk_.has(at); ++steps) {
      at = walk_.before(at);
      if (walk_.is_sign(at, U'(')) return walk_.is_number(walk_.before(at)) ? at : end;
      if (!walk_.is_word(at) && !walk_.is_dash(at)) return end;
    }
    return end;
  }

  // 2 million euros, 5 трлн сумов; "160 млн и 60 млн долларов" are two sums.
  void before(const PhraseMatch& currency) {
    std::uint32_t end = before_words(currency.first);
    const std::uint32_t point = walk_.before(end);  // "10 млрд.сўм"
    if (walk_.is_sign(point, U'.') && !ending_at(end) && amounts_.magnitude(walk_.before(point))) end = point;
    std::uint32_t last = currency.last;
    for (int more = 0; more < 3; ++more) {
      const auto amount = ending_at(end, more == 0);
      if (!amount || is_taken(amount->first)) return;
      if (amount->is_word && !amount->has_magnitude && amount->value < Decimal(kLeastInWords)) return;  // "two sums"
      sums_.push_back({amount->first, last, *amount, reading_.entry(currency).id});
      if (more == 0 && amount->has_magnitude && !amount->upper) share_unit(Sum(sums_.back()));
      const std::uint32_t joint = walk_.before(amount->first);
      const PhraseMatch* word = walk_.has(joint) ? reading_.match_at("year_list_words", joint) : nullptr;
      const bool is_listed = word != nullptr || (more > 0 && walk_.is_sign(joint, U','));  // "3 million, 200 thousand and 100 thousand dollars"
      if (!is_listed || !amount->has_magnitude) return;
      end = last = joint;
      const auto other = ending_at(end);
      if (!other || !other->has_magnitude) return;
    }
  }

  // The longest amount whose last token stands just before `end`.
  std::optional<Amount> ending_at(std::uint32_t end, bool is_at_currency = false) const {
    std::optional<Amount> best;
    std::uint32_t at = end;
    for (int steps = 0; steps < kMostTokens; ++steps) {
      at = walk_.before(at);
      if (!walk_.has(at)) break;
      const auto amount = amounts_.read(at);
      if (amount && walk_.at(amount->last) == walk_.at(end)) best = amount;
      else if (!amount && !amounts_.may_be_within(at)) break;
    }
    if (!best) return best;
    const auto whole = with_higher(*best);
    if (whole && !is_at_currency) return best->is_word ? std::nullopt : best;  // "3 million, 200 thousand and 100 thousand": of a list
    if (whole) return amounts_.is_cut(*whole) ? std::nullopt : whole;
    return amounts_.is_cut(*best) ? std::nullopt : best;
  }

  // "two million, three hundred thousand dollars"
  std::optional<Amount> with_higher(const Amount& lower) const {
    const std::uint32_t comma = walk_.before(lower.first);
    if (!lower.has_magnitude || !walk_.is_sign(comma, U',')) return std::nullopt;
    std::optional<Amount> higher;
    for (std::uint32_t at = walk_.before(comma); walk_.has(at) && amounts_.may_be_within(at); at = walk_.before(at)) {
      const auto amount = amounts_.read(at);
      if (amount && amount->last == comma) higher = amount;
    }
    return higher ? amounts_.with_higher(*higher, lower) : std::nullopt;
  }

  bool is_per_year(const Sum& sum) const {
    const std::uint32_t next = walk_.at(sum.last);
    return walk_.has(next) && reading_.match_at("per_year", next) != nullptr;
  }

  void emit(const Sum& sum, Extraction& out) const {
    std::uint32_t first = sum.first;
    const std::string comparator = amounts_.comparator(first, sum.last);
    ValueMap value{{"amount", sum.amount.value}, {"currency", sum.currency}};
    if (sum.amount.upper) {
      value["amount"] = *sum.amount.upper;
      value["amount_min"] = sum.amount.value;
      value["amount_max"] = *sum.amount.upper;
    }
    const bool ends_range = sum.amount.upper && comparator == "<=";  // "4 mln dollardan 6 mln dollargacha"
    if (!comparator.empty() && !ends_range) value["comparator"] = comparator;
    if (is_per_year(sum)) value["scope"] = "per_year";
    ExtractedMention mention;
    mention.span = reading_.span(sum.first, sum.last);
    mention.literal = "money";
    mention.value = std::move(value);
    mention.extractor = "money/1";
    mention.confidence = sum.amount.has_magnitude || sum.amount.value >= Decimal(100) ? 0.95F : 0.8F;
    out.mentions.push_back(std::move(mention));
  }

  const Reading& reading_;
  Walk walk_;
  Amounts amounts_;
  std::vector<Sum> sums_;
};

}  // namespace

void recognise_money(const Reading& reading, Extraction& out) {
  std::string currency;
  const CategoryIndex currencies = reading.number("currencies");
  for (std::size_t i = 0; i < reading.stretches().size(); ++i) {
    const Sentence& sentence = reading.stretches()[i];
    const bool may_leave_out = !currency.empty() && reading.match_at("page_labels", sentence.first) != nullptr;
    if (may_leave_out || reading.categories(i).may_have(currencies)) SentenceMoney(reading, sentence).run(currency, out);
  }
}

}  // namespace policygraph::inline v0::detail::extract
