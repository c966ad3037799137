#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/word_table.hpp"
#include "text/search_words.hpp"

namespace policygraph::inline v0::detail::graph {

class WordTableBuilder {
 public:
  /// Texts of that language come next; "" for any.
  void set_language(std::string_view code);
  /// Adds a text to a unit, none of whose successors has one yet; its words are numbered from `first_word` on. Gives the number
  /// after the last.
  std::uint32_t add(std::uint32_t unit, std::string_view text, std::uint32_t first_word = 0);
  WordTable finish();

 private:
  struct Posting {
    std::string bytes;
    std::uint32_t unit = 0, word = 0;  // the last
    bool has_any = false;
  };
  using Numbers = std::vector<std::uint32_t>;
  const Numbers& terms_of(std::string_view word, TokenKind kind);
  static void put(Posting& posting, std::uint32_t unit, std::uint32_t word);

  struct Language {
    explicit Language(std::string_view code) : words(code) {}
    text::SearchWords words;
    std::unordered_map<std::string, Numbers> known;  // terms of a word as it is written
  };
  std::unordered_map<std::string, Language> languages_;
  Language* language_ = nullptr;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<Posting> postings_;
  std::vector<std::uint32_t> lengths_;
};

}  // namespace policygraph::inline v0::detail::graph
