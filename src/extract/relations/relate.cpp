#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {

void relate(const Reading& reading, Extraction& out) {
  Scene scene(reading, out);
  relate_acts(scene);
  relate_cased_acts(scene);
  relate_offices(scene);
  const auto totals = relate_table_sums(scene);
  relate_funding(scene);
  relate_indicators(scene);
  relate_citations(scene);
  relate_cased_works(scene);
  relate_implementers(scene);
  relate_partners(scene);
  relate_page_fields(scene);
  relate_positions(scene);
  relate_careers(scene);
  relate_parties(scene);
  relate_places(scene);
  relate_parts(scene);
  check_totals(totals, out);
  relate_succession(scene);
  relate_events(scene);
  relate_cased_places(scene);
  relate_cased_events(scene);
  relate_statements(scene);
}

}  // namespace policygraph::inline v0::detail::extract
