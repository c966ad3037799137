#include "extract/recognizers/act_forms.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostDigits = 5;
constexpr std::size_t kMostVolume = 2;

bool is_plain_number(const Walk& walk, std::uint32_t i, std::size_t most = kMostDigits) {
  const auto text = walk.text(i);
  return walk.is_number(i) && text.size() <= most && text.find_first_not_of("0123456789") == std::string_view::npos && text[0] != '0';
}

ActNumber made(const Walk& walk, const PackEntry& entry, std::uint32_t first, std::uint32_t last, const std::string& number) {
  ActNumber out;
  out.first = first;
  out.last = last;
  out.span = walk.reading().span(first, last);
  out.number = entry.id + "-" + number;
  out.series = &entry;
  out.kind = entry.field("kind");
  out.jurisdiction = entry.field("jurisdiction");
  return out;
}

// "117-58", "2019/419", "2019 No. 419": two numbers and what stands between; the token behind them and both as one.
struct Pair {
  std::uint32_t last = 0;
  std::string number;
};

std::optional<Pair> pair_at(const Walk& walk, std::uint32_t at, char joint) {
  const std::uint32_t mark = walk.next(at);
  std::uint32_t second = walk.next(mark);
  if (joint == '-' && !(walk.is_dash(mark) && walk.is_glued(mark) && walk.is_glued(second))) return std::nullopt;
  if (joint == '/' && !(walk.is_sign(mark, U'/') && walk.is_glued(second))) {
    const PhraseMatch* sign = walk.has(mark) ? walk.reading().match_at("act_number_markers", mark) : nullptr;
    if (sign == nullptr) return std::nullopt;
    second = walk.at(sign->last);
    if (walk.is_sign(second, U'.')) second = walk.next(second);
  }
  if (!is_plain_number(walk, second)) return std::nullopt;
  return Pair{second + 1, std::string(walk.text(at)) + joint + std::string(walk.text(second))};
}

std::optional<ActNumber> behind_words(const Walk& walk, std::uint32_t i) {
  const PhraseMatch* match = walk.is_capitalised(i) ? walk.reading().match_at("act_forms", i) : nullptr;
  if (match == nullptr) return std::nullopt;
  const PackEntry& entry = walk.reading().entry(*match);
  std::uint32_t at = walk.at(match->last);
  if (walk.is_sign(at, U'.')) at = walk.next(at);
  if (const PhraseMatch* sign = walk.has(at) ? walk.reading().match_at("act_number_markers", at) : nullptr) at = walk.at(sign->last);
  if (walk.is_sign(at, U'.')) at = walk.next(at);
  if (!is_plain_number(walk, at)) return std::nullopt;
  const std::string_view shape = entry.field("shape");
  if (shape == "number") return made(walk, entry, i, at + 1, std::string(walk.text(at)));
  const auto pair = pair_at(walk, at, shape == "year" ? '/' : '-');
  return pair ? std::optional(made(walk, entry, i, pair->last, pair->number)) : std::nullopt;
}

std::optional<ActNumber> in_front_of_words(const Walk& walk, std::uint32_t i) {
  if (!is_plain_number(walk, i, kMostVolume)) return std::nullopt;
  const std::uint32_t at = walk.next(i);
  const PhraseMatch* match = walk.is_capitalised(at) ? walk.reading().match_at("act_volumes", at) : nullptr;
  if (match == nullptr) return std::nullopt;
  return made(walk, walk.reading().entry(*match), i, match->last, std::string(walk.text(i)));
}

}  // namespace

std::optional<ActNumber> read_act_form(const Walk& walk, std::uint32_t i) {
  return walk.is_word(i) ? behind_words(walk, i) : in_front_of_words(walk, i);
}

}  // namespace policygraph::inline v0::detail::extract
