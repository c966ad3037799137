#pragma once

#include <optional>
#include <string>

#include "extract/case_grammar.hpp"
#include "extract/recognizers/words.hpp"

// The forms that a dictionary has of names that stand in some case: "Министерством юстиции" is "Министерство юстиции",
// "vazirligining" is "vazirligi".
namespace policygraph::inline v0::detail::extract {

// A name whose last word is its head, without the ending of a case, in the bytes of the text: the name is cut short.
Span without_case(const Words& words, Range range, const CaseGrammar& grammar);
// Whether that word has an ending of a case.
bool has_case(const Words& words, std::uint32_t word, const CaseGrammar& grammar);

// What is left of the head word behind the stem that its pack entry matched: "а" of "министерства".
std::string_view ending_behind_stem(const Words& words, const WordMatch& head);
// A plural, told by that ending.
bool is_plural(const PackEntry& head, std::string_view ending);
// The nominative of a name that begins at `range.first` with modifiers, goes on with its head and ends with words that stay.
std::string nominative(const Words& words, Range range, const WordMatch& head, const CaseGrammar& grammar);

// "2020–2024 yillarda", "2030 йилгача": where the years begin whose last word stands at `at`.
std::optional<std::uint32_t> begin_of_years(const Words& words, std::uint32_t at, std::uint32_t from);

}  // namespace policygraph::inline v0::detail::extract
