#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "policygraph/text/tokens.hpp"
#include "word_votes.hpp"

namespace policygraph::inline v0::detail::text {

inline constexpr std::size_t kLooksAt = 16384;  ///< bytes of a text that its language is guessed by

/// The script of most letters of a text.
Script main_script(std::span<const Token> tokens);

/// The likeliest of the languages of `parts`, which are all that are written in the script. `told` has what each token
/// says where it is known beforehand, else null, and may be empty. Requires: at most kLooksAt bytes; what is told is by
/// the first of the parts.
Languages::Guess guess(std::span<const WordVotes> parts, Script script, std::string_view text,
                       std::span<const Token> tokens, std::span<const WordVotes::Votes* const> told);

}  // namespace policygraph::inline v0::detail::text
