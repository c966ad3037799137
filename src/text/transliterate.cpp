#include "policygraph/text/transliterate.hpp"

#include <array>

#include "letters.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::text::Letters;

struct Row {
  char32_t letter;
  std::string_view other;
};

constexpr std::array kUzbekLatin{
    Row{U'а', "a"},  Row{U'б', "b"},  Row{U'в', "v"},  Row{U'г', "g"},  Row{U'д', "d"},       Row{U'ё', "yo"},
    Row{U'ж', "j"},  Row{U'з', "z"},  Row{U'и', "i"},  Row{U'й', "y"},  Row{U'к', "k"},       Row{U'л', "l"},
    Row{U'м', "m"},  Row{U'н', "n"},  Row{U'о', "o"},  Row{U'п', "p"},  Row{U'р', "r"},       Row{U'с', "s"},
    Row{U'т', "t"},  Row{U'у', "u"},  Row{U'ф', "f"},  Row{U'х', "x"},  Row{U'ч', "ch"},      Row{U'ш', "sh"},
    Row{U'щ', "sh"}, Row{U'ъ', "’"},  Row{U'ы', "i"},  Row{U'ь', ""},   Row{U'э', "e"},       Row{U'ю', "yu"},
    Row{U'я', "ya"}, Row{U'ў', "o‘"}, Row{U'қ', "q"},  Row{U'ғ', "g‘"}, Row{U'ҳ', "h"},
};

constexpr std::array kUzbekCyrillic{
    Row{U'a', "а"}, Row{U'b', "б"}, Row{U'c', "с"}, Row{U'd', "д"}, Row{U'e', "е"}, Row{U'f', "ф"}, Row{U'g', "г"},
    Row{U'h', "ҳ"}, Row{U'i', "и"}, Row{U'j', "ж"}, Row{U'k', "к"}, Row{U'l', "л"}, Row{U'm', "м"}, Row{U'n', "н"},
    Row{U'o', "о"}, Row{U'p', "п"}, Row{U'q', "қ"}, Row{U'r', "р"}, Row{U's', "с"}, Row{U't', "т"}, Row{U'u', "у"},
    Row{U'v', "в"}, Row{U'w', "в"}, Row{U'x', "х"}, Row{U'y', "й"}, Row{U'z', "з"},
};

constexpr std::array kRussianLatin{
    Row{U'а', "a"},  Row{U'б', "b"},    Row{U'в', "v"}, Row{U'г', "g"}, Row{U'д', "d"}, Row{U'ё', "yo"}, Row{U'ж', "zh"},
    Row{U'з', "z"},  Row{U'и', "i"},    Row{U'й', "y"}, Row{U'к', "k"}, Row{U'л', "l"}, Row{U'м', "m"},  Row{U'н', "n"},
    Row{U'о', "o"},  Row{U'п', "p"},    Row{U'р', "r"}, Row{U'с', "s"}, Row{U'т', "t"}, Row{U'у', "u"},  Row{U'ф', "f"},
    Row{U'х', "kh"}, Row{U'ц', "ts"},   Row{U'ч', "ch"}, Row{U'ш', "sh"}, Row{U'щ', "shch"}, Row{U'ъ', ""}, Row{U'ы', "y"},
    Row{U'ь', ""},   Row{U'э', "e"},    Row{U'ю', "yu"}, Row{U'я', "ya"},
};

template <typename Rows>
const Row* row_of(const Rows& rows, char32_t letter) noexcept {
  for (const Row& row : rows) {
    if (row.letter == letter) return &row;
  }
  return nullptr;
}

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool is_cyrillic_vowel(char32_t c) { return is_one_of(c, U"аеёиоуыэюяў"); }

/// Whether "е" sounds as "ye": at the start of a word, after a vowel and after the two signs.
bool is_iotated(const Letters& letters) {
  const char32_t before = letters.before();
  return !is_letter(before) || is_cyrillic_vowel(before) || before == U'ъ' || before == U'ь';
}

