#pragma once

#include "query/syntax/ast.hpp"

namespace policygraph::inline v0::detail::query {

constexpr bool is_comparison(Operation op) noexcept { return op >= Operation::equal && op <= Operation::greater_equal; }

// What holds of b and a where `op` holds of a and b.
constexpr Operation mirrored(Operation op) noexcept {
  switch (op) {
    case Operation::less: return Operation::greater;
    case Operation::less_equal: return Operation::greater_equal;
    case Operation::greater: return Operation::less;
    case Operation::greater_equal: return Operation::less_equal;
    default: return op;
  }
}

}  // namespace policygraph::inline v0::detail::query
