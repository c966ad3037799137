#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extract/recognizers/words.hpp"

namespace policygraph::inline v0::detail::extract {

// A person, body or place in a sentence.
struct EventThing {
  Range range;
  bool is_person = false;
  bool is_body = false;
};

// Which words around its head name or describe an event, where the language marks cases: modifiers in front of the head and its
// complement behind it ("третье заседание Совета инвесторов"), or all in front of it ("investorlar kengashining yig‘ilishi").
// Requires: words.grammar().
class EventNames {
 public:
  EventNames(const Words& words, std::vector<EventThing> things) : words_(words), grammar_(*words.grammar()), things_(std::move(things)) {}

  Range around(const WordMatch& head) const;
  bool is_plural(const WordMatch& head) const;
  // Quoted, or of capitals: a name rather than a description.
  bool is_proper(Range name, const WordMatch& head) const;
  bool has_traveller(Range name) const;  // a person or body among the words
  std::optional<Range> quoted_in(Range name) const;
  // As a dictionary has it.
  std::string text_of(Range name, const WordMatch& head) const;
  // The person or body that a verb of meeting tells: behind it, or in front of it where the verb stands last.
  std::optional<Range> guest_beside(Range verb, std::uint32_t reach) const;
  // The persons among the words and within `reach` words of them.
  std::vector<Range> persons_near(Range name, std::uint32_t reach) const;

 private:
  Range head_first(const WordMatch& head) const;
  Range head_last(const WordMatch& head) const;
  std::uint32_t past_complement(const WordMatch& head) const;
  std::uint32_t past_topic(std::uint32_t at) const;
  std::uint32_t past_joint(std::uint32_t at) const;
  bool is_verb(std::uint32_t at) const;
  bool takes_before(std::uint32_t before, std::uint32_t at, const WordMatch& head) const;
  bool takes_thing(const EventThing& thing, const WordMatch& head) const;
  bool is_possessed(const WordMatch& head) const;
  std::uint32_t without_leaders_from(std::uint32_t first, std::uint32_t last) const;
  const EventThing* thing_from(std::uint32_t first) const;
  const EventThing* thing_to(std::uint32_t last) const;

  const Words& words_;
  const CaseGrammar& grammar_;
  std::vector<EventThing> things_;
};

}  // namespace policygraph::inline v0::detail::extract
