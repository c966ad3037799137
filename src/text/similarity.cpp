#include "policygraph/text/similarity.hpp"

#include <algorithm>
#include <cstdint>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kJaroReads = 256;

std::u32string code_points(std::string_view text, std::size_t most = static_cast<std::size_t>(-1)) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size() && out.size() < most;) {
    const CodePoint point = code_point_at(text, at);
    out.push_back(point.value);
    at += point.size;
  }
  return out;
}

/// Rows of the distance table, of which only the band of width 2 × limit + 1 around the diagonal is worked out.
class Distance {
 public:
  Distance(std::u32string a, std::u32string b, std::size_t limit)
      : a_(std::move(a)), b_(std::move(b)), limit_(limit), two_up_(b_.size() + 1), up_(b_.size() + 1), row_(b_.size() + 1) {}

  std::size_t run() {
    for (std::size_t j = 0; j <= b_.size(); ++j) up_[j] = std::min(j, limit_ + 1);
    for (std::size_t i = 1; i <= a_.size(); ++i) {
      if (fill(i) > limit_) return limit_ + 1;
      two_up_.swap(up_);
      up_.swap(row_);
    }
    return std::min(up_[b_.size()], limit_ + 1);
  }

 private:
  /// Fills row `i`; gives its least value.
  std::size_t fill(std::size_t i) {
    const std::size_t first = i > limit_ ? i - limit_ : 1;
    const std::size_t last = std::min(b_.size(), i + limit_);
    row_[first - 1] = first == 1 ? std::min(i, limit_ + 1) : limit_ + 1;
    std::size_t least = row_[first - 1];
    for (std::size_t j = first; j <= last; ++j) {
      row_[j] = cell(i, j);
      least = std::min(least, row_[j]);
    }
    if (last < b_.size()) row_[last + 1] = limit_ + 1;
    return least;
  }

  std::size_t cell(std::size_t i, std::size_t j) const {
    const bool same = a_[i - 1] == b_[j - 1];
    std::size_t best = std::min({up_[j] + 1, row_[j - 1] + 1, up_[j - 1] + (same ? 0 : 1)});
    const bool swapped = i > 1 && j > 1 && a_[i - 1] == b_[j - 2] && a_[i - 2] == b_[j - 1];
    if (swapped) best = std::min(best, two_up_[j - 2] + 1);
    return std::min(best, limit_ + 1);
  }

  std::u32string a_, b_;
  std::size_t limit_;
  std::vector<std::size_t> two_up_, up_, row_;
};

/// Letters of `a` that have a partner in `b` within the window, and the partners, each in their own order.
struct Matches {
  std::u32string of_a, of_b;
};

Matches matches(const std::u32string& a, const std::u32string& b) {
  const std::size_t longest = std::max(a.size(), b.size());
  const std::size_t window = longest / 2 > 1 ? longest / 2 - 1 : 0;
  std::vector<bool> used(b.size());
  Matches found;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t first = i > window ? i - window : 0;
    const std::size_t last = std::min(b.size(), i + window + 1);
    for (std::size_t j = first; j < last; ++j) {
      if (used[j] || a[i] != b[j]) continue;
      used[j] = true;
      found.of_a.push_back(a[i]);
      break;
    }
  }
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (used[j]) found.of_b.push_back(b[j]);
  }
  return found;
}

double jaro(const std::u32string& a, const std::u32string& b) {
  if (a.empty() && b.empty()) return 1;
  const Matches found = matches(a, b);
  const auto m = static_cast<double>(found.of_a.size());
  if (m == 0) return 0;
  std::size_t moved = 0;
  for (std::size_t i = 0; i < found.of_a.size(); ++i) moved += found.of_a[i] != found.of_b[i];
  const double transposed = static_cast<double>(moved / 2);
  return (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) + (m - transposed) / m) / 3;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  std::u32string left = code_points(a);
  std::u32string right = code_points(b);
  const std::size_t apart = left.size() > right.size() ? left.size() - right.size() : right.size() - left.size();
  if (apart > limit) return limit + 1;
  limit = std::min(limit, std::max(left.size(), right.size()));
  return Distance(std::move(left), std::move(right), limit).run();
}

double jaro_winkler(std::string_view a, std::string_view b) {
  const std::u32string left = code_points(a, kJaroReads);
  const std::u32string right = code_points(b, kJaroReads);
  const double base = jaro(left, right);
  std::size_t prefix = 0;
  while (prefix < std::min({left.size(), right.size(), std::size_t{4}}) && left[prefix] == right[prefix]) ++prefix;
  return base + static_cast<double>(prefix) * 0.1 * (1 - base);
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string folded = fold_case(word);
  std::size_t limit = std::max<std::size_t>(1, count_code_points(word) / 4);
  std::string_view best;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(folded, fold_case(candidate), limit);
    if (distance > limit) continue;
    best = candidate;
    if (distance == 0) break;
    limit = distance - 1;
  }
  return best;
}

}  // namespace policygraph::inline v0
