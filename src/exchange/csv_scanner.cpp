#include "exchange/csv_scanner.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>

#include "policygraph/base/error.hpp"
#include "policygraph/text/encoding.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20U;
constexpr std::size_t kLongestRecord = std::size_t{64} << 20U;
constexpr std::size_t kMostFields = 65'536;

std::size_t count_breaks(std::string_view text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

}  // namespace

CsvScanner::CsvScanner(const std::string& path, char delimiter) : path_(path), delimiter_(delimiter) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw Error(ErrorCode::not_found, "there is no file '" + path + "'");
  if (std::filesystem::is_directory(status)) throw Error(ErrorCode::io, "'" + path + "' is a folder; name a CSV file");
  in_.open(path, std::ios::binary);
  if (!in_) throw Error(ErrorCode::io, "cannot read '" + path + "'");
  load();
  skip_mark();
  if (delimiter_ == 0) delimiter_ = told_delimiter();
}

void CsvScanner::refuse(const std::string& fact) const {
  Place place;
  place.document = path_;
  place.line = static_cast<std::uint32_t>(line_);
  throw Error(ErrorCode::format, fact, place);
}

void CsvScanner::refuse_returns() const { refuse("lines end with CR alone, as of old Macs; write the file with LF or CRLF at the ends of lines"); }

void CsvScanner::skip_mark() {
  if (buffer_.starts_with("\xEF\xBB\xBF")) {
    buffer_.erase(0, 3);
    checked_ -= std::min<std::size_t>(checked_, 3);
  }
}

