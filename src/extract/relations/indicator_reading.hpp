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
// Those of the figure before, and its sentence.
struct FigureOwners {
  IndicatorOwners owners;
  const Clause* clause = nullptr;  // none yet
};
// `before` are those of the figure before in the sentence.
IndicatorOwners indicator_owners(const Scene& scene, const Clause& clause, const Literal& figure, const IndicatorOwners& before);
// The same in a language that marks cases (cased_figures.cpp).
IndicatorOwners cased_indicator_owners(const Scene& scene, const Clause& clause, const Literal& figure, const FigureOwners& before);

}  // namespace policygraph::inline v0::detail::extract
