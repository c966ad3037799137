#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/decimal.hpp"
#include "policygraph/export.hpp"
#include "policygraph/text/script.hpp"

namespace policygraph::inline v0 {

struct Token;
namespace detail::text {
class WordVotes;
struct ScriptVotes;
}  // namespace detail::text

/// What is known of one language: read from a JSON file (text/languages/, compiled in, or a folder given at run time).
/// Immutable. Lookups take a word in any case and fold it.
class POLICYGRAPH_EXPORT Language {
 public:
  const std::string& code() const noexcept;  ///< "en", "ru", "uz-Latn", "uz-Cyrl", "kk"
  const std::string& name() const noexcept;

  /// 1..12 for a month's name or abbreviation, inflected forms included ("октября", "oktabrdagi", "September").
  std::optional<int> month(std::string_view word) const;
  /// A number word: "two", "двух", "ikki"; tens and hundreds likewise.
  std::optional<Decimal> number_word(std::string_view word) const;
  /// A power of ten: "million", "млн", "mlrd", "trillion", "тысяч".
  std::optional<Decimal> magnitude(std::string_view word) const;
  /// "No", "Dr", "г", "т. д": the word before a full stop does not end a sentence. `word` is without the stop.
  bool is_abbreviation(std::string_view word) const;
  /// An abbreviation that often closes a sentence ("etc", "т. д", "Ltd"): one ends there when a capital letter follows.
  bool is_final_abbreviation(std::string_view word) const;
  /// The word without one known case or possessive ending, folded ("qaroriga" -> "qaror"); the folded word when none fits.
  /// Folded: lower case, every apostrophe as ', "ё" as "е".
  std::string stem(std::string_view word) const;
  bool is_stop_word(std::string_view word) const;
  Script script() const noexcept;

  struct Data;
  explicit Language(std::shared_ptr<const Data> data);
  const Data& data() const noexcept { return *data_; }  ///< what was read; private to `text`

 private:
  std::shared_ptr<const Data> data_;
};

/// A set of languages. `built_in()` is compiled in and shared; `load` adds or replaces from the *.json files of a folder
/// (their form: top of src/text/language_file.cpp; for a new month name in Uzbek: src/text/languages/uz-Latn.json).
class POLICYGRAPH_EXPORT Languages {
 public:
  static const Languages& built_in();
  /// The built-in ones with those of a folder added or put in their place.
  /// Throws Error(io) or Error(format) with file, line and column.
  static Languages load(const std::string& folder);
  /// One language from its JSON text; `name` is used in errors.
  void add(std::string_view json, std::string_view name);

  const Language* find(std::string_view code) const noexcept;
  /// Throws Error(not_found) that lists the codes there are.
  const Language& get(std::string_view code) const;
  std::vector<std::string> codes() const;

  /// The likeliest language of a text by script, letters and stop words, with a confidence of 0 to 1; looks at 16 KiB at most.
  struct Guess {
    std::string code;  ///< empty: cannot tell
    double confidence = 0;
  };
  Guess guess(std::string_view text) const;
  /// The same for a text whose tokens are there already.
  Guess guess(std::string_view text, std::span<const Token> tokens) const;

 private:
  std::span<const detail::text::WordVotes> votes_of(Script script) const;

  std::map<std::string, Language, std::less<>> languages_;
  std::shared_ptr<const detail::text::ScriptVotes> votes_;  ///< of all of them; null without any
};

}  // namespace policygraph::inline v0
