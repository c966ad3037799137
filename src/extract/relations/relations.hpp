#pragma once

#include "extract/stage.hpp"

// One function a file: src/extract/relations/<rule>.cpp.
namespace policygraph::detail::extract {}  // namespace policygraph::detail::extract
