#pragma once

#include <string>

#include "policygraph/model/value.hpp"

namespace policygraph::inline v0::detail::model {

// A value in an error, with its kind: "String 'x'", "Float 4.9", "Null". At most some 60 bytes of it, cut between
// characters.
std::string shown(const Value& value);

}  // namespace policygraph::inline v0::detail::model
