#pragma once

#include <string>

#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {

// What the words around a figure say of it.
std::string indicator_status(const Scene& scene, const Clause& clause, const Literal& figure);

struct IndicatorTime {
  PartialDate from, to, by;
  Span span;
};
IndicatorTime indicator_time(const Scene& scene, const Clause& clause, const Literal& figure, std::string_view status);

// Whose figure it is; several where it is a joint one. `confidence` falls where only the sentences before tell.
struct IndicatorOwners {
  Things things;
  float confidence = 0.8F;
};
// `before` are those of the figure before in the sentence.
IndicatorOwners indicator_owners(const Scene& scene, const Clause& clause, const Literal& figure, const IndicatorOwners& before);

}  // namespace policygraph::inline v0::detail::extract
