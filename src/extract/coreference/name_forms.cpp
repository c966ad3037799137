#include "extract/coreference/name_forms.hpp"

#include <algorithm>
#include <array>

#include "extract/folding.hpp"
#include "policygraph/text/transliterate.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMaxCountryWords = 5;
constexpr std::size_t kStem = 5;     // letters
constexpr std::size_t kEnding = 3;   // letters that inflection changes: agricultur|e, agricultur|al

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// One word with two endings: not "internal" and "international", nor "ecology" and "ecological", which may name two bodies.
bool are_inflections(std::string_view a, std::string_view b) {
  auto same = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  while (same > 0 && same < a.size() && (static_cast<unsigned char>(a[same]) & 0xC0U) == 0x80U) --same;
  return letters(a.substr(0, same)) >= kStem && letters(a.substr(same)) <= kEnding && letters(b.substr(same)) <= kEnding;
}

bool is_link(std::string_view word) {
  return word == "of" || word == "in" || word == "to" || word == "the" || word == "for" || word == "republic" || word == "and" || word == "on";
}

}  // namespace

// Takes the country that the words end with, and what joins it.
void NameForms::cut_country(NameForm& form) const {
  auto& words = form.words;
  for (std::size_t size = std::min(kMaxCountryWords, words.size()); size > 0; --size) {
    const std::size_t first = words.size() - size;
    if (first == 0) continue;
    const auto start = static_cast<std::size_t>(words[first].data() - form.folded.data());
    const auto found = countries_.find(std::string_view(form.folded).substr(start));
    if (found == countries_.end()) continue;
    form.country = found->second;
    words.resize(first);
    while (words.size() > 1 && is_link(words.back())) words.pop_back();
    return;
  }
}

void NameForms::read(std::string_view name, NameForm& out) {
  out.text_view = name;
  out.folded = folded_line(name, spans_);
  std::uint32_t start = 0;
  if (spans_.size() > 1 && out.folded.starts_with("the ")) {
    start = spans_[1].start;
    out.folded.erase(0, start);
    spans_.erase(spans_.begin());
  }
  out.words.reserve(spans_.size());
  for (const Span word : spans_) out.words.push_back(std::string_view(out.folded).substr(word.start - start, word.size()));
  cut_country(out);
  const auto end = out.words.empty() ? 0 : static_cast<std::size_t>(out.words.back().data() + out.words.back().size() - out.folded.data());
  out.base = std::string_view(out.folded).substr(0, end);
  out.folded_number = number(out.folded);
  out.base_number = out.base.size() == out.folded.size() ? out.folded_number : number(out.base);
  out.head_number = out.words.empty() ? kNoText : number(out.words.front());
}

const NameForm& NameForms::of(std::string_view name) {
  const TextNumber known = names_.add(name);
  while (forms_.size() <= known) {
    NameForm& form = forms_.emplace_back();
    if (forms_.size() == known + std::size_t{1}) read(name, form);
  }
  return forms_[known];
}

TextNumber NameForms::key_number(std::string_view name) {
  const TextNumber known = keyed_.add(name);
  if (keys_.empty()) keys_.push_back(number(name_key("")));
  if (known == keys_.size()) keys_.push_back(number(name_key(name)));
  return keys_[known];
}

std::string_view text_of(const ExtractedMention& mention, std::string_view name) {
  for (const ExtractedProperty& property : mention.properties) {
    if (property.name == name && property.value.kind() == ValueKind::string) return property.value.as_string();
  }
  return {};
}

void read_names(const ExtractedMention& mention, std::vector<std::string_view>& out) {
  out.clear();
  for (const ExtractedProperty& property : mention.properties) {
    if (property.name == "name" && property.value.kind() == ValueKind::string) out.insert(out.begin(), property.value.as_string());
    if (property.name != "aliases" || property.value.kind() != ValueKind::list) continue;
    for (const Value& alias : property.value.as_list()) out.emplace_back(alias.as_string());
  }
  const std::string_view description = text_of(mention, "description");
  if (out.empty() && !description.empty()) out.emplace_back(description);
}

namespace {

// "OPEC Fund" of "OPEC Fund for International Development". What says already what it is of is not cut short: "Commission on
// Education" is not "Commission on Education of Women", nor is what "and" goes on with.
bool is_start(const NameForm& part, const NameForm& whole) {
  if (part.words.size() < 2 || part.words.size() >= whole.words.size() || !part.country.empty()) return false;
  if (std::ranges::any_of(part.words, is_link)) return false;
  const std::string_view next = whole.words[part.words.size()];
  return std::equal(part.words.begin(), part.words.end(), whole.words.begin()) && is_link(next) && next != "and";
}

std::size_t past_links(const NameForm& name, std::size_t at) {
  while (at < name.words.size() && is_link(name.words[at])) ++at;
  return at;
}

}  // namespace

