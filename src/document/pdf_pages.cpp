#include "document/pdf_pages.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kGap = 3;             // blanks between columns
constexpr std::size_t kNarrowestColumn = 25;  // code points of a line of running text
constexpr std::size_t kFewestRows = 10;
constexpr std::size_t kLongestWord = 100;
constexpr std::size_t kMostNumbers = 20;

struct Row {
  std::size_t parts = 0;
  std::size_t shortest = 0;  // part, in code points
};

std::string_view next_line(std::string_view& text) noexcept {
  const auto end = std::min(text.find('\n'), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

Row row_of(std::string_view line) {
  Row row;
  for (std::size_t at = line.find_first_not_of(' '); at < line.size();) {
    const auto gap = std::min(line.find("   ", at), line.size());
    const auto size = count_code_points(line.substr(at, gap - at));
    row.shortest = row.parts == 0 ? size : std::min(row.shortest, size);
    ++row.parts;
    at = line.find_first_not_of(' ', gap);
  }
  static_assert(kGap == 3);
  return row;
}

bool is_word(char32_t c) noexcept { return is_letter(c) || is_apostrophe(c); }

// The letters that end at `end`, and those that begin at `start`; no more than a long word.
std::string_view word_before(std::string_view text, std::size_t end) noexcept {
  std::size_t start = end;
  while (start > 0 && end - start < kLongestWord) {
    const auto c = code_point_before(text, start);
    if (!is_word(c.value)) break;
    start -= c.size;
  }
  return text.substr(start, end - start);
}

std::string_view word_after(std::string_view text, std::size_t start) noexcept {
  std::size_t end = start;
  while (end < text.size() && end - start < kLongestWord) {
    const auto c = code_point_at(text, end);
    if (!is_word(c.value)) break;
    end += c.size;
  }
  return text.substr(start, end - start);
}

// A hyphen that ends a line, and where the next line's first letter stands.
struct Tear {
  std::size_t hyphen = 0;
  std::size_t hyphen_size = 1;
  std::size_t next = 0;
};

std::optional<Tear> tear_at(std::string_view text, std::size_t line_break) noexcept {
  if (line_break == 0) return std::nullopt;
  const auto mark = code_point_before(text, line_break);
  if (mark.value != '-' && mark.value != 0x2010 && mark.value != 0xAD) return std::nullopt;
  Tear tear{line_break - mark.size, mark.size, text.find_first_not_of(' ', line_break + 1)};
  if (tear.hyphen == 0 || tear.next >= text.size()) return std::nullopt;
  const auto before = code_point_before(text, tear.hyphen).value;
  if (!is_letter(before) && !is_digit(before)) return std::nullopt;
  return is_lower(code_point_at(text, tear.next).value) ? std::optional(tear) : std::nullopt;
}

std::unordered_set<std::string_view> hyphened_words(std::string_view text) {
  std::unordered_set<std::string_view> words;
  for (auto at = text.find('-'); at != std::string_view::npos; at = text.find('-', at + 1)) {
    const auto before = word_before(text, at), after = word_after(text, at + 1);
    if (!before.empty() && !after.empty()) words.insert(text.substr(at - before.size(), before.size() + 1 + after.size()));
  }
  return words;
}

bool keeps_hyphen(std::string_view text, const Tear& tear, const std::unordered_set<std::string_view>& hyphened) {
  if (is_digit(code_point_before(text, tear.hyphen).value)) return true;
  std::string whole(word_before(text, tear.hyphen));
  whole.append("-").append(word_after(text, tear.next));
  return hyphened.contains(whole);
}

}  // namespace

std::vector<std::string_view> split_pages(std::string_view text) {
  std::vector<std::string_view> pages;
  while (!text.empty()) {
    const auto end = std::min(text.find('\f'), text.size());
    pages.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pages;
}

bool has_two_columns(std::string_view page) {
  std::size_t rows = 0, two_columns = 0;
  while (!page.empty()) {
    const auto row = row_of(next_line(page));
    rows += row.parts > 0 ? 1 : 0;
    two_columns += row.parts == 2 && row.shortest >= kNarrowestColumn ? 1 : 0;
  }
  return two_columns >= kFewestRows && two_columns * 2 > rows;
}

std::vector<std::size_t> pages_without_text(const std::vector<std::string_view>& pages) {
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const bool has_text = std::any_of(pages[i].begin(), pages[i].end(), [](char c) {
      return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    });
    if (!has_text) numbers.push_back(i + 1);
  }
  return numbers;
}

std::string page_numbers(const std::vector<std::size_t>& numbers) {
  std::vector<std::string> runs;
  for (std::size_t i = 0; i < numbers.size() && runs.size() <= kMostNumbers;) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    runs.push_back(std::to_string(numbers[i]) + (last > i ? "-" + std::to_string(numbers[last]) : ""));
    i = last + 1;
  }
  if (runs.size() > kMostNumbers) runs.back() = "others";
  std::string out;
  for (std::size_t i = 0; i < runs.size(); ++i) out += (i == 0 ? "" : i + 1 == runs.size() ? " and " : ", ") + runs[i];
  return out;
}

std::string join_torn_words(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const auto hyphened = hyphened_words(text);
  std::size_t done = 0;
  for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    const auto tear = tear_at(text, at);
    if (!tear) continue;
    const bool keeps = keeps_hyphen(text, *tear, hyphened);
    out.append(text.substr(done, tear->hyphen - done + (keeps ? tear->hyphen_size : 0)));
    done = tear->next;
  }
  out.append(text.substr(done));
  return out;
}

}  // namespace policygraph::inline v0::detail::document
