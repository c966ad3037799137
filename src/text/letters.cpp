#include "letters.hpp"

#include <utf8proc.h>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::text {
namespace {

char32_t lower(char32_t c) noexcept { return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))); }
char32_t upper(char32_t c) noexcept { return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c))); }

}  // namespace

void Letters::read() {
  size_ = 0;
  written_ = lower_ = 0;
  if (at_ >= text_view_.size()) return;
  const CodePoint point = code_point_at(text_view_, at_);
  size_ = point.size;
  written_ = point.value;
  lower_ = lower(point.value);
}

void Letters::next() {
  before_ = lower_;
  before_written_ = written_;
  at_ += size_;
  read();
}

char32_t Letters::after(std::size_t steps) const noexcept {
  std::size_t at = at_ + size_;
  for (; steps > 1 && at < text_view_.size(); --steps) at += code_point_at(text_view_, at).size;
  return at < text_view_.size() ? lower(code_point_at(text_view_, at).value) : 0;
}

bool Letters::is_in_capitals() const noexcept {
  const std::size_t at = at_ + size_;
  const char32_t next = at < text_view_.size() ? code_point_at(text_view_, at).value : 0;
  if (is_letter(next)) return is_upper(next);
  return is_upper(before_written_);
}

void Letters::put(std::string& out, std::string_view group) const {
  if (!is_upper(written_)) {
    out.append(group);
    return;
  }
  const bool all = is_in_capitals();
  for (std::size_t at = 0; at < group.size();) {
    const CodePoint point = code_point_at(group, at);
    append_utf8(out, at == 0 || all ? upper(point.value) : point.value);
    at += point.size;
  }
}

}  // namespace policygraph::inline v0::detail::text
