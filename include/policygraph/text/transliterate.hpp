#pragma once

#include <string>
#include <string_view>

#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// Uzbek Cyrillic to Uzbek Latin (official alphabet of 1995: ў o‘, ғ g‘, ш sh, ч ch, ц ts/s, е ye/e) and back.
POLICYGRAPH_EXPORT std::string uzbek_to_latin(std::string_view cyrillic);
POLICYGRAPH_EXPORT std::string uzbek_to_cyrillic(std::string_view latin);
/// Russian to Latin as in passports and news (BGN/PCGN simplified: х kh, ж zh, я ya, й y).
POLICYGRAPH_EXPORT std::string russian_to_latin(std::string_view cyrillic);
/// One key for the spellings of a name over scripts and habits: Farhod, Farkhod, Фарход all give the same. For blocking and
/// similarity, never for display.
POLICYGRAPH_EXPORT std::string name_key(std::string_view name);

}  // namespace policygraph::inline v0
