#pragma once

#include <optional>
#include <string>

#include "policygraph/base/error.hpp"

namespace policygraph::testing {

// The Error that `call` throws; a text of "nothing was thrown" when it throws none.
template <class Call>
Error refusal(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorCode::run, "nothing was thrown");
}

}  // namespace policygraph::testing
