#pragma once

#include <string>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/base/id.hpp"

namespace policygraph::inline v0 {

/// Something wrong, or worth a look, with what is known: VALUE_CONFLICT, TYPE_CONFLICT, DATE_CONFLICT, DATE_IS_PUBLICATION,
/// EXPANSION_MISMATCH ... It names the claims it is about; nothing is mended in silence.
struct Finding {
  std::string code;
  Severity severity = Severity::warning;
  std::string explanation;
  std::vector<NodeKey> nodes;       ///< mentions or nodes concerned
  std::vector<EvidenceId> evidence;
  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace policygraph::inline v0
