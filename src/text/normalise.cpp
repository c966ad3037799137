#include "policygraph/text/normalise.hpp"

#include <utf8proc.h>

#include <array>
#include <cstring>
#include <limits>

#include "char_class.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::text::char_class;

/// A base letter with more marks than this is composed in parts: reordering marks is quadratic in their number.
constexpr std::size_t kMarksTogether = 64;
constexpr char32_t kSoftHyphen = 0xAD;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
constexpr std::uint64_t kHighs = 0x8080808080808080ULL;

/// Whether all eight bytes are ASCII and none is CR or NUL.
bool eight_are_plain(const char* at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  const std::uint64_t cr = word ^ (kOnes * 0x0DU);
  const std::uint64_t has_zero = ((word - kOnes) & ~word) | ((cr - kOnes) & ~cr);
  return ((word | has_zero) & kHighs) == 0;
}

/// What a lead byte says: bytes of a sequence that NFC never changes, or 0 to look closer. U+0080–U+02FF and Cyrillic but for
/// U+0480–U+04BF, some of which are marks.
constexpr std::array<std::uint8_t, 256> make_plain_leads() {
  std::array<std::uint8_t, 256> sizes{};
  for (std::size_t byte = 1; byte < 0x80; ++byte) sizes[byte] = byte == 0x0D ? 0 : 1;
  for (std::size_t byte = 0xC2; byte <= 0xCB; ++byte) sizes[byte] = 2;
  for (std::size_t byte = 0xD0; byte <= 0xD3; ++byte) sizes[byte] = byte == 0xD2 ? 0 : 2;
  return sizes;
}
constexpr std::array<std::uint8_t, 256> kPlainLeads = make_plain_leads();

/// Code points that stand alone and stay as they are, by ranges; all else is asked of utf8proc.
bool is_plain(char32_t c) noexcept {
  if (c < 0x300) return true;
  if (c < 0x2002) return (c >= 0x48A && c < 0x530) || (c >= 0x1E00 && c < 0x1F00) || (c >= 0x400 && c < 0x483);
  if (c < 0x2100) return c < 0x20D0;
  if (c < 0x2AD0) return c != 0x2126 && c != 0x212A && c != 0x212B && c != 0x2329 && c != 0x232A;
  return (c >= 0x3001 && c < 0x302A) || (c >= 0x3400 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7A4);
}

/// Whether a code point can change, or join, the one before it.
bool joins_back(char32_t c) noexcept {
  const utf8proc_property_t* property = utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
  if (property->combining_class != 0) return true;
  if (c >= 0x1160 && c < 0x1200) return true;               // Hangul vowels and finals
  if (c == 0xF73 || c == 0xF75 || c == 0xF81) return true;  // Tibetan vowels that come apart into marks
  return property->comb_index != UINT16_MAX && property->comb_index >= 0x8000;
}

/// The composed form of one short segment.
void compose_to(std::string& out, std::string_view segment) {
  std::array<utf8proc_int32_t, 1024> points{};
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(segment.data());
  const auto size = static_cast<utf8proc_ssize_t>(segment.size());
  constexpr auto kOptions = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  auto count = utf8proc_decompose(bytes, size, points.data(), points.size(), kOptions);
  if (count < 0 || count > static_cast<utf8proc_ssize_t>(points.size())) {
    out.append(segment);
    return;
  }
  count = utf8proc_normalize_utf32(points.data(), count, kOptions);
  for (utf8proc_ssize_t i = 0; i < count; ++i) append_utf8(out, static_cast<char32_t>(points[static_cast<std::size_t>(i)]));
}

class Normaliser {
 public:
  explicit Normaliser(std::string_view text) : text_(text) { result_.text.reserve(text.size()); }

  NormalisedText run() {
    while (at_ < text_.size()) {
      skip_plain();
      if (at_ < text_.size()) step();
    }
    keep_until(text_.size());
    return std::move(result_);
  }

 private:
  void skip_plain() noexcept {
    while (at_ + 8 <= text_.size()) {
      if (eight_are_plain(text_.data() + at_)) {
        at_ += 8;
        continue;
      }
      const std::size_t stop = at_ + 8;
      while (at_ < stop) {
        const std::size_t size = kPlainLeads[static_cast<std::uint8_t>(text_[at_])];
        if (size == 0) return;
        if (size == 2 && (at_ + 2 > text_.size() || !is_tail(at_ + 1) || is_soft_hyphen(at_))) return;
        at_ += size;
      }
    }
  }

