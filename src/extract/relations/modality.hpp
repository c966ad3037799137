#pragma once

#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {

// How sure the words around tokens [first, last) are that it is so: the nearest cue of the sentence, where a denial or a
// cancelling wins over a plan and a plan over a fact. Modality::unknown where nothing
// within `reach` tokens tells.
Modality modality_at(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last, std::uint32_t reach = 14);
// The same where it is known that nothing is denied: a "not" nearby speaks of something else.
Modality modality_given_at(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last, std::uint32_t reach = 14);

// A question that wants a yes or a no: "Should the Bank provide USD 5 million?"; "Who gave it?" takes for granted that somebody did.
bool asks(const Reading& reading, const Clause& clause);

}  // namespace policygraph::inline v0::detail::extract
