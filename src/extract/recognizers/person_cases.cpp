#include "extract/recognizers/person_cases.hpp"

#include <algorithm>
#include <vector>

#include "extract/recognizers/case_forms.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kLeastStem = 4;  // bytes

using Swaps = std::vector<PersonCase::Swap>;

std::optional<std::string> swapped(std::string_view word, const Swaps& swaps) {
  const auto fits = [&](const PersonCase::Swap& swap) {
    return word == swap.from || (word.size() >= swap.from.size() + kLeastStem && word.ends_with(swap.from));
  };
  const auto found = std::ranges::find_if(swaps, fits);
  if (found == swaps.end()) return std::nullopt;
  return std::string(word.substr(0, word.size() - found->from.size())) + found->to;
}

bool has_ending(std::string_view word, const std::vector<std::string>& endings) {
  return std::ranges::any_of(endings, [&](const std::string& ending) { return word.ends_with(ending); });
}

// Reads a name as being in one case.
class InCase {
 public:
  InCase(const PersonCase& of, std::string_view title) : of_(of), is_titled_(!title.empty() && has_ending(title, of.titles)) {}

  std::optional<std::string> surname_last(std::span<const std::string_view> name) const {
    const auto patronymic = name.subspan(1, name.size() - 2);
    return join(given(name.front()), between(patronymic), surname(name.back(), !patronymic.empty()));
  }
  std::optional<std::string> surname_first(std::span<const std::string_view> name) const {
    return join(surname(name.front(), name.size() > 2), given(name[1]), between(name.subspan(2)));
  }

 private:
  using Word = std::optional<std::string>;

  Word given(std::string_view word) const { return swapped(word, of_.given); }
  Word surname(std::string_view word, bool has_patronymic) const {
    if (auto found = swapped(word, of_.surnames); found || !(is_titled_ || has_patronymic)) return found;
    if (auto found = swapped(word, of_.titled)) return found;
    return is_titled_ && has_ending(word, of_.fixed) ? Word(word) : std::nullopt;
  }
  // Patronymics; an empty text for none.
  Word between(std::span<const std::string_view> words) const {
    if (words.empty()) return std::string();
    return words.size() == 1 ? swapped(words.front(), of_.patronymics) : std::nullopt;
  }
  static Word join(const Word& a, const Word& b, const Word& c) {
    if (!a || !b || !c) return std::nullopt;
    std::string out = *a;
    for (const Word* word : {&b, &c}) {
      if (!(*word)->empty()) out.append(" ").append(**word);
    }
    return out;
  }

  const PersonCase& of_;
  bool is_titled_;
};

// "Maxer Salmanning" is Maxer Salman; the other cases end as names may.
std::optional<std::string> without_last_ending(const Words& words, Range name) {
  const auto* ending = words.grammar()->case_of(words.folded(name.last - 1));
  if (ending == nullptr || (ending->role != Role::owner && !is_surname_without(words, name.last - 1, ending->text))) return std::nullopt;
  return std::string(words.reading().text(without_case(words, name, *words.grammar())));
}

}  // namespace

bool is_surname_without(const Words& words, std::uint32_t at, std::string_view ending) {
  const std::string_view word = words.folded(at);
  const std::string_view bare = word.substr(0, word.size() - ending.size());
  return std::ranges::any_of(words.reading().packs().surname_endings, [&](std::string_view one) { return bare.size() > one.size() + 2 && bare.ends_with(one); });
}

std::optional<std::string> nominative_name(const Words& words, Range name, std::string_view title) {
  if (words.grammar()->is_head_last) return without_last_ending(words, name);
  std::vector<std::string_view> parts;
  for (std::uint32_t at = name.first; at < name.last; ++at) parts.push_back(words.text(at));
  return nominative(parts, title, *words.grammar());
}

std::optional<std::string> nominative(std::span<const std::string_view> name, std::string_view title, const CaseGrammar& grammar) {
  if (name.size() < 2) return std::nullopt;
  for (const PersonCase& one : grammar.persons) {
    const InCase in(one, title);
    if (auto found = in.surname_last(name)) return found;
    if (auto found = in.surname_first(name)) return found;
  }
  return std::nullopt;
}

}  // namespace policygraph::inline v0::detail::extract
