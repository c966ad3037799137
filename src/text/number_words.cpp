#include "number_words.hpp"

#include <algorithm>

#include "language_data.hpp"
#include "word_key.hpp"

// A number is parts of falling powers of ten: "two billion | three hundred and five million | ten thousand | six".
// Within a part, hundreds, tens and units; how a language makes those is told by the words it has (language_data.hpp).
namespace policygraph::inline v0::detail::text {
namespace {

const Decimal kHundred(100), kThousand(1000), kTooHigh(std::int64_t{1'000'000'000'000'000});

enum class Sort : std::uint8_t { none, value, magnitude, joint, article };

struct Piece {
  Sort sort = Sort::none;
  Decimal value;
  bool is_closing = false;  // it has the ending of a case, which stands at the end of a number
};

class NumberReader {
 public:
  explicit NumberReader(const Language& language) : language_(language), data_(language.data()) {}

  // Digits in front of the words are the first group: "5 thousand five hundred", "2 and a half million".
  void begin_with(const Decimal& digits) {
    group_ = digits;
    left_ = Decimal(1);
    has_any_ = has_group_ = begins_with_digits_ = true;
  }

  // Takes a word, or the words that hyphens join; false: it does not go on with it.
  bool take_word(std::string_view key) {
    while (!key.empty()) {
      const std::size_t hyphen = std::min(key.find('-'), key.size());
      if (is_closed_ || !take(piece(key.substr(0, hyphen)))) return false;
      key.remove_prefix(std::min(hyphen + 1, key.size()));
    }
    return true;
  }

  bool is_complete() const { return has_any_ && !is_bare_ && !has_joint_ && !has_article_ && !awaits_magnitude_; }
  bool is_after_magnitude() const { return is_after_magnitude_; }
  // A power of ten did not fit, so what stands in front of it is of another number: "thirty million and twelve |
  // million".
  bool is_refused() const { return is_refused_; }
  // Digits, a power of ten and "and": only another power tells that they go on, "5 million and | twenty".
  bool is_joined_late() const { return is_joined_late_; }
  Decimal value() const { return (total_ + group_).normalised(); }
  const Decimal& factor() const { return factor_; }

 private:
  Piece piece(std::string_view word) const {
    if (const auto found = data_.numbers.find(word); found != data_.numbers.end()) return {Sort::value, found->second};
    if (const auto found = data_.magnitudes.find(word); found != data_.magnitudes.end())
      return {Sort::magnitude, found->second};
    if (data_.number_joints.contains(word) || data_.half_joints.contains(word)) return {Sort::joint, {}};
    if (data_.number_articles.contains(word)) return {Sort::article, {}};
    const auto power = language_.magnitude(word);  // "milliondan"
    return power ? Piece{Sort::magnitude, *power, true} : Piece{};
  }

  bool take(const Piece& piece) {
    bool is_taken = false;
    if (piece.sort == Sort::article)
      is_taken = take_article();
    else if (piece.sort == Sort::joint)
      is_taken = take_joint();
    else if (piece.sort == Sort::magnitude && piece.value >= kThousand)
      is_taken = take_magnitude(piece.value);
    else if (piece.sort != Sort::none)
      is_taken = take_value(piece.value);
    is_closed_ = is_closed_ || piece.is_closing;
    return is_taken;
  }

  // "a million", "half a million", "two and a half"
  bool take_article() {
    if (has_article_ || (has_any_ && !awaits_magnitude_ && !has_joint_)) return false;
    return has_article_ = true;
  }

  // "one hundred and", "two million and", "five and" before a half
  bool take_joint() {
    if (!has_any_ || has_joint_ || has_article_ || awaits_magnitude_) return false;
    is_joined_late_ = is_joined_late_ || (begins_with_digits_ && !has_group_);
    return has_joint_ = true;
  }

  bool take_magnitude(const Decimal& power) {
    if (has_joint_ || power >= kTooHigh) return false;
    if (!has_group_) return take_bare(power);
    is_refused_ = power >= below_;
    if (is_refused_) return false;
    add_part(group_ * power, power);
    return true;
  }

  // "a million"; "тысяча миллиардов"; a "миллион" that more must follow: "миллион двести тысяч"
  bool take_bare(const Decimal& power) {
    if (has_any_) return stack(power);
    is_bare_ = !has_article_;
    add_part(power, power);
    return true;
  }

  bool stack(const Decimal& power) {
    if (!is_after_magnitude_ || is_stacked_ || power <= below_) return false;
    total_ = total_ - last_part_;
    factor_ = factor_ * power;
    add_part(last_part_ * power, power);
    return is_stacked_ = true;
  }

  void add_part(const Decimal& part, const Decimal& power) {
    if (factor_ == Decimal(1)) factor_ = power;
    total_ = total_ + part;
    last_part_ = part;
    below_ = power;
    group_ = Decimal(0);
    left_ = kThousand;
    has_group_ = awaits_magnitude_ = has_joint_ = has_article_ = false;
    has_any_ = is_after_magnitude_ = true;
  }

  bool take_value(const Decimal& value) {
    if (awaits_magnitude_) return false;
    if (value < Decimal(1)) return value > Decimal(0) && take_fraction(value);
    if (value >= kThousand) return take_whole(value);
    if (value == kHundred && !data_.has_hundreds) return take_hundred();
    if (has_article_) return value == Decimal(12) && !has_any_ && add(value, kHundred, Decimal(1));  // "a dozen"
    if (value == Decimal(10)) return add(value, kHundred, Decimal(data_.has_teens ? 1 : 10));
    if (value < Decimal(10)) return add(value, Decimal(10), Decimal(1));
    if (value < Decimal(20)) return add(value, kHundred, Decimal(1));
    return value < kHundred ? add(value, kHundred, Decimal(10)) : add(value, kThousand, kHundred);
  }

  // What is left of a group is the power below which it has no part yet.
  bool add(const Decimal& value, const Decimal& needed, const Decimal& left) {
    if (has_joint_ && (data_.number_joints.empty() || (has_group_ && left_ != kHundred))) return false;
    if (left_ < needed) return false;
    group_ = group_ + value;
    left_ = left;
    is_bare_ = false;
    note();
    return true;
  }

  // "hundred" multiplies the unit in front of it, "yuz" too, and says one without.
  bool take_hundred() {
    if (!has_group_ && left_ != kThousand) return false;
    if (has_group_ && (has_joint_ || left_ != Decimal(1) || !may_count_hundreds())) return false;
    const bool is_told = has_group_ || has_article_ || data_.number_articles.empty();
    is_bare_ = has_any_ ? false : !is_told;
    group_ = has_group_ ? group_ * kHundred : kHundred;
    left_ = kHundred;
    note();
    return true;
  }

  // "twelve hundred", "twenty-five hundred"
  bool may_count_hundreds() const {
    if (group_.normalised().scale() != 0) return false;
    return group_ < Decimal(10) || (data_.has_teens && group_ > Decimal(10) && group_ < kHundred);
  }

  // A half or a quarter, which a power of ten follows, but for "a million and a half".
  bool take_fraction(const Decimal& value) {
    const bool is_joined = has_joint_ != data_.half_joints.empty();
    if (has_any_ && (!is_joined || left_ == Decimal(0))) return false;
    if (!has_group_ && is_after_magnitude_) {
      total_ = total_ + below_ * value;
      note();
      return is_closed_ = true;
    }
    if (has_group_ && group_.normalised().scale() != 0) return false;
    group_ = group_ + value;
    left_ = Decimal(0);
    note();
    return awaits_magnitude_ = true;
  }

  // "полмиллиона"
  bool take_whole(const Decimal& value) {
    if (has_any_ || has_article_) return false;
    add_part(value, kThousand);
    left_ = Decimal(0);
    return is_stacked_ = true;
  }

  void note() {
    has_any_ = has_group_ = true;
    is_after_magnitude_ = has_joint_ = has_article_ = false;
  }

  const Language& language_;
  const Language::Data& data_;
  Decimal total_{0};
  Decimal group_{0};  // the part that no power of ten closed yet
  Decimal left_ = kThousand;
  Decimal below_ = kTooHigh;  // the next power of ten must be lower
  Decimal last_part_{0};
  Decimal factor_{1};
  bool has_any_ = false, has_group_ = false, is_after_magnitude_ = false, is_stacked_ = false, is_closed_ = false;
  bool has_joint_ = false, has_article_ = false, is_refused_ = false;
  bool begins_with_digits_ = false, is_joined_late_ = false;
  bool is_bare_ = false;           // it began with a power of ten
  bool awaits_magnitude_ = false;  // "half"
};

}  // namespace

namespace {

std::optional<NumberInWords> read(NumberReader& reader, std::span<const std::string_view> words) {
  std::optional<NumberInWords> best, to_magnitude;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const WordKey key(words[i]);
    if (key.view().empty() || !reader.take_word(key.view())) break;
    if (!reader.is_complete()) continue;
    best = NumberInWords{reader.value(), i + 1, reader.factor()};
    if (reader.is_after_magnitude()) to_magnitude = best;
  }
  return reader.is_refused() || reader.is_joined_late() ? to_magnitude : best;
}

bool may_be_of_number(const Language& language, std::string_view word) {
  return !word.empty() && language.data().of_numbers.may_begin(word);
}

bool may_begin(const Language& language, std::span<const std::string_view> words) {
  return !words.empty() && may_be_of_number(language, words.front());
}

}  // namespace

std::optional<NumberInWords> number_in_words(const Language& language, std::span<const std::string_view> words) {
  if (!may_begin(language, words)) return std::nullopt;
  NumberReader reader(language);
  return read(reader, words);
}

std::optional<NumberInWords> number_from_digits(const Language& language, const Decimal& digits,
                                                std::span<const std::string_view> words) {
  if (!may_begin(language, words) || digits < Decimal(1) || digits >= kThousand) return std::nullopt;
  NumberReader reader(language);
  reader.begin_with(digits);
  const auto number = read(reader, words);
  return number && number->factor > Decimal(1) ? number : std::nullopt;
}

bool is_within_numbers(const Language& language, std::string_view word) {
  if (!may_be_of_number(language, word)) return false;
  const WordKey key(word);
  const Language::Data& data = language.data();
  if (data.numbers.contains(key.view()) || data.magnitudes.contains(key.view())) return true;
  return data.number_joints.contains(key.view()) || data.half_joints.contains(key.view()) ||
         data.number_articles.contains(key.view());
}

bool is_power_or_part(const Language& language, std::string_view word) {
  if (!may_be_of_number(language, word)) return false;
  const WordKey key(word);
  const Language::Data& data = language.data();
  if (const auto found = data.numbers.find(key.view()); found != data.numbers.end()) return found->second < Decimal(1);
  return data.magnitudes.contains(key.view());
}

bool is_number_word(const Language& language, std::string_view word) {
  const WordKey key(word);
  const std::size_t hyphen = key.view().rfind('-');
  const std::string_view last = hyphen == std::string_view::npos ? key.view() : key.view().substr(hyphen + 1);
  return language.data().numbers.contains(last) || language.data().magnitudes.contains(last);
}

}  // namespace policygraph::inline v0::detail::text
