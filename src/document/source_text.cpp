#include "document/source_text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>

#include "policygraph/text/encoding.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kSample = std::size_t{64} << 10;
constexpr std::size_t kLeastLong = 512;

Diagnostic note(Severity severity, std::string text, std::string_view name) {
  return {severity, ErrorCode::encoding, std::move(text), std::string(name), std::nullopt};
}

constexpr std::size_t kStride = 8;  // bytes looked at together

// False: no byte is below 0x20.
bool may_hold_controls(std::string_view stride) noexcept {
  if (stride.size() < kStride) return true;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, stride.data(), kStride);
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  return ((bytes - kOnes * 0x20U) & ~bytes & kOnes * 0x80U) != 0;
}

// Control characters that no text has. UTF-16 has plenty of NUL bytes, so this looks at what was decoded.
void refuse_binary(std::string_view text, std::string_view name) {
  const auto sample = text.substr(0, kSample);
  std::size_t controls = 0;
  for (std::size_t at = 0; at < sample.size(); at += kStride) {
    const auto stride = sample.substr(at, kStride);
    if (!may_hold_controls(stride)) continue;
    controls += static_cast<std::size_t>(std::count_if(stride.begin(), stride.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v';
    }));
  }
  // Of random bytes a tenth are; a short text may have some that a program left.
  const std::size_t share = sample.size() >= kLeastLong ? 20 : 4;
  if (sample.size() >= 32 && controls * share > sample.size())
    throw Error(ErrorCode::encoding, "'" + std::string(name) + "' is not text: " + std::to_string(100 * controls / sample.size()) + " % of it is control bytes");
}

EncodingGuess choose_encoding(std::string_view bytes, std::string_view name, std::string_view label,
                              std::string_view hint) {
  if (label.empty()) return guess_encoding(bytes, hint);
  const auto encoding = encoding_by_label(label);
  if (!encoding)
    throw Error(ErrorCode::encoding, "unknown encoding '" + std::string(label) + "' for '" + std::string(name) + "'");
  EncodingGuess guess = guess_encoding(bytes, label);
  if (guess.encoding != *encoding) guess.mark_size = 0;
  guess.encoding = *encoding;
  guess.is_declared = true;
  return guess;
}

void report(SourceText& source, const EncodingGuess& guess, const DecodedText& decoded, std::string_view name) {
  if (!guess.is_declared && guess.encoding != Encoding::utf8) {
    const auto percent = std::to_string(static_cast<int>(guess.confidence * 100));
    source.diagnostics.push_back(note(Severity::note,
                                      "no encoding is stated; read as " + std::string(encoding_name(guess.encoding)) +
                                          " (confidence " + percent + " %)",
                                      name));
  }
  if (decoded.faults > 0) {
    auto fault = note(Severity::warning,
                      std::to_string(decoded.faults) + " byte sequences are not " +
                          std::string(encoding_name(guess.encoding)) + " and stand as U+FFFD",
                      name);
    const auto first = static_cast<std::uint32_t>(decoded.first_fault.value_or(0) + guess.mark_size);
    fault.span = Span{first, first + 1};
    source.diagnostics.push_back(std::move(fault));
  }
  if (decoded.text.find('\0') == std::string::npos) return;
  const auto zeros = std::count(decoded.text.begin(), decoded.text.end(), '\0');
  source.diagnostics.push_back(note(Severity::warning, std::to_string(zeros) + " NUL characters stand as U+FFFD", name));
}

std::string attribute_like(std::string_view text, std::string_view key) {
  for (auto at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    auto rest = text.substr(at + key.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n\""), rest.size()));
    if (!rest.starts_with('=')) continue;
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n\"'"), rest.size()));
    return std::string(rest.substr(0, rest.find_first_of(" \t\r\n\"';/>?")));
  }
  return {};
}

bool is_margin(char32_t c) noexcept {
  return c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == 0xFEFF || is_blank(c);
}

}  // namespace

SourceText decode_source(std::string_view bytes, std::string_view name, std::string_view label, std::string_view hint) {
  SourceText source;
  if (bytes.empty()) {
    source.diagnostics.push_back(note(Severity::warning, "the file is empty", name));
    return source;
  }
  const EncodingGuess guess = choose_encoding(bytes, name, label, hint);
  DecodedText decoded = decode(bytes.substr(guess.mark_size), guess.encoding);
  refuse_binary(decoded.text, name);
  report(source, guess, decoded, name);
  source.text = std::move(decoded.text);
  if (guess.mark_size == 0) {
    source.map = std::move(decoded.map);
    return source;
  }
  OffsetMap mark;
  mark.copy(guess.mark_size, bytes.size() - guess.mark_size);
  source.map = OffsetMap::compose(std::move(mark), std::move(decoded.map));
  return source;
}

std::string declared_html_encoding(std::string_view bytes) {
  std::string head(bytes.substr(0, 1024));
  for (char& c : head) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  std::string label = attribute_like(head, "charset");
  if (label.empty() && head.find("<?xml") != std::string::npos) label = attribute_like(head, "encoding");
  // A page whose label we could read as ASCII is not in UTF-16, whatever it says (WHATWG 13.2.3.2).
  return label.starts_with("utf-16") ? std::string("utf-8") : label;
}

Span trimmed(std::string_view text, Span span) {
  while (!span.empty()) {
    const auto first = code_point_at(text, span.start);
    if (!is_margin(first.value) || first.size > span.size()) break;
    span.start += first.size;
  }
  while (!span.empty()) {
    const auto last = code_point_before(text, span.end);
    if (!is_margin(last.value) || last.size > span.size()) break;
    span.end -= last.size;
  }
  return span;
}

std::string_view trimmed(std::string_view text) {
  const Span span = trimmed(text, {0, static_cast<std::uint32_t>(text.size())});
  return text.substr(span.start, span.size());
}

}  // namespace policygraph::inline v0::detail::document
