#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "policygraph/base/decimal.hpp"
#include "policygraph/text/language.hpp"

namespace policygraph::inline v0::detail::text {

/// A number that words say.
struct NumberInWords {
  Decimal value;
  std::size_t words = 0;  ///< how many of the words given say it
  Decimal factor{
      1};  ///< of its highest part from a thousand on: 1000000 of "two million three hundred thousand"; else 1
};

/// The number that the words begin with, by the grammar of numbers of the language: "one hundred and twenty million",
/// "сто двадцать миллионов", "bir yarim milliard", "half a million"; the longest that they say. A power of ten alone
/// says none, nor does a half.
std::optional<NumberInWords> number_in_words(const Language& language, std::span<const std::string_view> words);
/// The number that `digits`, from 1 to below 1000, and the words behind them say together, with a power of ten:
/// "5 | thousand five hundred", "2 | and a half million".
std::optional<NumberInWords> number_from_digits(const Language& language, const Decimal& digits,
                                                std::span<const std::string_view> words);
/// "thousand", "half", "quarter": behind a number it goes on with that.
bool is_power_or_part(const Language& language, std::string_view word);
/// "two", "hundred", "twenty-five": of a number, but no joint or article.
bool is_number_word(const Language& language, std::string_view word);
/// "and", "с", "a", "hundred", "half", "two": may stand within such a number, whether it begins one or not.
bool is_within_numbers(const Language& language, std::string_view word);

}  // namespace policygraph::inline v0::detail::text
