#include "extract/recognizers/recognizers.hpp"

namespace policygraph::detail::extract {

void recognise_dates(const Reading&, Extraction&) {}

}  // namespace policygraph::detail::extract
