#pragma once

#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {

// "did not take part", "не присутствовал", "qatnashmadi", "denied that it funds": what the verb tells did not happen.
bool is_absent(const Scene& scene, const Clause& clause, const PhraseMatch& verb);
// "neither A nor B", "ни A, ни B", "all but A", "кроме A": the words right in front leave this one out of what is told of the others.
bool is_left_out(const Scene& scene, const Clause& clause, const Thing& thing);

// "was not held in", "tashkil etilmaydi": a negation stands among tokens [first, last), whatever verb it is of.
bool holds_denial(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last);

}  // namespace policygraph::inline v0::detail::extract