namespace {

constexpr std::size_t kYear = 4;
constexpr std::size_t kMostBehindYears = 20;  // bytes of " годы"

bool is_year(std::string_view text, std::size_t at) {
  if (at + kYear > text.size()) return false;
  return std::ranges::all_of(text.substr(at, kYear), [](char c) { return c >= '0' && c <= '9'; });
}

// Where "2025–2028" begins, the last of them.
std::size_t find_years(std::string_view name) {
  for (std::size_t at = name.size() < 2 * kYear + 1 ? 0 : name.size() - 2 * kYear; at-- > 1;) {
    if (!is_year(name, at)) continue;
    const bool is_plain = name[at + kYear] == '-', is_dash = name.substr(at + kYear).starts_with("\u2013") || name.substr(at + kYear).starts_with("\u2014");
    if ((is_plain && is_year(name, at + kYear + 1)) || (is_dash && is_year(name, at + kYear + 3))) return at;
  }
  return std::string_view::npos;
}

// "Rural Clinics Project (P181234)"
DatedName split_code(std::string_view name) noexcept {
  const std::size_t open = name.rfind(" (");
  if (open == std::string_view::npos || !name.ends_with(')')) return {};
  const std::string_view code = name.substr(open + 2, name.size() - open - 3);
  const bool has_digit = std::ranges::any_of(code, [](char c) { return c >= '0' && c <= '9'; });
  const bool is_plain = std::ranges::none_of(code, [](char c) { return c == ' ' || static_cast<unsigned char>(c) >= 0x80U; });
  return has_digit && is_plain ? DatedName{name.substr(0, open), code} : DatedName{};
}

}  // namespace

DatedName split_years(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 8> kOpeners{" for", " in", " during", " \u043D\u0430", " \u0437\u0430", " \u0432", " (", ","};
  const std::size_t at = find_years(name);
  if (at == std::string_view::npos || name.size() - at > 2 * kYear + kMostBehindYears) return split_code(name);
  std::string_view before = name.substr(0, at);
  while (before.ends_with(' ')) before.remove_suffix(1);
  for (const std::string_view opener : kOpeners) {
    if (!before.ends_with(opener)) continue;
    before.remove_suffix(opener.size());
    return {before, name.substr(at, kYear)};
  }
  return {};
}

bool is_shortened(const NameForm& part, const NameForm& whole) {
  if (is_start(part, whole)) return true;
  if (part.words.size() < 3 || part.words.front() != whole.words.front()) return false;
  for (std::size_t i = 1, j = 1;; ++i, ++j) {
    i = past_links(part, i);
    j = past_links(whole, j);
    const bool is_end = i >= part.words.size(), is_other_end = j >= whole.words.size();
    if (is_end || is_other_end) return is_end && is_other_end;
    if (part.words[i] != whole.words[j] && !are_inflections(part.words[i], whole.words[j])) return false;
  }
}

namespace {

// The next word of one letter.
std::string_view next_initial(const NameForm& name, std::size_t& at) {
  while (at < name.words.size() && letters(name.words[at]) != 1) ++at;
  return at < name.words.size() ? name.words[at++] : std::string_view();
}

bool is_womans(std::string_view surname, std::string_view other) {
  const bool is_surname = surname.ends_with("ova") || surname.ends_with("eva") || surname.ends_with("ina");
  return is_surname && surname.substr(0, surname.size() - 1) == other;
}

bool has_other_gender(const NameForm& a, const NameForm& b) {
  return std::ranges::any_of(a.words, [&](std::string_view word) {
    return std::ranges::any_of(b.words, [&](std::string_view other) { return is_womans(word, other) || is_womans(other, word); });
  });
}

}  // namespace

bool are_two_persons(const NameForm& a, const NameForm& b) {
  if (has_other_gender(a, b)) return true;
  for (std::size_t i = 0, j = 0;;) {
    const auto one = next_initial(a, i), other = next_initial(b, j);
    if (one.empty() || other.empty()) return false;
    if (one.size() == other.size() && one != other) return true;
  }
}

namespace {

bool is_cyrillic(std::string_view word) {
  const auto first = word.empty() ? 0U : static_cast<unsigned char>(word.front());
  return first == 0xD0U || first == 0xD1U;
}

// What Russian cases add to a noun, longest first.
std::string_view case_ending(std::string_view word) noexcept {
  constexpr std::array<std::string_view, 16> kEndings{"ого", "ому", "ыми", "ий", "ая", "ую", "ым", "им", "ом", "ем", "ой", "ей", "у", "ю", "а", "е"};
  constexpr std::size_t kLeastStem = 6;  // bytes
  for (const std::string_view ending : kEndings) {
    if (word.size() >= ending.size() + kLeastStem && word.ends_with(ending)) return ending;
  }
  return {};
}

std::string_view without_ending(std::string_view word) noexcept { return word.substr(0, word.size() - case_ending(word).size()); }

// "Э" of "Эрнисом", "Алию" of "Алия": the first name or its letter.
bool may_be_one_given(std::string_view a, std::string_view b) {
  if (letters(a) == 1 || letters(b) == 1) return a.substr(0, 2) == b.substr(0, 2);
  const auto stem = [](std::string_view name) { return name.ends_with("я") || name.ends_with("и") ? name.substr(0, name.size() - 2) : without_ending(name); };
  return stem(a) == stem(b);
}

bool is_soft_of_man(std::string_view ending) { return ending == "ым" || ending == "ом" || ending == "ем" || ending == "им"; }
bool is_of_woman(std::string_view ending) { return ending == "ой" || ending == "ей" || ending == "ая" || ending == "ую"; }

}  // namespace

std::string_view surname_stem(std::string_view folded) noexcept { return is_cyrillic(folded) ? without_ending(folded) : std::string_view(); }

bool are_one_in_cases(const NameForm& a, const NameForm& b) {
  if (a.words.size() < 2 || b.words.size() < 2 || !may_be_one_given(a.words.front(), b.words.front())) return false;
  const std::string_view one = case_ending(a.words.back()), other = case_ending(b.words.back());
  const bool is_pair = (one.empty() && other == "а") || (other.empty() && one == "а");
  const bool is_mixed = (is_of_woman(one) && (other.empty() || is_soft_of_man(other))) || (is_of_woman(other) && (one.empty() || is_soft_of_man(one)));
  return !is_pair && !is_mixed;
}

}  // namespace policygraph::inline v0::detail::extract
