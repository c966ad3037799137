#pragma once

#include <string>
#include <vector>

#include "policygraph/graph/snapshot.hpp"
#include "resolve/candidates.hpp"

// "The Ministry of Finance" of a decree is that of the decree's state. A document whose acts, bodies of state and countries are all of one
// state, or whose acts are and whose bodies of state are of no other, is of that state; a body of state that names no country is then its.
namespace policygraph::inline v0::detail::resolve {

/// A document names a place, a body or an act.
struct Naming {
  NodeKey document, node;
};

/// All namings of a snapshot.
std::vector<Naming> namings(const Snapshot& snapshot);

/// Fills in `Candidate::home` of bodies of state (`NameForm::is_of_state`) that tell no country, where every document
/// that names them is of the same state. `nodes` are those of `snapshot`, in order of key. O(n log n) in the namings.
void tell_homes(const Snapshot& snapshot, std::vector<Naming> namings, std::vector<Candidate>& nodes);

}  // namespace policygraph::inline v0::detail::resolve
