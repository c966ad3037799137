#include <algorithm>
#include <array>
#include <cstdint>

#include "letters.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/transliterate.hpp"
#include "text/name_spelling.hpp"

// A name key is what is left of a name when all that spellings differ in is taken away. In this order: Cyrillic letters and Uzbek
// o‘, g‘ become Latin; case, marks and punctuation go; groups become one letter (kh, x and h; q and k; zh, dzh, dj and j); "y" goes
// beside a vowel and is "i" elsewhere; "i" goes after a vowel; o is a; doubled letters are one.

namespace policygraph::inline v0 {
namespace {

struct Row {
  char32_t letter;
  std::string_view latin;
};

constexpr std::array kLatin{
    Row{U'а', "a"}, Row{U'б', "b"}, Row{U'в', "v"}, Row{U'г', "g"},  Row{U'д', "d"},  Row{U'е', "e"},  Row{U'ё', "yo"},
    Row{U'ж', "j"}, Row{U'з', "z"}, Row{U'и', "i"}, Row{U'й', "y"},  Row{U'к', "k"},  Row{U'л', "l"},  Row{U'м', "m"},
    Row{U'н', "n"}, Row{U'о', "o"}, Row{U'п', "p"}, Row{U'р', "r"},  Row{U'с', "s"},  Row{U'т', "t"},  Row{U'у', "u"},
    Row{U'ф', "f"}, Row{U'х', "h"}, Row{U'ц', "ts"}, Row{U'ч', "ch"}, Row{U'ш', "sh"}, Row{U'щ', "sh"}, Row{U'ъ', ""},
    Row{U'ы', "i"}, Row{U'ь', ""},  Row{U'э', "e"}, Row{U'ю', "yu"}, Row{U'я', "ya"}, Row{U'ў', "u"},  Row{U'қ', "q"},
    Row{U'ғ', "g"}, Row{U'ҳ', "h"}, Row{U'ә', "a"}, Row{U'ң', "ng"}, Row{U'ө', "o"},  Row{U'ұ', "u"},  Row{U'ү', "u"},
    Row{U'һ', "h"}, Row{U'і', "i"}, Row{U'ї', "i"}, Row{U'є', "e"},
};

// Latin letters of neighbours that sound otherwise than the bare letter below the mark.
constexpr std::array kMarked{Row{U'ç', "ch"}, Row{U'č', "ch"}, Row{U'ć', "ch"}, Row{U'ş', "sh"}, Row{U'š', "sh"}, Row{U'ś', "s"},
                             Row{U'ž', "zh"}, Row{U'ğ', "g"},  Row{U'ı', "i"},  Row{U'ł', "l"},  Row{U'ß', "ss"}};

template <std::size_t N>
const Row* find_row(const std::array<Row, N>& rows, char32_t letter) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.letter == letter; });
  return found == rows.end() ? nullptr : &*found;
}

/// Null: the letter stays as it is.
const Row* row_of(char32_t letter) {
  if (letter < 0x80 || letter >= 0x500) return nullptr;
  if (letter >= 0x400) return find_row(kLatin, letter);
  return letter >= 0xDF && letter < 0x180 ? find_row(kMarked, letter) : nullptr;
}

std::string in_latin(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  for (detail::text::Letters letters(name); !letters.at_end(); letters.next()) {
    const char32_t here = letters.here();
    if (here == U'o' && is_apostrophe(letters.after()) && is_letter(letters.after(2))) {
      out.push_back('u');
      continue;
    }
    const Row* const found = row_of(here);
    out.append(found != nullptr ? found->latin : letters.written());
  }
  return out;
}

struct Group {
  std::string_view from, to;
};

// Longest first; a group is looked for before its shorter beginnings.
constexpr std::array kGroups{
    Group{"shch", "sh"}, Group{"sch", "sh"}, Group{"dzh", "j"}, Group{"alex", "aleks"}, Group{"maxi", "maksi"}, Group{"kh", "h"}, Group{"gh", "g"},
    Group{"zh", "j"},    Group{"dj", "j"},  Group{"ph", "f"},       Group{"ck", "k"},       Group{"sh", "sh"}, Group{"ch", "ch"},
    Group{"ce", "se"},   Group{"ci", "si"}, Group{"x", "h"},        Group{"q", "k"},        Group{"w", "v"},  Group{"c", "k"},
};

/// A bit of each letter that a group begins with.
constexpr std::uint32_t make_beginnings() {
  std::uint32_t bits = 0;
  for (const Group& group : kGroups) bits |= std::uint32_t{1} << (group.from.front() - 'a');
  return bits;
}

bool may_begin_group(char c) {
  constexpr std::uint32_t kBeginnings = make_beginnings();
  return c >= 'a' && c <= 'z' && (kBeginnings >> (c - 'a') & 1U) != 0;
}

std::string with_groups(std::string_view word) {
  std::string out;
  out.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) {
    if (!may_begin_group(word[at])) {
      out.push_back(word[at++]);
      continue;
    }
    const Group* found = nullptr;
    for (const Group& group : kGroups) {
      if (word.substr(at).starts_with(group.from)) {
        found = &group;
        break;
      }
    }
    if (found == nullptr) {
      out.push_back(word[at++]);
    } else {
      out.append(found->to);
      at += found->from.size();
    }
  }
  return out;
}

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

std::string with_plain_vowels(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    char c = word[i];
    const bool after_vowel = i > 0 && is_vowel(word[i - 1]);
    const bool before_vowel = i + 1 < word.size() && is_vowel(word[i + 1]);
    if (c == 'y' && (after_vowel || before_vowel)) continue;
    if (c == 'y') c = 'i';
    if (c == 'o') c = 'a';
    const bool closes = c == 'i' && !out.empty() && is_vowel(out.back());
    if (closes || (!out.empty() && out.back() == c)) continue;
    out.push_back(c);
  }
  return out;
}

}  // namespace

namespace detail::text {

std::string latin_word(std::string_view word) { return with_groups(fold_name(in_latin(word))); }

}  // namespace detail::text

std::string name_key(std::string_view name) {
  const std::string folded = fold_name(in_latin(name));
  std::string out;
  for (std::size_t start = 0; start < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', start), folded.size());
    const std::string_view word = std::string_view(folded).substr(start, end - start);
    const std::string key = with_plain_vowels(with_groups(word));
    if (!out.empty()) out.push_back(' ');
    out.append(key.empty() ? word : std::string_view(key));
    start = end + 1;
  }
  return out;
}

}  // namespace policygraph::inline v0
