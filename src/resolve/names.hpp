#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/extract/extraction.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0::detail::resolve {

/// Mentions of one thing; `members` are those of the classes it came from.
struct MentionClass {
  MentionIndex head = kNoMention;
  std::span<const MentionIndex> members;  ///< rising, the head among them
};
/// In order of head; literals are in none.
struct MentionClasses {
  std::vector<MentionClass> all;
  std::vector<MentionIndex> members;  ///< of all, class by class
  std::vector<MentionIndex> heads;    ///< by mention: `head_of`
};
MentionClasses classes_of(const Extraction& extraction);

/// The names of one class of coreference: what its head is called, and what else.
struct ClassNames {
  MentionIndex head = kNoMention;
  bool needs_name = false;  ///< no mention states a name, but the label wants one: `name` is the head's words
  std::string name;
  std::vector<std::string> aliases;  ///< in order of appearance, without the name, each once
};

/// Classes whose label has names, in order of head.
std::vector<ClassNames> gather_names(const Extraction& extraction, const MentionClasses& classes, const Schema& schema,
                                     std::string_view text);

/// Lists of names are gathered over a class and not claimed mention by mention.
bool is_name_list(std::string_view property) noexcept;

/// A required property that no mention of a class states, and what stands in for it; null: nothing can.
struct Gap {
  MentionIndex head = kNoMention;
  std::string property;
  Value value;
};
std::vector<Gap> find_gaps(const Extraction& extraction, const MentionClasses& classes, const Schema& schema);

}  // namespace policygraph::inline v0::detail::resolve
