#include "extract/recognizers/amount.hpp"

#include <algorithm>

#include "text/number_words.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostDigits = 24;
constexpr int kLeastPower = 1000;
constexpr int kYears = 2000;  // years that are said in words begin with it

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || c == '.' || c == ',') out.push_back(c);
  }
  return out;
}

bool is_grouped(std::string_view text, char mark) {
  std::size_t at = text.find(mark);
  if (at == 0 || at > 3 || (at == 1 && text[0] == '0')) return false;
  while (at != std::string_view::npos) {
    const std::size_t next = std::min(text.find(mark, at + 1), text.size());
    if (next - at != 4) return false;
    at = next == text.size() ? std::string_view::npos : next;
  }
  return true;
}

Decimal product(const Decimal& a, const Decimal& b) { return (a * b).normalised(); }

}  // namespace

std::optional<Decimal> parse_number(std::string_view text, bool is_comma_decimal, bool has_magnitude) {
  std::string digits = without_blanks(text);
  if (digits.empty() || digits.size() > kMostDigits) return std::nullopt;
  const auto commas = std::ranges::count(digits, ','), stops = std::ranges::count(digits, '.');
  if (commas > 0 && stops > 0) {
    const char thousands = digits.rfind(',') < digits.rfind('.') ? ',' : '.';
    std::erase(digits, thousands);
    std::ranges::replace(digits, ',', '.');
  } else if (commas > 0) {
    const bool is_decimal = commas == 1 && (!is_grouped(digits, ',') || (is_comma_decimal && has_magnitude));
    if (!is_decimal && !is_grouped(digits, ',')) return std::nullopt;
    if (is_decimal) std::ranges::replace(digits, ',', '.');
    else std::erase(digits, ',');
  } else if (stops > 1) {
    if (!is_grouped(digits, '.')) return std::nullopt;
    std::erase(digits, '.');
  }
  return Decimal::try_parse(digits);
}

Amounts::Amounts(const Walk& walk, const Language& language) noexcept
    : walk_(walk), language_(&language), is_comma_decimal_(language.code() != "en") {}

std::optional<Amounts::Magnitude> Amounts::magnitude(std::uint32_t i) const {
  if (!walk_.is_word(i)) return std::nullopt;
  const PhraseMatch* match = walk_.reading().match_at("magnitudes", i);
  if (match == nullptr) return inflected(i);
  // "m" and "M" are powers of ten only where they are written onto the number.
  if (walk_.text(i).size() == 1 && !walk_.is_glued(i) && !is_beside_currency(i)) return std::nullopt;
  std::uint32_t last = match->last;
  if (walk_.is_sign(last, U'.') && walk_.is_glued(last) && walk_.text(i).size() < 9) {
    const std::uint32_t after = walk_.next(last);
    if (walk_.has(after) && !walk_.is_capitalised(after)) ++last;
  }
  const auto factor = Decimal::try_parse(walk_.reading().entry(*match).id);
  if (!factor) return std::nullopt;
  return Magnitude{*factor, last};
}

// "4,2 mlndan": a power of ten with an ending, right behind its number.
std::optional<Amounts::Magnitude> Amounts::inflected(std::uint32_t i) const {
  if (!walk_.is_number(walk_.before(i)) || walk_.is_capitalised(i)) return std::nullopt;
  const auto power = language_->magnitude(walk_.text(i));
  return power && *power >= Decimal(kLeastPower) ? std::optional(Magnitude{*power, i + 1}) : std::nullopt;
}

// "3 m EUR"
bool Amounts::is_beside_currency(std::uint32_t i) const {
  const std::uint32_t next = walk_.next(i);
  return walk_.is_number(walk_.before(i)) && walk_.has(next) && walk_.reading().match_at("currencies", next) != nullptr;
}

std::optional<Decimal> Amounts::plain(std::uint32_t i, bool has_magnitude) const {
  return walk_.is_number(i) ? parse_number(walk_.text(i), is_comma_decimal_, has_magnitude) : std::nullopt;
}

