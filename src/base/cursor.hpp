#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::base {

struct Fault {
  std::size_t offset = 0;
  const char* text = nullptr;  // null: none; a literal, so that finding a fault allocates nothing
  ErrorCode code = ErrorCode::format;
};

/// A place in a short text that is being read, and the first fault found. After a fault nothing more is taken, so a
/// reader may go on to its end and look once.
class Cursor {
 public:
  static constexpr char kEnd = '\0';

  explicit Cursor(std::string_view text) noexcept : text_(text) {}

  std::size_t offset() const noexcept { return at_; }
  std::string_view text() const noexcept { return text_; }
  std::string_view rest() const noexcept { return text_.substr(at_); }
  std::size_t left() const noexcept { return text_.size() - at_; }
  bool at_end() const noexcept { return at_ == text_.size(); }
  /// The byte `ahead` of this one, kEnd past the end.
  char peek(std::size_t ahead = 0) const noexcept { return ahead < left() ? text_[at_ + ahead] : kEnd; }
  bool at_digit() const noexcept { return is_digit(peek()); }
  static constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
  /// How many digits stand here, up to `most`.
  std::size_t count_digits(std::size_t most) const noexcept {
    std::size_t n = 0;
    while (n < most && is_digit(peek(n))) ++n;
    return n;
  }

  void skip(std::size_t count = 1) noexcept {
    if (!failed()) at_ += count < left() ? count : left();
  }
  bool take(char wanted) noexcept {
    if (failed() || at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  /// Exactly `count` digits (at most 9) as a number; a fault and 0 when there are fewer.
  int take_digits(std::size_t count, const char* fault) noexcept {
    if (failed()) return 0;
    if (count_digits(count) < count) {
      fail_at(at_ + count_digits(count), fault);
      return 0;
    }
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + (text_[at_++] - '0');
    return value;
  }

  void fail(const char* text, ErrorCode code = ErrorCode::format) noexcept { fail_at(at_, text, code); }
  void fail_at(std::size_t offset, const char* text, ErrorCode code = ErrorCode::format) noexcept {
    if (!failed()) fault_ = {offset, text, code};
  }
  bool failed() const noexcept { return fault_.text != nullptr; }
  const Fault& fault() const noexcept { return fault_; }

  /// "not a date: <fault>" at its column. Requires: failed().
  [[noreturn]] void raise(std::string_view wanted) const {
    throw Error(fault_.code, "not " + std::string(wanted) + ": " + fault_.text, place_in(text_, fault_.offset));
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  Fault fault_;
};

}  // namespace policygraph::inline v0::detail::base
