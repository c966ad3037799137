#pragma once

#include <span>

#include "extract/stage.hpp"

namespace policygraph::inline v0::detail::extract {

// A document whose relations are read, once its mentions are linked.
struct Related {
  const Reading* reading = nullptr;
  Extraction* out = nullptr;
};

// Runs all families of relation rules in the order they build on each other, each over all documents before the next: what a family
// needs is at hand for all of them.
void relate(std::span<const Related> documents);

}  // namespace policygraph::inline v0::detail::extract