std::optional<Amount> Amounts::single(std::uint32_t i) const {
  Amount out{i, i + 1, {}, {}, Decimal(1), false, false};
  std::optional<Decimal> value;
  if (walk_.is_number(i)) {
    const auto power = magnitude(walk_.next(i));
    value = plain(i, power.has_value());
  } else if (walk_.is_word(i)) {
    return in_words(i);
  }
  if (!value) return std::nullopt;
  out.value = *value;
  for (auto power = magnitude(walk_.at(out.last)); power; power = magnitude(walk_.at(out.last))) {
    if (out.value.normalised().to_string().size() + out.factor.to_string().size() > kMostDigits + 2) return std::nullopt;
    out.value = product(out.value, power->factor);
    out.factor = product(out.factor, power->factor);
    out.last = power->last;
    out.has_magnitude = true;
  }
  const auto longer = from_digits(i, *value);
  return longer && longer->last > out.last ? longer : std::optional(out);
}

// "5 thousand five hundred", "2 and a half million"
std::optional<Amount> Amounts::from_digits(std::uint32_t i, const Decimal& digits) const {
  const Words words = words_from(walk_.next(i));
  const auto number = text::number_from_digits(*language_, digits, words.view());
  if (!number || is_ordinal(walk_.at(words.ends[number->words - 1]))) return std::nullopt;
  return Amount{i, words.ends[number->words - 1], number->value, {}, number->factor, true, false};
}

Amounts::Words Amounts::words_from(std::uint32_t i) const {
  Words out;
  for (std::uint32_t at = i; out.size < out.words.size() && walk_.is_word(at); at = walk_.next(at)) {
    out.words[out.size] = walk_.text(at);
    out.ends[out.size++] = at + 1;
  }
  return out;
}

// "двадцать | пятого": what stands in front of an ordinal is a part of that.
bool Amounts::is_ordinal(std::uint32_t i) const {
  return walk_.is_word(i) && walk_.reading().match_at("number_ordinals", i) != nullptr;
}

// "two million three hundred thousand"; "several hundred million" is no number.
std::optional<Amount> Amounts::in_words(std::uint32_t i) const {
  const Words words = words_from(i);
  const auto number = text::number_in_words(*language_, words.view());
  const std::uint32_t before = walk_.before(i);
  if (!number || (walk_.has(before) && walk_.reading().match_over("vague_numbers", before) != nullptr)) return std::nullopt;
  const std::uint32_t last = words.ends[number->words - 1];
  if (is_ordinal(walk_.at(last))) return std::nullopt;
  return Amount{i, last, number->value, {}, number->factor, number->factor > Decimal(1), true};
}

// "3 тыс. 500"
bool Amounts::is_plain_rest(const Amount& amount, std::uint32_t i) const {
  constexpr std::size_t kThree = 3;
  return amount.factor == Decimal(kLeastPower) && walk_.is_number(i) && walk_.text(i).size() == kThree && walk_.digits(i, kThree) && !walk_.is_dash(walk_.next(i));
}

// "39 billion 987 million", "5 million 500 ming"
void Amounts::add_lower_part(Amount& amount) const {
  for (std::uint32_t next = walk_.at(amount.last); amount.has_magnitude; next = walk_.at(amount.last)) {
    const auto lower = walk_.is_number(next) || walk_.is_lower(next) ? single(next) : std::nullopt;
    if (!lower || (!lower->has_magnitude && !is_plain_rest(amount, next)) || lower->value >= amount.factor) return;
    amount.value = amount.value + lower->value;
    amount.factor = lower->factor;
    amount.last = lower->last;
  }
}

std::optional<Amount> Amounts::read(std::uint32_t i) const {
  auto out = single(i);
  if (!out) return out;
  const Decimal factor = out->factor;
  add_lower_part(*out);
  out->factor = factor;
  const std::uint32_t joint = walk_.at(out->last);
  const std::uint32_t second = walk_.next(joint);
  if (!walk_.is_dash(joint) || !walk_.is_number(second)) return out;
  const auto upper = single(second);
  if (!upper) return out;
  const Decimal start = out->has_magnitude ? out->value : product(out->value, upper->factor);
  if (start >= upper->value) return out;
  return Amount{out->first, upper->last, start, upper->value, upper->factor, upper->has_magnitude, false};
}