  bool is_soft_hyphen(std::size_t at) const noexcept { return text_[at] == '\xC2' && text_[at + 1] == '\xAD'; }
  bool is_tail(std::size_t at) const noexcept { return (static_cast<std::uint8_t>(text_[at]) & 0xC0U) == 0x80U; }

  void step() {
    const char c = text_[at_];
    if (c == '\r') {
      const bool pair = at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
      return put(at_, pair ? 2 : 1, "\n");
    }
    if (c == '\0') return put(at_, 1, kReplacement);
    const CodePoint point = code_point_at(text_, at_);
    if (point.value == 0xFFFD && point.size == 1) return put(at_, 1, kReplacement);
    if (point.value == kSoftHyphen && may_part_at(at_ + point.size)) put(at_, point.size, {});
    else if (is_plain(point.value)) at_ += point.size;
    else compose_here(point);
  }

  /// A mark there would join what stands before the hyphen.
  bool may_part_at(std::size_t at) const noexcept { return at >= text_.size() || !joins_back(code_point_at(text_, at).value); }

  /// `point` is where something may change: with the base before it and the marks after it, it is composed as one.
  void compose_here(CodePoint point) {
    std::size_t start = at_;
    if (at_ > kept_ && joins_back(point.value)) start = at_ - code_point_before(text_, at_).size;
    std::size_t end = at_ + point.size;
    for (std::size_t marks = 0; end < text_.size() && marks < kMarksTogether; ++marks) {
      const CodePoint next = code_point_at(text_, end);
      if (next.value < 0x300 || (next.size == 1) || is_plain(next.value) || !joins_back(next.value)) break;
      end += next.size;
    }
    const std::string_view segment = text_.substr(start, end - start);
    scratch_.clear();
    compose_to(scratch_, segment);
    if (scratch_ == segment) at_ = end;
    else put(start, segment.size(), scratch_);
  }

  void put(std::size_t start, std::size_t size, std::string_view with) {
    keep_until(start);
    result_.map.replace(start, size, with.size());
    result_.text.append(with);
    at_ = kept_ = start + size;
  }

  void keep_until(std::size_t end) {
    result_.map.copy(kept_, end - kept_);
    result_.text.append(text_.substr(kept_, end - kept_));
    kept_ = end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t kept_ = 0;  ///< all before is in the result
  std::string scratch_;
  NormalisedText result_;
};

char32_t lower(char32_t c) noexcept {
  if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 32 : c;
  if (c >= 0x400 && c < 0x530) {
    if (c < 0x410) return c + 80;
    if (c < 0x430) return c + 32;
    if (c < 0x460) return c;
  }
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}

bool stays_composed(char32_t c) noexcept { return (c >= 0x400 && c < 0x530) || (c >= 0xAC00 && c < 0xD7A4); }

constexpr char kBlankFold = ' ', kNoFold = '\0';

/// What ASCII is in a name key: letters and digits themselves, apostrophes nothing, all else a blank.
constexpr std::array<char, 128> make_plain_folds() {
  std::array<char, 128> folds{};
  folds.fill(kBlankFold);
  for (char c = '0'; c <= '9'; ++c) folds[static_cast<std::size_t>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) folds[static_cast<std::size_t>(c)] = folds[static_cast<std::size_t>(c - 'a' + 'A')] = c;
  folds['\''] = folds['`'] = kNoFold;
  return folds;
}
constexpr std::array<char, 128> kPlainFolds = make_plain_folds();

/// Builds a name key code point by code point.
class NameFolder {
 public:
  explicit NameFolder(std::size_t size) { out_.reserve(size); }

