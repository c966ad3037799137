#include <algorithm>

#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/positions.hpp"

// Titles in front of persons in languages that mark cases. The title opens its words where heads come first ("первый заместитель
// министра цифровых технологий X"), and closes them where they come last ("Raqamli texnologiyalar vaziri X").
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxPost = 16;  // words between a title and the name it is told of

const Range* owner_over(const std::vector<Range>& owners, std::uint32_t at) {
  const auto found = std::ranges::find_if(owners, [&](Range owner) { return owner.first <= at && at < owner.last; });
  return found == owners.end() ? nullptr : &*found;
}

std::optional<Post> opening(const Words& words, const std::vector<Range>& owners, std::uint32_t first) {
  std::optional<WordMatch> title;
  std::uint32_t owner_first = first;
  for (std::uint32_t at = first; at > 0 && first - at < kMaxPost; --at) {
    const std::uint32_t before = at - 1;
    const bool is_other = at == first && words.match("list_joints", before);  // "директор банка и Анна Надь"
    if (is_other || words.match_over("appointments", before) || words.match_over("dismissals", before)) break;
    if (const auto found = words.match_over("position_titles", before); found && found->range.last <= first) {
      title = found;
      at = found->range.first + 1;
      continue;
    }
    if (title) break;
    if (const Range* owner = owner_over(owners, before)) {
      owner_first = owner->first;
      at = owner->first + 1;
      continue;
    }
    const bool is_passed = words.is_small(before) || words.is_dash(before) || (words.is_capital(before) && (words.match_over("jurisdiction_names", before) || words.match("state_nouns", before) || words.match_over("countries", before) || words.match_over("area_names", before) || words.match_over("cities", before)));
    if (!is_passed || words.match("cased_heads", before)) break;
  }
  if (!title) return std::nullopt;
  const std::uint32_t last = owner_first > title->range.last ? owner_first : title->range.last;
  return Post{{title->range.first, last}, {title->range.first, first}};
}

// "Marosimda": where, in front of "viloyat hokimi".
bool is_in_place_case(const Words& words, std::uint32_t at) {
  const auto* ending = words.grammar()->case_of(words.folded(at));
  return ending != nullptr && ending->role == Role::place;
}

// "Maktabgacha va maktab ta’limi vaziri": to the capital that it begins with; not into the body that it is of.
std::uint32_t title_begin(const Words& words, const std::vector<Range>& owners, const WordMatch& title) {
  std::uint32_t at = title.range.first;
  while (at > 0 && title.range.first - at < kMaxPost) {
    const std::uint32_t before = at - 1;
    if (owner_over(owners, before) != nullptr) break;
    const bool is_joint = words.match("list_joints", before).has_value();
    if (is_joint && at == title.range.first) break;  // "A hamda ijrochi direktori B"
    const bool is_topic = words.match("post_topics", before).has_value();  // "suv resurslari bo‘yicha mutaxassisi"
    if (!words.is_word(before) || (!is_joint && !is_topic && words.match("name_breaks", before))) break;
    if (words.is_capital(before)) return words.match("name_leaders", before) || is_in_place_case(words, before) ? at : before;
    at = before;
  }
  return at == 0 || owner_over(owners, at - 1) != nullptr ? at : title.range.first;
}

bool is_where(const Words& words, Range owner) { return words.grammar()->is_where(words.folded(owner.last - 1)); }

std::optional<Post> closing(const Words& words, const std::vector<Range>& owners, std::uint32_t first) {
  const auto title = words.match_before("position_titles", first);
  if (!title) return std::nullopt;
  const std::uint32_t begin = title_begin(words, owners, *title);
  const Range* owner = begin == 0 ? nullptr : owner_over(owners, begin - 1);
  if (owner != nullptr && owner->first > 0 && is_where(words, *owner)) {  // "Yaponiyaning O‘zbekistondagi elchisi"
    if (const Range* sender = owner_over(owners, owner->first - 1)) owner = sender;
  }
  return Post{{begin, first}, {owner == nullptr ? begin : owner->first, first}};
}

}  // namespace

std::optional<Post> cased_title_before(const Words& words, const Owners& owners, std::uint32_t first) {
  return words.grammar()->is_head_last ? closing(words, owners.here(), first) : opening(words, owners.here(), first);
}

}  // namespace policygraph::inline v0::detail::extract
