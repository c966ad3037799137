#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace policygraph::inline v0::detail::text {

/// A text read letter by letter with its neighbours in lower case, for transliteration. Offsets are bytes.
class Letters {
 public:
  explicit Letters(std::string_view text_view) : text_view_(text_view) { read(); }

  bool at_end() const noexcept { return size_ == 0; }
  char32_t here() const noexcept { return lower_; }    ///< lower case
  char32_t before() const noexcept { return before_; } ///< the one before, 0 at the start of the text
  char32_t after(std::size_t steps = 1) const noexcept;
  std::string_view written() const noexcept { return text_view_.substr(at_, size_); }
  void next();

  /// Writes `group` for the letter here: small, with a capital, or in capitals when the letters around are.
  void put(std::string& out, std::string_view group) const;

 private:
  void read();
  bool is_in_capitals() const noexcept;

  std::string_view text_view_;
  std::size_t at_ = 0;
  std::uint32_t size_ = 0;
  char32_t written_ = 0;
  char32_t lower_ = 0;
  char32_t before_ = 0;
  char32_t before_written_ = 0;
};

}  // namespace policygraph::inline v0::detail::text
