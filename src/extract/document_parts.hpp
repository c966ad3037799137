#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "policygraph/document/document.hpp"
#include "policygraph/extract/extraction.hpp"
#include "policygraph/text/language.hpp"

// A long document is read in parts: what reading one takes is let go before the next. What lies in two parts is not seen
// together, so a part ends where a reader would put the page down: before a heading, between paragraphs, between sentences.
namespace policygraph::inline v0::detail::extract {

// Where the part that begins at `start` ends: at most `most` bytes on, and more than a third of them unless the text is over.
// Requires: most is at least 1,024.
std::uint32_t end_of_part(const Document& document, const Languages& languages, std::uint32_t start, std::size_t most);

// That part as a document of its own: its text, its blocks, what is known of the whole.
Document part_of(const Document& document, Span part);

// Puts what was found in the part that begins at `offset` behind what the parts before it hold.
void append_part(Extraction&& part, std::uint32_t offset, Extraction& out);

// Brings together the bodies, persons, places and programmes that several parts name alike, as coreference does within one;
// `starts`: the first mention of each part. Where one part has two of a name, nothing is said of the others of that name from there on.
void join_parts(const std::vector<MentionIndex>& starts, Extraction& extraction);

// Leaves out the mentions from number `most` on, those before it that reach beyond the first of them, and all that speaks of any
// of these. The place where they begin. Requires: sorted; more mentions than `most`.
std::uint32_t keep_first(std::size_t most, Extraction& extraction);

}  // namespace policygraph::inline v0::detail::extract
