#pragma once

#include "extract/recognizers/act_citation.hpp"

namespace policygraph::inline v0::detail::extract {

// At the head of a document "УКАЗ ПРЕЗИДЕНТА РЕСПУБЛИКИ ..." and "№ УП-112 от 14 мая" stand in lines of their own: what the line of
// the number lacks, noun and issuer, is taken from the lines above it, and a date from a line beside it that holds no more than a place
// and a date.
void take_from_headings(const Reading& reading, const DateIndex& dates, const Sentence& line, Citation& citation);

}  // namespace policygraph::inline v0::detail::extract
