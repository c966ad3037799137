#include "extract/recognizers/act_number.hpp"

#include <array>

#include "extract/recognizers/act_forms.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostDigits = 5;
constexpr std::size_t kMostLetters = 6;  // bytes of the letters behind a number
constexpr char kKoreanLead = '\xEC';  // of "제"
constexpr std::array<CategoryName, 3> kOpeners{"act_forms", "act_number_markers", "act_series"};  // of a number that a word begins

bool are_digits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trailing_digits(std::string_view word) {
  const std::size_t letter = word.find_last_not_of("0123456789");
  return letter == std::string_view::npos ? word : word.substr(letter + 1);
}

}  // namespace

std::string roman_figures(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size();) {
    const CodePoint point = code_point_at(word, i);
    i += point.size;
    switch (point.value) {
      case U'I': case U'\u0406': case U'\u04C0': out += 'I'; break;
      case U'V': case U'\u0474': out += 'V'; break;
      case U'X': case U'\u0425': out += 'X'; break;
      default: return {};
    }
    if (out.size() > 5) return {};
  }
  return out;
}

// "-son", "-сонли", " сон": marks the number of an act in Uzbek.
void ActNumbers::take_tail(ActNumber& out) const {
  std::uint32_t at = walk_.at(out.last);
  if (walk_.is_dash(at)) at = walk_.next(at);
  const PhraseMatch* tail = walk_.is_word(at) ? walk_.reading().match_at("act_number_tails", at) : nullptr;
  if (tail == nullptr) return;
  out.last = tail->last;
  out.has_tail = true;
}

// A piece of "06/20/6079/1349-son" or of a longer chain.
bool ActNumbers::is_part_of_code(std::uint32_t i) const {
  const std::uint32_t before = walk_.before(i);
  return walk_.is_sign(before, U'/') && walk_.is_glued(i);
}

std::optional<ActNumber> ActNumbers::series(std::uint32_t i) const {
  const PhraseMatch* match = walk_.is_word(i) ? walk_.reading().match_at("act_series", i) : nullptr;
  if (match == nullptr) return std::nullopt;
  const PackEntry& entry = walk_.reading().entry(*match);
  std::uint32_t at = walk_.at(match->last);
  const bool has_dash = walk_.is_dash(at);
  if (has_dash) at = walk_.next(at);
  else if (walk_.reading().match_at("act_number_markers", at) != nullptr) at = walk_.next(at);
  if (walk_.is_sign(at, U'.')) at = walk_.next(at);
  if (!walk_.is_number(at) || !are_digits(walk_.text(at), 1, kMostDigits) || walk_.text(at)[0] == '0') return std::nullopt;
  if (walk_.token(i).span.size() < 3 && !has_dash) return std::nullopt;
  if (entry.field("unsure") == "noun" && !(has_dash && walk_.is_glued(at))) return std::nullopt;
  ActNumber out;
  out.first = i;
  out.last = at + 1;
  out.span = walk_.reading().span(i, at + 1);
  const std::string digits(walk_.text(at));
  out.number = entry.field("plain") == "true" ? digits : entry.id + "-" + digits;
  out.given = std::string(walk_.text(i)) + "-" + digits;
  out.series = &entry;
  out.kind = entry.field("kind");
  out.jurisdiction = entry.field("jurisdiction");
  take_tail(out);
  return out;
}

bool ActNumbers::take_roman(ActNumber& out, std::uint32_t digits) const {
  const std::uint32_t dash = walk_.next(digits), at = walk_.next(dash);
  if (!walk_.is_dash(dash) || !walk_.is_glued(at)) return false;
  const std::string roman = roman_figures(walk_.text(at));
  if (roman.empty()) return false;
  out.number += "-" + roman;
  out.last = at + 1;
  out.is_roman = true;
  out.kind = "law";
  const std::uint32_t suffix = walk_.next(at);
  if (const PhraseMatch* match = walk_.has(suffix) ? walk_.reading().match_at("act_number_suffixes", suffix) : nullptr) {
    out.last = match->last;
    out.jurisdiction = walk_.reading().entry(*match).field("jurisdiction");
  }
  return true;
}

// "17", "418-V ЗРК", "471/НҚ", "75/278"
std::optional<ActNumber> ActNumbers::plain(std::uint32_t i) const {
  if (!walk_.is_number(i) || !are_digits(walk_.text(i), 1, kMostDigits) || is_part_of_code(i)) return std::nullopt;
  if (auto out = slashed(i)) return out;
  ActNumber out;
  out.first = i;
  out.last = i + 1;
  out.number = walk_.text(i);
  const std::uint32_t slash = walk_.next(i), letters = walk_.next(slash);
  const PhraseMatch* match = walk_.is_sign(slash, U'/') && walk_.is_word(letters) ? walk_.reading().match_at("act_number_letters", letters) : nullptr;
  if (match != nullptr) {
    out.last = match->last;
    out.number += "/" + std::string(walk_.text(letters));
    out.kind = walk_.reading().entry(*match).field("kind");
    out.jurisdiction = walk_.reading().entry(*match).field("jurisdiction");
  } else if (!take_roman(out, i)) {
    take_tail(out);
  }
  out.span = walk_.reading().span(i, out.has_tail ? i + 1 : out.last);
  return out;
}

