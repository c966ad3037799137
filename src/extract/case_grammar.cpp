#include "extract/case_grammar.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kLeastStem = 4;  // bytes

constexpr std::array<std::pair<std::string_view, Role>, 15> kRoles{{
    {"agent", Role::agent}, {"object", Role::object}, {"recipient", Role::recipient}, {"owner", Role::owner}, {"source", Role::source},
    {"purpose", Role::purpose}, {"goal", Role::goal}, {"within", Role::within}, {"partner", Role::partner}, {"basis", Role::basis},
    {"pursued", Role::pursued}, {"place", Role::place}, {"under", Role::under}, {"with", Role::with}, {"about", Role::about},
}};

bool has_ending(std::string_view word, const std::vector<std::string>& endings) {
  return std::ranges::any_of(endings, [&](const std::string& ending) { return word.size() >= ending.size() + kLeastStem && word.ends_with(ending); });
}

}  // namespace

Role role_by_name(std::string_view name) noexcept {
  const auto found = std::ranges::find(kRoles, name, &std::pair<std::string_view, Role>::first);
  return found == kRoles.end() ? Role::none : found->second;
}

const CaseGrammar::Ending* CaseGrammar::case_of(std::string_view folded) const noexcept {
  const auto found = std::ranges::find_if(cases, [&](const Ending& ending) {
    return folded.size() >= ending.text.size() + kLeastStem && folded.ends_with(ending.text);
  });
  return found == cases.end() ? nullptr : &*found;
}

bool CaseGrammar::goes_on(std::string_view folded) const noexcept { return has_ending(folded, genitives) && !is_verb(folded); }
bool CaseGrammar::is_verb(std::string_view folded) const noexcept {
  return has_ending(folded, verbs) && std::ranges::none_of(nouns, [&](const std::string& ending) { return folded.ends_with(ending); });
}
bool CaseGrammar::is_where(std::string_view folded) const noexcept {
  return std::ranges::any_of(places, [&](const std::string& ending) { return folded.ends_with(ending); });
}
bool CaseGrammar::modifies(std::string_view folded) const noexcept { return has_ending(folded, modifiers); }

}  // namespace policygraph::inline v0::detail::extract
