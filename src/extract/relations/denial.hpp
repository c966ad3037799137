#pragma once

#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {

// Whether the clause says that the sum was not given: the verb that governs it is negated ("did not provide", "не выделил",
// "ajratmadi") or refuses ("refused to provide", "отказался выделить", "rad etdi"). "Not only", "not less than" deny nothing. Looks
// at no more than a few dozen words on either side of the sum.
bool is_denied(const Scene& scene, const Clause& clause, const Literal& money);

// Somebody asked for the sum ("asked the Bank for USD 5 million", "попросил", "so‘radi"), and nothing tells that it was given.
bool is_asked_for(const Scene& scene, const Clause& clause, const Literal& money);

// The same as is_denied of a verb of acts: "does not amend", "не был отменён", "bekor qilingan emas". Where verbs come last a pack lists their
// negative forms, of which the entry's field "denied" tells. "Nothing in A amends B", "A repeals nothing in B" deny it too.
bool is_denied(const Scene& scene, const Clause& clause, const PhraseMatch& verb);

}  // namespace policygraph::inline v0::detail::extract