char CsvScanner::told_delimiter() {
  constexpr std::string_view kCandidates = ",;\t|";
  std::array<std::size_t, kCandidates.size()> counts{};
  bool is_quoted = false;
  for (const char c : buffer_) {
    if (c == '"') is_quoted = !is_quoted;
    if (c == '\n' && !is_quoted) break;
    const auto which = kCandidates.find(c);
    if (!is_quoted && which != std::string_view::npos) ++counts[which];
  }
  return kCandidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

// More of the file behind what is left of the buffer; false: there is no more.
bool CsvScanner::load() {
  if (is_whole_) return false;
  buffer_.erase(0, at_);
  before_ += at_;
  checked_ -= at_;
  at_ = 0;
  if (buffer_.size() > kLongestRecord) {
    line_ = next_line_;
    refuse("a row of more than 64 MiB; a quote may not be closed");
  }
  const auto held = buffer_.size();
  const auto more = std::max(kPiece, held);
  buffer_.resize(held + more);
  in_.read(buffer_.data() + held, static_cast<std::streamsize>(more));
  if (in_.bad()) throw Error(ErrorCode::io, "cannot read '" + path_ + "'");
  buffer_.resize(held + static_cast<std::size_t>(in_.gcount()));
  is_whole_ = static_cast<std::size_t>(in_.gcount()) < more;
  check_text();
  return true;
}

// Up to the last line break: a character may go on in the next piece.
void CsvScanner::check_text() {
  const auto last = buffer_.rfind('\n');
  const auto end = is_whole_ ? buffer_.size() : last == std::string::npos || last < checked_ ? checked_ : last + 1;
  const auto fresh = std::string_view(buffer_).substr(checked_, end - checked_);
  if (is_valid_utf8(fresh) && fresh.find('\0') == std::string_view::npos) {
    checked_ = end;
    return;
  }
  const auto guess = guess_encoding(std::string_view(buffer_).substr(0, kPiece));
  const auto name = guess.encoding == Encoding::utf8 ? std::string() : ", it seems to be " + std::string(encoding_name(guess.encoding));
  Place place;
  place.document = path_;
  for (std::size_t at = checked_; at < end && place.line == 0;) {
    const auto stop = std::min(buffer_.find('\n', at), end);
    const auto line = std::string_view(buffer_).substr(at, stop - at);
    if (!is_valid_utf8(line) || line.find('\0') != std::string_view::npos)
      place.line = static_cast<std::uint32_t>(next_line_ + count_breaks(std::string_view(buffer_).substr(at_, at - at_)));
    at = stop + 1;
  }
  throw Error(ErrorCode::encoding, "the file is not UTF-8" + name + "; write it as UTF-8", place);
}

bool CsvScanner::is_break(std::size_t at) const noexcept {
  return buffer_[at] == '\n' || (buffer_[at] == '\r' && (at + 1 == buffer_.size() || buffer_[at + 1] == '\n'));
}

bool CsvScanner::ends_here(std::size_t at) const noexcept { return at == buffer_.size() || buffer_[at] == delimiter_ || is_break(at); }

// From behind the opening quote; leaves `at` behind the closing one. False: the buffer ends before it.
bool CsvScanner::scan_quoted(std::size_t& at) {
  const auto begin = at;
  bool has_doubled = false;
  for (;; ++at, has_doubled = true) {
    const auto* found = static_cast<const char*>(std::memchr(buffer_.data() + at, '"', buffer_.size() - at));
    if (found == nullptr) return false;
    at = static_cast<std::size_t>(found - buffer_.data()) + 1;
    if (at == buffer_.size() && !is_whole_) return false;  // it may be doubled
    if (at == buffer_.size() || buffer_[at] != '"') break;
  }
  if (has_doubled) doubled_.push_back(fields_.size());
  fields_.emplace_back(buffer_.data() + begin, at - 1 - begin);
  return true;
}

// Up to a delimiter or the end of the line; false: the buffer ends before it.
bool CsvScanner::scan_plain(std::size_t& at) {
  const auto begin = at;
  const auto* bytes = buffer_.data();
  const auto size = buffer_.size();
  while (at < size && bytes[at] != delimiter_ && bytes[at] != '\n') ++at;
  if (at == size && !is_whole_) return false;
  if (at > begin && (at == size || bytes[at] == '\n') && bytes[at - 1] == '\r') --at;
  fields_.emplace_back(bytes + begin, at - begin);
  return true;
}

// False: the buffer ends before the record does.
bool CsvScanner::scan() {
  fields_.clear();
  doubled_.clear();
  bool has_quotes = false;
  for (auto at = at_;; ++at) {
    if (at == buffer_.size() && !is_whole_) return false;
    const bool is_quoted = at < buffer_.size() && buffer_[at] == '"';
    has_quotes |= is_quoted;
    if (is_quoted ? !scan_quoted(++at) : !scan_plain(at)) {
      if (is_quoted && is_whole_) refuse("a field in quotes is not closed");
      return false;
    }
    if (is_quoted && !ends_here(at) && buffer_[at] == '\r') refuse_returns();
    if (is_quoted && !ends_here(at)) refuse("a field goes on behind its closing quote; quotes inside of quotes are doubled");
    if (at == buffer_.size() || buffer_[at] != delimiter_) return finish(at, has_quotes);
    if (fields_.size() == kMostFields) refuse("a row of more than 65,536 fields");
  }
}

bool CsvScanner::finish(std::size_t at, bool has_quotes) {
  const auto end = at;
  if (at < buffer_.size() && buffer_[at] == '\r') ++at;
  if (at == buffer_.size() && !is_whole_) return false;
  if (at < buffer_.size()) ++at;
  end_ = before_ + end;
  lines_ = has_quotes ? count_breaks(std::string_view(buffer_).substr(at_, at - at_)) : 1;
  for (const auto field : doubled_) fields_[field] = put_right(fields_[field]);
  at_ = at;
  return true;
}

// Doubled quotes become one, in place.
std::string_view CsvScanner::put_right(std::string_view field) {
  auto* const begin = buffer_.data() + (field.data() - buffer_.data());
  auto* to = begin;
  for (std::size_t at = 0; at < field.size(); ++at) {
    *to++ = field[at];
    if (field[at] == '"') ++at;
  }
  return {begin, static_cast<std::size_t>(to - begin)};
}

bool CsvScanner::next() {
  for (;;) {
    if (at_ == buffer_.size() && !load()) return false;
    if (at_ == buffer_.size()) return false;
    line_ = next_line_;
    begin_ = before_ + at_;
    while (!scan()) load();
    next_line_ += lines_;
    if (fields_.size() > 1 || !fields_.front().empty()) return true;
  }
}

}  // namespace policygraph::inline v0::detail::exchange
