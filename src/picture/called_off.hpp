#pragma once

#include <string>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::picture {

/// Whether a text says that it is not so, or no more: what is denied or cancelled is never drawn as if it held.
inline bool is_called_off(Modality modality) noexcept { return modality == Modality::denied || modality == Modality::cancelled; }

/// The type of an edge as it is written beside it: "FUNDS", "FUNDS (denied)".
inline std::string type_words(const Snapshot& snapshot, EdgeRow edge) {
  std::string words(snapshot.name(snapshot.type(edge)));
  const auto modality = snapshot.modality(edge);
  return is_called_off(modality) ? words + " (" + std::string(modality_name(modality)) + ")" : words;
}

}  // namespace policygraph::inline v0::detail::picture