bool Amounts::may_be_within(std::uint32_t i) const {
  return walk_.is_number(i) || walk_.is_dash(i) || walk_.is_sign(i, U'.') || magnitude(i) || (walk_.is_word(i) && text::is_within_numbers(*language_, walk_.text(i)));
}

// A piece of a longer number that no grammar joins: better no sum than that of the piece.
bool Amounts::is_cut(const Amount& amount) const {
  const std::uint32_t before = walk_.before(amount.first);
  if (!walk_.has(before)) return false;
  const Reading& reading = walk_.reading();
  if (reading.match_at("number_points", before) != nullptr && is_of_number(walk_.before(before))) return true;  // "two point | five million"
  if (!amount.is_word) {  // "3 млн | 500"
    const std::uint32_t power = walk_.is_sign(before, U'.') ? walk_.before(before) : before;
    return !amount.has_magnitude && magnitude(power) && walk_.is_number(walk_.before(power));
  }
  const PhraseMatch* fraction = reading.match_over("fraction_heads", before);  // "three quarters of | a million"
  if (fraction != nullptr && fraction->last == before + 1) return true;
  const std::uint32_t ordinal = walk_.before(before);
  if (walk_.has(ordinal) && text::is_power_or_part(*language_, walk_.text(before)) && reading.match_over("period_ordinals", ordinal) != nullptr) return false;  // "in the third quarter | half a million"
  if (walk_.is_word(before) && text::is_number_word(*language_, walk_.text(before))) {
    const auto power = language_->magnitude(walk_.text(before));
    if (!power || *power > amount.factor) return true;  // "three | dozen million", not "of five million | two million"
  }
  if (is_joint_or_article(before) && ends_year(walk_.before(before))) return true;
  std::uint32_t first = amount.first;
  if (is_joint_or_article(first)) first = walk_.next(first);
  if (!walk_.is_word(first) || !text::is_power_or_part(*language_, walk_.text(first))) return false;
  if (reading.match_over("period_ordinals", before) != nullptr) return true;  // "in the first | quarter million dollar loans"
  std::uint32_t at = before;
  for (int steps = 0; steps < 2 && is_joint_or_article(at); ++steps) at = walk_.before(at);
  return is_of_number(at);
}

// "in two thousand and | twenty five and a half million dollars": where the year ends nobody can tell.
bool Amounts::ends_year(std::uint32_t i) const {
  const auto number = walk_.is_word(i) && walk_.has(walk_.before(i)) ? single(walk_.before(i)) : std::nullopt;
  return number && number->is_word && number->last == i + 1 && number->value == Decimal(kYears);
}

bool Amounts::is_of_number(std::uint32_t i) const {
  return walk_.is_number(i) || (walk_.is_word(i) && text::is_number_word(*language_, walk_.text(i)));
}

bool Amounts::is_joint_or_article(std::uint32_t i) const {
  return walk_.is_word(i) && !is_of_number(i) && text::is_within_numbers(*language_, walk_.text(i));
}

// "two million, | three hundred thousand"
std::optional<Amount> Amounts::with_higher(const Amount& higher, const Amount& lower) const {
  if (!higher.has_magnitude || !lower.has_magnitude || higher.upper || lower.upper || lower.value >= higher.factor) return std::nullopt;
  Amount out = higher;
  out.value = (higher.value + lower.value).normalised();
  out.last = lower.last;
  return out;
}

std::string Amounts::comparator(std::uint32_t& first, std::uint32_t last) const {
  const Reading& reading = walk_.reading();
  const std::uint32_t before = walk_.before(first);
  if (const PhraseMatch* match = walk_.has(before) ? reading.match_over("comparators", before) : nullptr) {
    if (match->last == before + 1 && match->first >= walk_.first()) {
      first = match->first;
      return reading.entry(*match).id;
    }
  }
  if (const std::string_view word = walk_.folded(last - 1); word.ends_with("gacha") || word.ends_with("гача")) return "<=";  // "so‘mgacha"
  const std::uint32_t after = walk_.at(last);
  const PhraseMatch* match = walk_.has(after) ? reading.match_at("comparators_after", after) : nullptr;
  return match == nullptr ? std::string() : reading.entry(*match).id;
}

}  // namespace policygraph::inline v0::detail::extract