// "2021/947", "466/2014/EU", "2013/743/EU", "75/278": what it is depends on the words before it.
std::optional<ActNumber> ActNumbers::slashed(std::uint32_t i) const {
  const std::uint32_t slash = walk_.next(i), second = walk_.next(slash);
  if (!walk_.is_sign(slash, U'/') || !walk_.is_number(second) || !are_digits(walk_.text(second), 1, 4)) return std::nullopt;
  if (!walk_.is_glued(slash) || !walk_.is_glued(second)) return std::nullopt;
  ActNumber out;
  out.first = i;
  out.last = second + 1;
  out.number = std::string(walk_.text(i)) + "/" + std::string(walk_.text(second));
  const std::uint32_t third = walk_.next(second), letters = walk_.next(third);
  if (walk_.is_sign(third, U'/') && walk_.is_glued(third)) {
    const std::string_view tail = walk_.text(letters);
    if (tail != "EU" && tail != "EC" && tail != "EEC" && tail != "Euratom") return std::nullopt;
    out.number += "/" + std::string(tail);
    out.jurisdiction = "EU";
    out.last = letters + 1;
  }
  out.kind = "other";
  out.span = walk_.reading().span(i, out.last);
  return out;
}

std::optional<ActNumber> ActNumbers::after_marker(std::uint32_t i) const {
  const PhraseMatch* match = walk_.has(i) ? walk_.reading().match_at("act_number_markers", i) : nullptr;
  if (match == nullptr) return std::nullopt;
  const bool is_word = walk_.is_word(i);
  std::uint32_t at = walk_.at(match->last);
  if (walk_.is_sign(at, U'.')) at = walk_.next(at);
  else if (is_word && !walk_.is_capitalised(i)) return std::nullopt;
  auto out = series(at);
  if (!out) {
    out = plain(at);
    if (out) take_letters(*out);
  }
  if (!out) return std::nullopt;
  out->first = i;
  out->has_marker = true;
  return out;
}

// "No. 17-mh", "№ 12-р": letters tell whose number it is; "№ 5-й" is an ordinal.
void ActNumbers::take_letters(ActNumber& out) const {
  const std::uint32_t dash = walk_.at(out.last), letters = walk_.next(dash);
  if (out.has_tail || out.is_roman || !walk_.is_dash(dash) || !walk_.is_glued(dash) || !walk_.is_word(letters) || !walk_.is_glued(letters)) return;
  const bool is_short = walk_.text(letters).size() <= kMostLetters && out.number.find_first_not_of("0123456789") == std::string::npos;
  if (!is_short || walk_.reading().match_at("act_ordinal_endings", letters) != nullptr) return;
  out.number += "-" + std::string(walk_.text(letters));
  out.last = letters + 1;
  out.span.end = walk_.token(letters).span.end;
}

// A/RES/75/278
std::optional<ActNumber> ActNumbers::united_nations(std::uint32_t i) const {
  if (walk_.text(i) != "A" || !walk_.is_sign(walk_.next(i), U'/')) return std::nullopt;
  const std::uint32_t res = walk_.next(walk_.next(i)), slash = walk_.next(res), number = walk_.next(slash);
  if (walk_.text(res) != "RES" || !walk_.is_sign(slash, U'/') || !walk_.is_number(number)) return std::nullopt;
  auto out = slashed(number);
  if (!out) return std::nullopt;
  out->first = i;
  out->span = walk_.reading().span(i, out->last);
  out->given = std::string(walk_.reading().text(out->span));
  out->kind = "resolution";
  out->jurisdiction = "UN";
  out->has_marker = true;
  return out;
}

// COM(2013) 619
std::optional<ActNumber> ActNumbers::commission(std::uint32_t i) const {
  if (walk_.text(i) != "COM" || !walk_.is_sign(walk_.next(i), U'(')) return std::nullopt;
  const std::uint32_t year = walk_.next(walk_.next(i)), close = walk_.next(year), number = walk_.next(close);
  if (!walk_.digits(year, 4) || !walk_.is_sign(close, U')') || !walk_.is_number(number) || !are_digits(walk_.text(number), 1, 4)) return std::nullopt;
  ActNumber out;
  out.first = i;
  out.last = number + 1;
  out.span = walk_.reading().span(i, out.last);
  out.number = "COM(" + std::string(walk_.text(year)) + ") " + std::string(walk_.text(number));
  out.kind = "other";
  out.jurisdiction = "EU";
  out.has_marker = true;
  return out;
}

