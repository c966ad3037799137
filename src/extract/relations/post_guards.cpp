#include "extract/relations/post_guards.hpp"

#include <algorithm>

#include "extract/relations/denial.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kBeside = 4;  // tokens between a verb of an appointment and the words of the post

bool has_comma(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last) {
  const Walk words = scene.walk(clause);
  for (std::uint32_t i = first; i < last; ++i) {
    if (words.is_sign(i, U',') || words.is_sign(i, U';')) return true;
  }
  return false;
}

}  // namespace

bool tells_guests(const Scene& scene, const Clause& clause, std::string_view code) {
  if (scene.cue_in(clause, "guest_words", clause.first, clause.last) != nullptr) return true;
  const auto is_other = [&](const Thing& thing) {
    return thing.root == Root::place && scene.property(thing.mention, "kind") == "country" &&
           scene.property(thing.mention, "code") != code;
  };
  if (std::ranges::any_of(clause.things, is_other)) return true;
  for (const CategoryName category :
       {CategoryName("countries"), CategoryName("demonyms"), CategoryName("name_countries")}) {
    for (const PhraseMatch& match : scene.reading().matches_in(category, clause.first, clause.last)) {
      if (scene.reading().entry(match).id != code) return true;
    }
  }
  return false;
}

bool has_origin_behind(const Scene& scene, const Clause& clause, std::uint32_t last) {
  const Walk words = scene.walk(clause);
  const std::uint32_t at = words.at(last);
  if (!words.is_sign(at, U'(') && !scene.has_cue("origin_links", at)) return false;
  std::uint32_t next = words.next(at);
  if (scene.has_cue("articles", next)) next = words.next(next);
  return words.is_capitalised(next);
}

bool is_in_marks(const Scene& scene, const Clause& clause, std::uint32_t token) {
  const Walk words = scene.walk(clause);
  int open = 0;
  for (std::uint32_t i = clause.first; i < token; ++i) {
    if (open > 0 && words.is_close_quote(i))
      --open;
    else if (words.is_open_quote(i))
      ++open;
  }
  return open > 0;
}

bool is_unappointed(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last) {
  const std::uint32_t from = first > clause.first + kBeside ? first - kBeside : clause.first,
                      to = std::min(clause.last, last + kBeside);
  for (const CategoryName category : {CategoryName("appointments"), CategoryName("appoints")}) {
    for (const PhraseMatch& verb : scene.reading().matches_in(category, from, to)) {
      const bool is_parted =
          verb.last <= first ? has_comma(scene, clause, verb.last, first) : has_comma(scene, clause, last, verb.first);
      if (!is_parted && is_denied(scene, clause, verb)) return true;
    }
  }
  return false;
}

}  // namespace policygraph::inline v0::detail::extract