/// What stands for the letter by rules that look at its neighbours; null data: no rule.
std::string_view uzbek_latin_rule(const Letters& letters) {
  switch (letters.here()) {
    case U'е': return is_iotated(letters) ? "ye" : "e";
    case U'ц': return is_cyrillic_vowel(letters.before()) ? "ts" : "s";
    // "сентябрь", "октябрь" are written sentabr, oktabr.
    case U'я': return letters.before() == U'т' && letters.after(1) == U'б' && letters.after(2) == U'р' ? "a" : std::string_view{};
    default: return {};
  }
}

/// Groups of Latin letters that are one Cyrillic letter, and how many signs they take.
struct Group {
  std::string_view cyrillic;
  std::size_t size = 0;
};

Group y_group(const Letters& letters) {
  const char32_t next = letters.after();
  if (next == U'o' && is_apostrophe(letters.after(2))) return {};  // "yo‘l" is йўл
  if (next == U'o') return {"ё", 2};
  if (next == U'u') return {"ю", 2};
  if (next == U'a') return {"я", 2};
  if (next == U'e') return {"е", 2};
  return {};
}

/// "ts" of borrowed words (litsey, militsiya, ofitser, dotsent); elsewhere the two letters meet by chance (ketsa).
bool is_borrowed_ts(const Letters& letters) {
  const char32_t second = letters.after(2);
  const char32_t third = letters.after(3);
  return (second == U'i' && (third == U'y' || third == U'o')) || (second == U'e' && is_one_of(third, U"ynr"));
}

Group latin_group(const Letters& letters) {
  const char32_t here = letters.here();
  const char32_t next = letters.after();
  if (here == U'y') return y_group(letters);
  if (next == U'h' && here == U's') return {"ш", 2};
  if (next == U'h' && here == U'c') return {"ч", 2};
  if (is_apostrophe(next) && here == U'o') return {"ў", 2};
  if (is_apostrophe(next) && here == U'g') return {"ғ", 2};
  if (next == U's' && here == U't' && is_borrowed_ts(letters)) return {"ц", 2};
  if (here == U'e' && (!is_letter(letters.before()) || is_one_of(letters.before(), U"aeiou"))) return {"э", 1};
  if (here == U'a' && letters.before() == U't' && next == U'b' && letters.after(2) == U'r') return {"я", 1};
  return {};
}

/// ъ for the sign between letters, but for "s’h", where it only keeps the two letters apart.
bool put_sign(const Letters& letters, std::string& out) {
  if (!is_apostrophe(letters.here()) || !is_letter(letters.before())) return false;
  if (!is_letter(letters.after()) && letters.here() != 0x2019 && letters.here() != 0x2BC) return false;
  if (!(letters.before() == U's' && letters.after() == U'h')) out.append("ъ");
  return true;
}

}  // namespace

std::string uzbek_to_latin(std::string_view cyrillic) {
  std::string out;
  out.reserve(cyrillic.size());
  for (Letters letters(cyrillic); !letters.at_end(); letters.next()) {
    const std::string_view ruled = uzbek_latin_rule(letters);
    if (ruled.data() != nullptr) letters.put(out, ruled);
    else if (const Row* row = row_of(kUzbekLatin, letters.here())) letters.put(out, row->other);
    else out.append(letters.written());
  }
  return out;
}

std::string uzbek_to_cyrillic(std::string_view latin) {
  std::string out;
  out.reserve(latin.size() * 2);
  for (Letters letters(latin); !letters.at_end(); letters.next()) {
    if (const Group group = latin_group(letters); group.size > 0) {
      letters.put(out, group.cyrillic);
      if (group.size == 2) letters.next();
    } else if (const Row* row = row_of(kUzbekCyrillic, letters.here())) {
      letters.put(out, row->other);
    } else if (!put_sign(letters, out)) {
      out.append(letters.written());
    }
  }
  return out;
}

std::string russian_to_latin(std::string_view cyrillic) {
  std::string out;
  out.reserve(cyrillic.size());
  for (Letters letters(cyrillic); !letters.at_end(); letters.next()) {
    const char32_t here = letters.here();
    if (here == U'е') letters.put(out, is_iotated(letters) ? "ye" : "e");
    else if (here == U'й' && letters.before() == U'ы') continue;  // "-ый" is "-y"
    else if (const Row* row = row_of(kRussianLatin, here)) letters.put(out, row->other);
    else out.append(letters.written());
  }
  return out;
}

}  // namespace policygraph::inline v0