  void add(char32_t c) {
    if (c < 0x80) return add_plain(kPlainFolds[c]);
    if (stays_composed(c)) return put(lower(c));
    std::array<utf8proc_int32_t, 32> points{};
    int boundary = 0;
    constexpr auto kOptions = static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                                             UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
    if (is_apostrophe(c)) return;
    const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), points.data(),
                                               static_cast<utf8proc_ssize_t>(points.size()), kOptions, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < 32; ++i) put(static_cast<char32_t>(points[static_cast<std::size_t>(i)]));
  }

  /// Takes ASCII and the letters from U+0410 to U+044F from `at` on; where they end.
  std::size_t add_common(std::string_view text, std::size_t at) {
    while (at < text.size()) {
      const auto byte = static_cast<std::uint8_t>(text[at]);
      if (byte < 0x80) {
        add_plain(kPlainFolds[byte]);
        ++at;
        continue;
      }
      const auto tail = static_cast<std::uint8_t>(at + 1 < text.size() ? text[at + 1] : '\0');
      const char32_t c = (byte & 0x1FU) << 6U | (tail & 0x3FU);
      if ((byte & 0xFEU) != 0xD0 || (tail & 0xC0U) != 0x80U || c < 0x410 || c >= 0x450) break;
      end_blank();
      const char32_t small = c < 0x430 ? c + 0x20 : c;
      out_.push_back(static_cast<char>(0xC0U | small >> 6U));
      out_.push_back(static_cast<char>(0x80U | (small & 0x3FU)));
      at += 2;
    }
    return at;
  }

  std::string take() { return std::move(out_); }

 private:
  void add_plain(char folded) {
    if (folded == kBlankFold) {
      blank_ = true;
    } else if (folded != kNoFold) {
      end_blank();
      out_.push_back(folded);
    }
  }

  void end_blank() {
    if (blank_ && !out_.empty()) out_.push_back(' ');
    blank_ = false;
  }

  void put(char32_t c) {
    if (c == 0x451) c = 0x435;
    const bool is_common = (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || (c >= 0x430 && c < 0x450);
    if (!is_common) {
      const std::uint16_t bits = char_class(c);
      if ((bits & (detail::text::kApostrophe | detail::text::kMark)) != 0) return;
      if ((bits & (detail::text::kLetter | detail::text::kDigit)) == 0) {
        blank_ = true;
        return;
      }
    }
    end_blank();
    append_utf8(out_, c);
  }

  std::string out_;
  bool blank_ = false;
};

bool is_ascii(std::string_view text) noexcept {
  std::size_t at = 0;
  std::uint64_t seen = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    seen |= word;
  }
  for (; at < text.size(); ++at) seen |= static_cast<std::uint8_t>(text[at]);
  return (seen & kHighs) == 0;
}

/// A key of ASCII alone: never longer than what it is of.
std::string fold_plain(std::string_view text) {
  std::string out(text.size(), '\0');
  char* end = out.data();
  bool is_after_blank = false;
  for (const char c : text) {
    const char folded = kPlainFolds[static_cast<std::size_t>(c)];
    is_after_blank = is_after_blank || folded == kBlankFold;
    if (folded == kBlankFold || folded == kNoFold) continue;
    if (is_after_blank && end != out.data()) *end++ = ' ';
    is_after_blank = false;
    *end++ = folded;
  }
  out.resize(static_cast<std::size_t>(end - out.data()));
  return out;
}

/// Composes first: some letter of the text may change, or join the one before it.
std::string fold_composed(std::string_view text) {
  const std::string composed = normalise(text).text;
  NameFolder folder(composed.size());
  for (std::size_t at = 0; at < composed.size();) {
    const CodePoint point = code_point_at(composed, at);
    folder.add(point.value);
    at += point.size;
  }
  return folder.take();
}

bool has(char32_t code_point, std::uint16_t bits) noexcept { return (char_class(code_point) & bits) != 0; }

}  // namespace

NormalisedText normalise(std::string_view text) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max() / 4) {
    throw Error(ErrorCode::limit, "text of " + std::to_string(text.size()) + " bytes is past the limit of 1 GiB");
  }
  return Normaliser(text).run();
}

std::string fold_name(std::string_view text) {
  if (is_ascii(text)) return fold_plain(text);
  NameFolder folder(text.size());
  for (std::size_t at = folder.add_common(text, 0); at < text.size(); at = folder.add_common(text, at)) {
    const CodePoint point = code_point_at(text, at);
    if (point.value >= 0x80 && !is_plain(point.value)) return fold_composed(text);
    folder.add(point.value);
    at += point.size;
  }
  return folder.take();
}

std::string fold_case(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    append_utf8(out, lower(point.value));
    at += point.size;
  }
  return out;
}

bool is_apostrophe(char32_t code_point) noexcept { return has(code_point, detail::text::kApostrophe); }
bool is_blank(char32_t code_point) noexcept { return has(code_point, detail::text::kBlank); }
bool is_dash(char32_t code_point) noexcept { return has(code_point, detail::text::kDash); }
bool is_letter(char32_t code_point) noexcept { return has(code_point, detail::text::kLetter); }
bool is_upper(char32_t code_point) noexcept { return has(code_point, detail::text::kUpper); }
bool is_lower(char32_t code_point) noexcept { return has(code_point, detail::text::kLower); }
bool is_digit(char32_t code_point) noexcept { return code_point >= U'0' && code_point <= U'9'; }

}  // namespace policygraph::inline v0
