#pragma once

#include <cstdint>
#include <string_view>

#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {

// Another state than that of the code is named in the clause, or its people are, or somebody is on a visit: whose
// minister speaks is open.
bool tells_guests(const Scene& scene, const Clause& clause, std::string_view code);

// "Anna Nagy of Ruritania", "Анна Надь из Руритании", "Anna Nagy (Ruritania)": behind a name stands whence the person
// is.
bool has_origin_behind(const Scene& scene, const Clause& clause, std::uint32_t last);

// Within quotation marks that the clause opens, whether they hold a statement or not.
bool is_in_marks(const Scene& scene, const Clause& clause, std::uint32_t token);

// "did not appoint A director", "не избран A": the verb of an appointment beside tokens [first, last) or in them is
// denied.
bool is_unappointed(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last);

}  // namespace policygraph::inline v0::detail::extract
