#pragma once

#include <string>
#include <string_view>

namespace policygraph {

/// Uzbek Cyrillic to Uzbek Latin (official alphabet of 1995: ў o‘, ғ g‘, ш sh, ч ch, ц ts/s, е ye/e) and back.
std::string uzbek_to_latin(std::string_view cyrillic);
std::string uzbek_to_cyrillic(std::string_view latin);
/// Russian to Latin as in passports and news (BGN/PCGN simplified: х kh, ж zh, я ya, й y).
std::string russian_to_latin(std::string_view cyrillic);
/// One key for the spellings of a name over scripts and habits: Farhod, Farkhod, Фарход all give the same. For blocking and
/// similarity, never for display.
std::string name_key(std::string_view name);

}  // namespace policygraph