// 제35038호, 제2025-4호: by bytes, since words and digits run together.
std::optional<ActNumber> ActNumbers::korean(std::uint32_t i) const {
  constexpr std::string_view kOrdinal = "제", kNumber = "호";
  if (!walk_.is_word(i) || !walk_.text(i).starts_with(kOrdinal)) return std::nullopt;
  const std::uint32_t start = walk_.token(i).span.start;
  const std::string_view text = walk_.reading().text().substr(start, 24);
  std::size_t at = kOrdinal.size();
  while (at < text.size() && ((text[at] >= '0' && text[at] <= '9') || (text[at] == '-' && at > kOrdinal.size()))) ++at;
  if (at == kOrdinal.size() || !text.substr(at).starts_with(kNumber)) return std::nullopt;
  const auto end = static_cast<std::uint32_t>(start + at + kNumber.size());
  std::uint32_t last = i;
  while (walk_.has(last) && walk_.token(last).span.end < end) ++last;
  if (!walk_.has(last)) return std::nullopt;
  ActNumber out;
  out.first = i;
  out.last = last + 1;
  out.span = {start, end};
  out.number = std::string(text.substr(kOrdinal.size(), at - kOrdinal.size()));
  out.jurisdiction = "KR";
  out.has_marker = true;
  return out;
}

// "сентябридаги728-сон": the number lost the blank before it.
std::optional<ActNumber> ActNumbers::run_into_word(std::uint32_t i) const {
  if (!walk_.is_word(i) || !is_digit(walk_.text(i).back())) return std::nullopt;
  const std::string_view digits = trailing_digits(walk_.text(i));
  if (!are_digits(digits, 1, kMostDigits) || digits.size() == walk_.text(i).size() || walk_.text(i).size() < 8) return std::nullopt;
  ActNumber out;
  out.first = i;
  out.last = i + 1;
  out.number = digits;
  const Span word = walk_.token(i).span;
  out.span = {word.end - static_cast<std::uint32_t>(digits.size()), word.end};
  take_tail(out);
  return out.has_tail ? std::optional(out) : std::nullopt;
}

// A bare number is none of an act by itself: a slash, a dash or a tail must follow.
bool ActNumbers::says_something(std::uint32_t number) const {
  const std::uint32_t next = walk_.next(number);
  return walk_.is_sign(next, U'/') || walk_.is_dash(next) || (walk_.is_word(next) && walk_.reading().match_at("act_number_tails", next) != nullptr);
}

bool ActNumbers::may_begin(const Walk& walk, std::uint32_t i) noexcept {
  const Token& token = walk.token(i);
  if (token.kind == TokenKind::number || token.kind == TokenKind::symbol) return true;
  if (token.kind != TokenKind::word) return false;
  const char first = walk.reading().text()[token.span.start], last = walk.reading().text()[token.span.end - 1];
  const bool is_numbered = last >= '0' && last <= '9';
  const bool is_told = is_numbered || first == 'A' || first == 'C' || first == kKoreanLead || (walk.reading().starting(i) & Reading::bits(kOpeners)) != 0;
  return is_told && (is_numbered || token.span.size() <= 3 || (token.is_capitalised && token.span.size() <= 9) || token.script == Script::other || token.script == Script::mixed);
}

std::optional<ActNumber> ActNumbers::read(std::uint32_t i) const {
  const bool may_open = walk_.has(i) && (walk_.reading().starting(i) & Reading::bits(kOpeners)) != 0;
  if (may_open) {
    if (auto out = read_act_form(walk_, i)) return out;
    if (auto out = after_marker(i)) return out;
  }
  if (!walk_.is_word(i)) {
    const std::uint32_t behind = walk_.next(i);
    if (walk_.is_number(i) && walk_.has(behind) && walk_.reading().begins_phrase(behind)) {
      if (auto out = read_act_form(walk_, i)) return out;
    }
    return says_something(i) ? plain(i) : std::nullopt;
  }
  if (may_open) {
    if (auto out = series(i)) return out;
  }
  // Which of the rest it may be its first byte or its last tells.
  const std::string_view text = walk_.text(i);
  switch (text.front()) {
    case 'A':
      if (auto out = united_nations(i)) return out;
      break;
    case 'C':
      if (auto out = commission(i)) return out;
      break;
    case kKoreanLead:
      if (auto out = korean(i)) return out;
      break;
    default: break;
  }
  return is_digit(text.back()) ? run_into_word(i) : std::nullopt;
}

}  // namespace policygraph::inline v0::detail::extract
