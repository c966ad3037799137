#include "policygraph/base/diagnostic.hpp"

namespace policygraph::inline v0 {

std::string_view severity_name(Severity severity) noexcept {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "unknown";
}

}  // namespace policygraph::inline v0
