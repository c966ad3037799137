#pragma once

#include "extract/reading.hpp"

namespace policygraph::inline v0::detail::extract {

// The span with the quotation mark right before or behind it whose other one lies within: names are read between their marks, and words
// that begin or end with a name would be quoted with one of them. Both lie within `limits`. O(length).
Span with_both_marks(const Reading& reading, Span span, Span limits);

}  // namespace policygraph::inline v0::detail::extract
