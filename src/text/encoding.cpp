#include "policygraph/text/encoding.hpp"

#include <array>
#include <limits>
#include <utility>

#include "code_pages.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

using Label = std::pair<std::string_view, Encoding>;

// The labels of the WHATWG Encoding standard for the encodings known here.
constexpr std::array kLabels{
    Label{"utf-8", Encoding::utf8}, Label{"utf8", Encoding::utf8}, Label{"unicode-1-1-utf-8", Encoding::utf8},
    Label{"unicode11utf8", Encoding::utf8}, Label{"unicode20utf8", Encoding::utf8}, Label{"x-unicode20utf8", Encoding::utf8},
    Label{"utf-16le", Encoding::utf16_le}, Label{"utf-16", Encoding::utf16_le}, Label{"csunicode", Encoding::utf16_le},
    Label{"iso-10646-ucs-2", Encoding::utf16_le}, Label{"ucs-2", Encoding::utf16_le}, Label{"unicode", Encoding::utf16_le},
    Label{"unicodefeff", Encoding::utf16_le},
    Label{"utf-16be", Encoding::utf16_be}, Label{"unicodefffe", Encoding::utf16_be},
    Label{"windows-1251", Encoding::windows_1251}, Label{"cp1251", Encoding::windows_1251},
    Label{"x-cp1251", Encoding::windows_1251},
    Label{"koi8-r", Encoding::koi8_r}, Label{"koi8", Encoding::koi8_r}, Label{"koi", Encoding::koi8_r},
    Label{"koi8_r", Encoding::koi8_r}, Label{"cskoi8r", Encoding::koi8_r},
    Label{"windows-1252", Encoding::windows_1252}, Label{"cp1252", Encoding::windows_1252},
    Label{"x-cp1252", Encoding::windows_1252}, Label{"iso-8859-1", Encoding::windows_1252},
    Label{"iso8859-1", Encoding::windows_1252}, Label{"iso88591", Encoding::windows_1252},
    Label{"iso_8859-1", Encoding::windows_1252}, Label{"iso_8859-1:1987", Encoding::windows_1252},
    Label{"iso-ir-100", Encoding::windows_1252}, Label{"latin1", Encoding::windows_1252}, Label{"l1", Encoding::windows_1252},
    Label{"ascii", Encoding::windows_1252}, Label{"us-ascii", Encoding::windows_1252},
    Label{"ansi_x3.4-1968", Encoding::windows_1252}, Label{"cp819", Encoding::windows_1252},
    Label{"ibm819", Encoding::windows_1252}, Label{"csisolatin1", Encoding::windows_1252},
};

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_label(std::string_view a, std::string_view known) noexcept {
  if (a.size() != known.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != known[i]) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view kBlanks = " \t\n\f\r";
  const std::size_t start = text.find_first_not_of(kBlanks);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(kBlanks) - start + 1);
}

std::uint8_t byte_at(std::string_view bytes, std::size_t at) noexcept { return static_cast<std::uint8_t>(bytes[at]); }

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : bytes_(bytes) { made_.text.reserve(bytes.size()); }

  DecodedText utf8() {
    drop_mark("\xEF\xBB\xBF");
    while (at_ < bytes_.size()) {
      const std::size_t good = valid_utf8_prefix(bytes_.substr(at_));
      copy(good);
      if (at_ < bytes_.size()) fault(bad_part());
    }
    return std::move(made_);
  }

  DecodedText utf16(bool is_big) {
    drop_mark(is_big ? "\xFE\xFF" : "\xFF\xFE");
    while (at_ + 2 <= bytes_.size()) {
      const char32_t unit = unit_at(at_, is_big);
      const bool has_next = at_ + 4 <= bytes_.size();
      const char32_t next = has_next ? unit_at(at_ + 2, is_big) : 0;
      if (unit < 0xD800 || unit >= 0xE000) put(2, unit);
      else if (unit < 0xDC00 && next >= 0xDC00 && next < 0xE000) put(4, 0x10000 + ((unit - 0xD800) << 10U) + (next - 0xDC00));
      else fault(2);
    }
    if (at_ < bytes_.size()) fault(1);
    return std::move(made_);
  }

  DecodedText page(const std::array<char16_t, 128>& high) {
    while (at_ < bytes_.size()) {
      const std::size_t start = at_;
      std::size_t end = at_;
      while (end < bytes_.size() && byte_at(bytes_, end) < 0x80) ++end;
      copy(end - start);
      if (at_ == bytes_.size()) break;
      const char32_t c = high[byte_at(bytes_, at_) - 0x80U];
      if (c == 0xFFFD) fault(1);
      else put(1, c);
    }
    return std::move(made_);
  }

 private:
  void drop_mark(std::string_view mark) {
    if (!bytes_.starts_with(mark)) return;
    made_.map.replace(0, mark.size(), 0);
    at_ = mark.size();
  }

  char32_t unit_at(std::size_t at, bool is_big) const noexcept {
    const std::uint8_t first = byte_at(bytes_, at);
    const std::uint8_t second = byte_at(bytes_, at + 1);
    return is_big ? first * 256U + second : second * 256U + first;
  }

  /// Bytes of the maximal ill-formed part at `at_`.
  std::size_t bad_part() const {
    std::size_t size = 1;
    // repair_utf8 knows the rule: as long as more bytes still make one replacement, they are one part.
    while (size < 3 && at_ + size < bytes_.size() && (byte_at(bytes_, at_ + size) & 0xC0U) == 0x80U &&
           repair_utf8(bytes_.substr(at_, size + 1)).size() == 3) {
      ++size;
    }
    return size;
  }

  void copy(std::size_t size) {
    made_.map.copy(at_, size);
    made_.text.append(bytes_.substr(at_, size));
    at_ += size;
  }

  void put(std::size_t source_size, char32_t c) {
    const std::size_t before = made_.text.size();
    append_utf8(made_.text, c);
    made_.map.replace(at_, source_size, made_.text.size() - before);
    at_ += source_size;
  }

  void fault(std::size_t source_size) {
    if (made_.faults++ == 0) made_.first_fault = at_;
    put(source_size, 0xFFFD);
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  DecodedText made_;
};

}  // namespace

std::string_view encoding_name(Encoding encoding) noexcept {
  switch (encoding) {
    case Encoding::utf8: return "utf-8";
    case Encoding::utf16_le: return "utf-16le";
    case Encoding::utf16_be: return "utf-16be";
    case Encoding::windows_1251: return "windows-1251";
    case Encoding::windows_1252: return "windows-1252";
    case Encoding::koi8_r: return "koi8-r";
  }
  return {};
}

std::optional<Encoding> encoding_by_label(std::string_view label) noexcept {
  label = trimmed(label);
  for (const auto& [known, encoding] : kLabels) {
    if (same_label(label, known)) return encoding;
  }
  return std::nullopt;
}

DecodedText decode(std::string_view bytes, Encoding encoding) {
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max() / 4) {
    throw Error(ErrorCode::limit, "text of " + std::to_string(bytes.size()) + " bytes is past the limit of 1 GiB");
  }
  switch (encoding) {
    case Encoding::utf8: return Decoder(bytes).utf8();
    case Encoding::utf16_le: return Decoder(bytes).utf16(false);
    case Encoding::utf16_be: return Decoder(bytes).utf16(true);
    default: return Decoder(bytes).page(*detail::text::code_page(encoding));
  }
}

}  // namespace policygraph::inline v0
