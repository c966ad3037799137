#include "policygraph/model/evidence.hpp"

namespace policygraph::inline v0 {

std::string place_of(const Citation& citation) {
  if (citation.page != 0) return "page " + std::to_string(citation.page);
  return citation.line == 0 ? std::string() : "line " + std::to_string(citation.line);
}

}  // namespace policygraph::inline v0
