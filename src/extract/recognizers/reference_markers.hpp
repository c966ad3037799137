#pragma once

#include "extract/stage.hpp"

namespace policygraph::inline v0::detail::extract {

// Compares the bracketed numbers of a text ("Resolution No. 617 on youth [7]; growth doubled [15]") with the list they point to (lines that
// begin "[7]", numbered from 1 on, at the end; or "7.", below a heading "References"). Reports MARKER_WITHOUT_ENTRY: no line has the number; MARKER_MISMATCH: it stands after an
// act that its line does not name; ACT_WITHOUT_ENTRY: no line names that act. A text without such a list has no findings.
// Wants the mentions in order of their place. O(text + acts log acts).
void check_references(const Reading& reading, Extraction& out);

}  // namespace policygraph::inline v0::detail::extract
