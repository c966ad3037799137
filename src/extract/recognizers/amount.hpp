#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "extract/walk.hpp"
#include "policygraph/base/decimal.hpp"

namespace policygraph::inline v0::detail::extract {

// A number with its power of ten, as written in tokens [first, last): "4.9 million", "102 938", "2,503,060", "six",
// "39 billion 987 million", or a range of two, "1–2 million".
struct Amount {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Decimal value;
  std::optional<Decimal> upper;  // of a range: its end; `value` is its start
  Decimal factor{1};
  bool has_magnitude = false;
  bool is_word = false;
};

// "4.9", "1,000", "102 938", "1,2" in tongues whose comma parts decimals; nothing for what is no number.
std::optional<Decimal> parse_number(std::string_view text, bool is_comma_decimal, bool has_magnitude);

class Amounts {
 public:
  Amounts(const Walk& walk, const Language& language) noexcept;
  // The amount that starts at token `i`.
  std::optional<Amount> read(std::uint32_t i) const;
  // The power of ten at token `i` and the token after it.
  struct Magnitude {
    Decimal factor;
    std::uint32_t last;
  };
  std::optional<Magnitude> magnitude(std::uint32_t i) const;
  bool is_beside_currency(std::uint32_t i) const;
  // Whether the token may stand within an amount without beginning one.
  bool may_be_within(std::uint32_t i) const;
  // Whether it is but a piece of the number that stands there: "three quarters of | a million", "two point | five million".
  bool is_cut(const Amount& amount) const;
  // The two as one number, where the powers fall: "two million, three hundred thousand".
  std::optional<Amount> with_higher(const Amount& higher, const Amount& lower) const;
  // What bounds the number at [first, last): "at least", "ortiq"; `first` moves to where the words begin. "" for none.
  std::string comparator(std::uint32_t& first, std::uint32_t last) const;

 private:
  static constexpr std::size_t kMostNumberWords = 24;
  struct Words {
    std::array<std::string_view, kMostNumberWords> words;
    std::array<std::uint32_t, kMostNumberWords> ends{};
    std::size_t size = 0;
    std::span<const std::string_view> view() const noexcept { return std::span(words).first(size); }
  };

  Words words_from(std::uint32_t i) const;
  std::optional<Amount> from_digits(std::uint32_t i, const Decimal& digits) const;
  bool is_ordinal(std::uint32_t i) const;
  bool is_plain_rest(const Amount& amount, std::uint32_t i) const;
  bool ends_year(std::uint32_t i) const;
  bool is_of_number(std::uint32_t i) const;
  bool is_joint_or_article(std::uint32_t i) const;
  std::optional<Amount> single(std::uint32_t i) const;
  std::optional<Amount> in_words(std::uint32_t i) const;
  std::optional<Magnitude> inflected(std::uint32_t i) const;
  std::optional<Decimal> plain(std::uint32_t i, bool has_magnitude) const;
  void add_lower_part(Amount& amount) const;

  Walk walk_;
  const Language* language_;
  bool is_comma_decimal_;
};

}  // namespace policygraph::inline v0::detail::extract
