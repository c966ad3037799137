#include "extract/relations/relate.hpp"

#include <deque>
#include <vector>

#include "extract/relations/funding.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

// What the rules see of a document.
struct Sight {
  explicit Sight(const Related& document) : scene(*document.reading, *document.out) {}

  Scene scene;
  std::vector<Total> totals;             // of tables
  std::vector<std::vector<SumUse>> uses;  // of the sums of each clause
};

template <void (*relate_one)(Scene&)>
void run(Sight& sight) {
  relate_one(sight.scene);
}

constexpr void (*kRules[])(Sight&) = {
    run<leave_out_said_again>,
    run<relate_acts>,
    run<relate_cased_acts>,
    run<relate_offices>,
    [](Sight& sight) { sight.totals = relate_table_sums(sight.scene); },
    [](Sight& sight) { relate_funding(sight.scene, sight.uses = uses_of_sums(sight.scene)); },
    [](Sight& sight) { relate_indicators(sight.scene, sight.uses); },
    run<relate_citations>,
    run<relate_cased_works>,
    run<relate_implementers>,
    run<relate_partners>,
    run<relate_page_fields>,
    run<relate_positions>,
    run<relate_careers>,
    run<relate_nearest_posts>,
    run<relate_signatures>,
    run<relate_implied_posts>,
    run<relate_parties>,
    run<relate_places>,
    run<relate_parts>,
    [](Sight& sight) { check_totals(sight.totals, sight.scene.out()); },
    run<relate_succession>,
    run<relate_events>,
    run<relate_cased_places>,
    run<relate_cased_events>,
    run<relate_nearest_places>,
    run<relate_statements>,
};

}  // namespace

void relate(std::span<const Related> documents) {
  std::deque<Sight> sights;
  for (const Related& document : documents) sights.emplace_back(document);
  for (const auto rule : kRules) {
    for (Sight& sight : sights) rule(sight);
  }
}

}  // namespace policygraph::inline v0::detail::extract
