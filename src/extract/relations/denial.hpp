#pragma once

#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {

// Whether the clause says that the sum was not given: the verb that governs it is negated ("did not provide", "не выделил",
// "ajratmadi") or refuses ("refused to provide", "отказался выделить", "rad etdi"). "Not only", "not less than" deny nothing. Looks
// at no more than a few dozen words on either side of the sum.
bool is_denied(const Scene& scene, const Clause& clause, const Literal& money);

}  // namespace policygraph::inline v0::detail::extract
