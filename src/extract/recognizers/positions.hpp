#pragma once

#include <optional>

#include "extract/recognizers/words.hpp"

namespace policygraph::inline v0::detail::extract {

// A post that words tell: its title, and the stretch from the body or country it is of to the end of the title.
struct Post {
  Range title;
  Range whole;
};

// Where the bodies and places of a document stand, for the posts in it.
class Owners {
 public:
  explicit Owners(const Extraction& found) : found_(&found), places_(found) {}
  // Turns to a sentence.
  void enter(const Words& words);
  // Those of the sentence, in order of their start, longer first.
  const std::vector<Range>& here() const noexcept { return here_; }

 private:
  const Extraction* found_;
  MentionsByPlace places_;
  std::vector<Range> here_;
};

// The post told right before a name that starts at `first`: "the Director of X Academy, ", "Hungarian Minister of Trade ".
std::optional<Post> title_before(const Words& words, const Owners& owners, std::uint32_t first);
// That told after it: ", the Deputy Director of X".
// The same in a language that marks cases: "министр юстиции X", "Adliya vaziri X". Requires: words.grammar().
std::optional<Post> cased_title_before(const Words& words, const Owners& owners, std::uint32_t first);
std::optional<Post> title_after(const Words& words, const Owners& owners, std::uint32_t last);

// Adds a literal "position" for each post told beside a person's name. Its span holds the name, the title and the body or place
// that it is of, where one is named; its value is the title.
void add_positions(const Words& words, const Owners& owners, Range person, Extraction& out);

}  // namespace policygraph::inline v0::detail::extract
