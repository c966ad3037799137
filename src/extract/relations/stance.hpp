#pragma once

#include <string_view>
#include <vector>

#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {

// What of a clause is not stated as it stands: said to be untrue ("It is not true that ...", "... degan xabar noto‘g‘ri"), meant to
// be and not done ("was to have amended B but was withdrawn"), or so on a condition only ("if approved, it would repeal B"). What an act's own
// text says on a condition it orders all the same. Linear in the tokens of the clause.
std::vector<Stance> read_stances(const Scene& scene, const Clause& clause);

// Modality::denied or discussed; unknown where the token is stated.
Modality stance_at(const Clause& clause, std::uint32_t token);

// How sure an edge of that type is which the token states: as told, unless it is denied there, on a condition or asked. A post, a place or
// an issuer is taken for granted.
Modality as_stated(const Clause& clause, std::string_view type, std::uint32_t token, Modality told);

// "not by Decree A but by Decree B", "не A, а B", "A bilan emas, B bilan": marks A.
void rule_out_things(const Scene& scene, Clause& clause);

// "instead of USD 15 million", "15 mln dollar o‘rniga": another sum was given.
bool is_replaced(const Scene& scene, const Clause& clause, const Literal& money);

}  // namespace policygraph::inline v0::detail::extract
