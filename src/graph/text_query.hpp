#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::graph {

/// A word that is looked for: it stands as any of the terms, or as one with any of the beginnings.
struct WantedWord {
  std::string text;  ///< as asked for
  std::vector<std::string> terms;
  std::vector<std::string> beginnings;
};

/// Words one right after the other.
struct Phrase {
  std::vector<WantedWord> words;
};

/// What a search asks for (graph/search.hpp): of each group one phrase at least, and none of those left out.
struct TextQuery {
  std::vector<std::vector<Phrase>> groups;
  std::vector<Phrase> left_out;
};

/// Throws Error(invalid_argument) for a search that only leaves out, and for one of too many words.
TextQuery parse_text_query(std::string_view text);

}  // namespace policygraph::inline v0::detail::graph
