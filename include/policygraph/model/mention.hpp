#pragma once

#include <string>

#include "policygraph/base/id.hpp"

namespace policygraph::inline v0 {

/// One document's talk of one thing: what it is called there, of what type, and where. Mentions are never merged; nodes are.
/// Its key is the key of the node it would be on its own; a node has the smallest key of its mentions.
struct Mention {
  NodeKey key;
  std::string type;     ///< the most specific label proposed ("Decree"); empty in the open schema when none was given
  std::string surface;  ///< the words, as written; for a node made by hand its name or ""
  EvidenceId evidence;
  friend bool operator==(const Mention&, const Mention&) = default;
};

}  // namespace policygraph::inline v0
