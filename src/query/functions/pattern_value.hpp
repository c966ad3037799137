#pragma once

#include "query/functions/function.hpp"

namespace policygraph::inline v0::detail::query {

// What a pattern takes up as its relationship, -[r]-: not to be written. Anything but a relationship is a type error, as it is where a
// pattern takes up a node.
const Function& taken_relationship();

}  // namespace policygraph::inline v0::detail::query
