#include "text/first_letters.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "policygraph/text/language.hpp"
#include "text/language_data.hpp"
#include "text/word_key.hpp"

namespace policygraph {
namespace {

using detail::text::FirstLetters;

FirstLetters letters_of(std::initializer_list<std::string_view> words) {
  FirstLetters out;
  for (const std::string_view word : words) out.add(word);
  return out;
}

TEST(FirstLetters, WordsThatBeginOtherwiseAreTold) {
  const FirstLetters letters = letters_of({"million", "\u043C\u0438\u043B\u043B\u0438\u043E\u043D"});
  EXPECT_TRUE(letters.may_begin("million"));
  EXPECT_TRUE(letters.may_begin("Milliondan"));
  EXPECT_TRUE(letters.may_begin("\u041C\u0418\u041B\u041B\u0418\u041E\u041D"));
  EXPECT_FALSE(letters.may_begin("a"));
  EXPECT_FALSE(letters.may_begin("the"));
  EXPECT_FALSE(letters.may_begin("\u0434\u043E\u043C"));
}

TEST(FirstLetters, WhatIsOfNoPlainLettersMayAlwaysBeOne) {
  const FirstLetters letters = letters_of({"o'n"});
  for (const std::string_view word : {"o\u2018n", "o'n", "\u0451\u0436", "1", "-", "\u00FC"})
    EXPECT_TRUE(letters.may_begin(word)) << word;
}

TEST(FirstLetters, OneLetterMayTakeAnEnding) {
  const FirstLetters letters = letters_of({"m"});
  EXPECT_TRUE(letters.may_begin("m"));
  EXPECT_TRUE(letters.may_begin("mdan"));
}

// Every word of the built-in lists, as it is spelt and in capitals, is let through.
TEST(FirstLetters, NoWordOfALanguageIsLost) {
  const Languages languages = Languages::built_in();
  for (const std::string& code : languages.codes()) {
    const Language::Data& data = languages.get(code).data();
    for (const auto& [word, number] : data.numbers) EXPECT_TRUE(data.of_numbers.may_begin(word)) << word;
    for (const auto& [word, power] : data.magnitudes) EXPECT_TRUE(data.of_magnitudes.may_begin(word)) << word;
    for (const auto& [word, month] : data.months) EXPECT_TRUE(data.of_months.may_begin(word)) << word;
    for (const std::string& word : data.stop_words) EXPECT_TRUE(languages.get(code).is_stop_word(word)) << word;
  }
}

}  // namespace
}  // namespace policygraph
