#include "policygraph/model/judgement.hpp"

namespace policygraph::inline v0 {

std::string_view judgement_name(JudgementKind kind) noexcept {
  return kind == JudgementKind::same ? "same" : "different";
}

}  // namespace policygraph::inline v0
