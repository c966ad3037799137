#pragma once

#include "extract/stage.hpp"

// One function a file: src/extract/recognizers/<name>.cpp.
namespace policygraph::detail::extract {

void recognise_dates(const Reading& reading, Extraction& out);
void recognise_legal_acts(const Reading& reading, Extraction& out);
void recognise_money(const Reading& reading, Extraction& out);
void recognise_quantities(const Reading& reading, Extraction& out);

}  // namespace policygraph::detail::extract
