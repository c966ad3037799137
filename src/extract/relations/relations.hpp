#pragma once

#include <vector>

#include "extract/relations/totals.hpp"
#include "extract/stage.hpp"

// Relation rules, one family a file: src/extract/relations/<rule>.cpp. All of them see the document as a Scene.
namespace policygraph::inline v0::detail::extract {

class Scene;
struct SumUse;

// `uses`: of the sums of each clause, uses_of_sums
void relate_funding(Scene& scene, const std::vector<std::vector<SumUse>>& uses);  // Funding, PROVIDES, FUNDS, AUTHORISES, PART_OF of sums
std::vector<Total> relate_table_sums(Scene& scene);  // the same for the cells of tables; which of them add up
void relate_indicators(Scene& scene, const std::vector<std::vector<SumUse>>& uses);  // Indicator, HAS_INDICATOR
void relate_acts(Scene& scene);          // ISSUED_BY, SIGNED_BY, APPROVES, ESTABLISHES, AMENDS, REPEALS, CITES, IMPLEMENTS
void relate_cased_acts(Scene& scene);    // the same where names have cases
void relate_citations(Scene& scene);     // CITES of an act's own text, after the rules above
void relate_cased_works(Scene& scene);   // IMPLEMENTED_BY, PARTNER_IN, PART_OF of bodies where names have cases
void relate_implementers(Scene& scene);  // IMPLEMENTED_BY
void relate_partners(Scene& scene);      // PARTNER_IN
void relate_page_fields(Scene& scene);   // IMPLEMENTED_BY, PARTNER_IN, LOCATED_IN of the programme that a page is about
void relate_parties(Scene& scene);       // PARTY_TO
void relate_positions(Scene& scene);     // HOLDS_POSITION
void relate_careers(Scene& scene);       // HOLDS_POSITION of a page's person
void relate_nearest_posts(Scene& scene);   // HOLDS_POSITION, after the rules above
void relate_implied_posts(Scene& scene);   // HOLDS_POSITION of a body named elsewhere
void relate_signatures(Scene& scene);      // HOLDS_POSITION of who signs
void relate_places(Scene& scene);        // LOCATED_IN
void relate_parts(Scene& scene);         // PART_OF
void relate_succession(Scene& scene);    // SUCCEEDS
void relate_events(Scene& scene);        // TOOK_PART_IN, HELD_UNDER
void relate_cased_events(Scene& scene);   // TOOK_PART_IN, HELD_UNDER, LOCATED_IN of events where names have cases
void relate_cased_places(Scene& scene);   // LOCATED_IN, PART_OF where names have cases
void relate_nearest_places(Scene& scene);  // LOCATED_IN of programmes and events, after the rules above
void relate_offices(Scene& scene);        // ISSUED_BY of an office named with its holder
void relate_statements(Scene& scene);    // SAID

}  // namespace policygraph::inline v0::detail::extract
