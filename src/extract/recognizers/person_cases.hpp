#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "extract/recognizers/words.hpp"

namespace policygraph::inline v0::detail::extract {

// The nominative of a person's name that stands in another case: "Ерланом Нысанбаевым" is Ерлан Нысанбаев. The name is given, patronymic and
// surname, or the surname first; `title` is the first word of the post told before it, or empty. Nothing where the words agree in no case, or where
// they may be the nominative of another name: "Алмаза Бакетаева" may be a woman's.
std::optional<std::string> nominative(std::span<const std::string_view> name, std::string_view title, const CaseGrammar& grammar);

// The same of a name in a text. Where heads come last it is the ending of its last word that goes: "Salmanning".
// Requires: words.grammar().
std::optional<std::string> nominative_name(const Words& words, Range name, std::string_view title);

// "Siddiqovga", where "Siddiqov" ends as surnames do.
bool is_surname_without(const Words& words, std::uint32_t at, std::string_view ending);

}  // namespace policygraph::inline v0::detail::extract
