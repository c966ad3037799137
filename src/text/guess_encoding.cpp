#include <algorithm>
#include <array>

#include "code_pages.hpp"
#include "policygraph/text/encoding.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kSample = 65536;

std::uint8_t byte_at(std::string_view bytes, std::size_t at) noexcept { return static_cast<std::uint8_t>(bytes[at]); }

std::optional<EncodingGuess> by_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return EncodingGuess{Encoding::utf8, 1.0, true, 3};
  if (bytes.starts_with("\xFF\xFE")) return EncodingGuess{Encoding::utf16_le, 1.0, true, 2};
  if (bytes.starts_with("\xFE\xFF")) return EncodingGuess{Encoding::utf16_be, 1.0, true, 2};
  return std::nullopt;
}

/// The share of 16-bit units that are Latin, Cyrillic or common punctuation; 0 when too few of them have a high byte of 0 or 4,
/// which bytes of other text never have.
double utf16_share(std::string_view sample, bool is_big) {
  const std::size_t units = sample.size() / 2;
  std::size_t letters = 0;
  std::size_t plausible = 0;
  for (std::size_t i = 0; i < units; ++i) {
    const std::uint8_t high = byte_at(sample, 2 * i + (is_big ? 0 : 1));
    const std::uint8_t low = byte_at(sample, 2 * i + (is_big ? 1 : 0));
    const bool is_latin = high == 0 && (low >= 0x20 || low == '\n' || low == '\r' || low == '\t');
    const bool is_cyrillic = high == 4;
    const bool is_punctuation = (high == 0x20 && low < 0xB0) || (high == 0x21 && low == 0x16);
    letters += is_latin || is_cyrillic;
    plausible += is_latin || is_cyrillic || is_punctuation;
  }
  if (units < 2 || letters * 2 < units) return 0;
  return static_cast<double>(plausible) / static_cast<double>(units);
}

std::optional<EncodingGuess> by_zero_pattern(std::string_view sample) {
  if (sample.find('\0') == std::string_view::npos && sample.find('\x04') == std::string_view::npos) return std::nullopt;
  const double little = utf16_share(sample, false);
  const double big = utf16_share(sample, true);
  if (std::max(little, big) < 0.85) return std::nullopt;
  return EncodingGuess{little >= big ? Encoding::utf16_le : Encoding::utf16_be, 0.95 * std::max(little, big), false, 0};
}

bool is_ascii(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<std::uint8_t>(c) >= 0x80; });
}

/// UTF-8 with faults (a cut at the end, stray bytes): more whole sequences than the letters of a code page ever make by chance.
bool is_nearly_utf8(std::string_view sample) {
  std::size_t whole = 0;
  std::size_t broken = 0;
  for (std::size_t at = 0; at < sample.size();) {
    const CodePoint point = code_point_at(sample, at);
    at += point.size;
    if (point.size > 1) ++whole;
    else if (point.value == 0xFFFD) ++broken;
  }
  return whole > 0 && broken * 4 <= whole;
}

/// How often a letter is met in Russian text, in thousandths; capitals a tenth of it, other Cyrillic letters a little.
double frequency(char32_t c) {
  static constexpr std::array<std::uint8_t, 32> kLower{80, 16, 45, 17, 30, 85, 9,  16, 74, 12, 35, 44, 32, 67, 110, 28,
                                                       47, 55, 63, 26, 3,  10, 5,  14, 7,  4,  1,  19, 17, 3,  6,   20};
  if (c >= 0x430 && c < 0x450) return kLower[c - 0x430];
  if (c >= 0x410 && c < 0x430) return 0.1 * kLower[c - 0x410];
  if (c >= 0x400 && c < 0x460) return 0.5;
  return is_letter(c) ? 0 : -2;
}

struct HighBytes {
  std::size_t count = 0;
  std::size_t in_runs = 0;  ///< beside another one: Cyrillic words; Latin accents stand alone
};

HighBytes high_bytes(std::string_view sample) {
  HighBytes found;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (byte_at(sample, i) < 0xA0) continue;
    ++found.count;
    const bool before = i > 0 && byte_at(sample, i - 1) >= 0xA0;
    const bool after = i + 1 < sample.size() && byte_at(sample, i + 1) >= 0xA0;
    found.in_runs += before || after;
  }
  return found;
}

double russian_score(std::string_view sample, Encoding encoding) {
  const auto& page = *detail::text::code_page(encoding);
  double score = 0;
  for (const char c : sample) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte >= 0x80) score += frequency(page[byte - 0x80U]);
  }
  return std::max(score, 0.0);
}

EncodingGuess by_frequency(std::string_view sample) {
  const HighBytes high = high_bytes(sample);
  if (high.in_runs * 2 < high.count || high.count == 0) return {Encoding::windows_1252, 0.5, false, 0};
  const double windows = russian_score(sample, Encoding::windows_1251);
  const double koi = russian_score(sample, Encoding::koi8_r);
  if (windows + koi == 0) return {Encoding::windows_1252, 0.3, false, 0};
  const double best = std::max(windows, koi);
  const double confidence = std::min(0.95, best / (windows + koi));
  return {windows >= koi ? Encoding::windows_1251 : Encoding::koi8_r, confidence, false, 0};
}

}  // namespace

EncodingGuess guess_encoding(std::string_view bytes, std::string_view declared_label) {
  if (const auto marked = by_mark(bytes)) return *marked;
  const std::string_view sample = bytes.substr(0, kSample);
  const auto declared = encoding_by_label(declared_label);
  if (const auto wide = by_zero_pattern(sample)) {
    EncodingGuess guess = *wide;
    guess.is_declared = declared == guess.encoding;
    return guess;
  }
  const bool is_page = declared && detail::text::code_page(*declared) != nullptr;
  if (is_valid_utf8(bytes)) {
    // Text that happens to be valid UTF-8 beyond ASCII is UTF-8, whatever it was labelled.
    if (!is_ascii(bytes)) return {Encoding::utf8, 1.0, declared == Encoding::utf8, 0};
    return {is_page ? *declared : Encoding::utf8, 0.99, is_page || declared == Encoding::utf8, 0};
  }
  if (is_page) return {*declared, 0.9, true, 0};
  if (is_nearly_utf8(sample)) return {Encoding::utf8, 0.9, declared == Encoding::utf8, 0};
  return by_frequency(sample);
}

}  // namespace policygraph::inline v0
