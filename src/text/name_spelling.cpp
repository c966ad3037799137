#include "text/name_spelling.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace policygraph::inline v0::detail::text {
namespace {

constexpr std::size_t kReads = 32;
constexpr double kVowelLeftOut = 0.5;
constexpr double kBreathLeftOut = 0.35, kVowelAtAnEnd = 0.3;

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/// What stands for the "y" or "i" at a place; 0: nothing.
char glide(std::string_view word, std::size_t at, char before) {
  const auto next = word.find_first_not_of('y', at + 1);
  const char after = next == std::string_view::npos ? '\0' : word[next];
  const bool opens = is_vowel(after) && after != 'i';
  if (word[at] == 'y' && after == 'e') return 0;
  if (before == 'i' || before == 'y') return 0;
  if (is_vowel(before)) return 'y';
  if (before == 0) return word[at] == 'y' && is_vowel(after) ? 'y' : 'i';
  return opens && after != 'e' ? 'y' : 'i';
}

struct Swap {
  char a, b;
  double cost;
};
constexpr std::array kSwaps{
    Swap{'a', 'o', 0.1},  Swap{'i', 'y', 0.2},  Swap{'o', 'u', 0.3}, Swap{'e', 'o', 0.5},
    Swap{'e', 'i', 0.25}, Swap{'a', 'u', 0.3}, Swap{'a', 'e', 0.4}, Swap{'i', 'u', 0.5}, Swap{'e', 'u', 0.6}, Swap{'a', 'i', 0.6},
    Swap{'g', 'h', 0.3},  Swap{'d', 't', 0.4}, Swap{'b', 'p', 0.4}, Swap{'f', 'v', 0.4}, Swap{'s', 'z', 0.5},
};

double swap_cost(char a, char b) {
  if (a == b) return 0;
  if (a > b) std::swap(a, b);
  for (const Swap& swap : kSwaps)
    if (swap.a == a && swap.b == b) return swap.cost;
  return 1;
}

/// A vowel at either end is more than a habit: Mario is not Maria, and Olim is not surely Alim; -ullo is mostly -ulla.
double letter_cost(std::string_view a, std::size_t i, std::string_view b, std::size_t j) {
  const double cost = swap_cost(a[i], b[j]);
  if (cost == 0 || cost == 1 || !is_vowel(a[i]) || !is_vowel(b[j])) return cost;
  const bool ends = i > 0 && j > 0 && i + 1 == a.size() && j + 1 == b.size();
  if (ends) return a[i - 1] == 'l' && b[j - 1] == 'l' ? std::max(cost, kVowelAtAnEnd) : 1;
  return i == 0 || j == 0 ? std::max(cost, kVowelAtAnEnd) : cost;
}

double left_out_cost(std::string_view word, std::size_t at) {
  if (word[at] == 'h') return kBreathLeftOut;
  if (word[at] == 'y') return at == 0 ? 1 : kVowelLeftOut;
  return is_vowel(word[at]) && at != 0 && at + 1 < word.size() ? kVowelLeftOut : 1;
}

}  // namespace

std::string spelling_key(std::string_view word) {
  const std::string latin = latin_word(word);
  std::string out;
  for (std::size_t i = 0; i < latin.size(); ++i) {
    const char before = out.empty() ? '\0' : out.back();
    const char c = latin[i] == 'y' || latin[i] == 'i' ? glide(latin, i, before) : latin[i];
    if (c != 0 && c != before) out.push_back(c);
  }
  return out;
}

double spelling_cost(std::string_view a, std::string_view b, double limit) {
  if (a == b) return 0;
  a = a.substr(0, kReads);
  b = b.substr(0, kReads);
  std::array<double, kReads + 1> up{}, row{};
  for (std::size_t j = 0; j < b.size(); ++j) up[j + 1] = up[j] + left_out_cost(b, j);
  for (std::size_t i = 0; i < a.size(); ++i) {
    row[0] = up[0] + left_out_cost(a, i);
    double least = row[0];
    for (std::size_t j = 0; j < b.size(); ++j) {
      row[j + 1] = std::min({up[j] + letter_cost(a, i, b, j), up[j + 1] + left_out_cost(a, i), row[j] + left_out_cost(b, j)});
      least = std::min(least, row[j + 1]);
    }
    if (least > limit) return limit + 1;
    up.swap(row);
  }
  return up[b.size()] > limit ? limit + 1 : up[b.size()];
}

std::string spelling_skeleton(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (is_vowel(c) || c == 'y' || c == 'h' || c == 'g') continue;
    const char voiceless = c == 'd' ? 't' : c == 'b' ? 'p' : c == 'v' ? 'f' : c == 'z' ? 's' : c;
    if (out.empty() || out.back() != voiceless) out.push_back(voiceless);
  }
  return out.empty() ? std::string(key) : out;
}

}  // namespace policygraph::inline v0::detail::text
