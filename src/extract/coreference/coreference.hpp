#pragma once

#include "extract/stage.hpp"

// Which mentions of one document are of one thing. Each link says by which rule and why, and becomes a judgement.
namespace policygraph::inline v0::detail::extract {

// Links mentions that carry names: bodies, persons, places, programmes, events, agreements.
void link_names(const Reading& reading, Extraction& out);
// Adds mentions for "the project", "the ministry", "these agreements", each linked to the last thing that fits.
void link_definite(const Reading& reading, Extraction& out);
// Adds mentions for terms that the text sets for names, "(далее — Фонд)".
void link_defined_terms(const Reading& reading, Extraction& out);

}  // namespace policygraph::inline v0::detail::extract
