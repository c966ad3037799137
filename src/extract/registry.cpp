#include "extract/registry.hpp"

#include <vector>

#include "extract/coreference/coreference.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/reference_markers.hpp"

namespace policygraph::inline v0::detail::extract {

// Order matters: a recogniser may look at what those above it found.
std::span<const Stage> recognizers() {
  static const std::vector<Stage> stages{
      recognise_dates,
      recognise_legal_acts,
      recognise_money,
      recognise_table_sums,
      recognise_quantities,
      recognise_event_names,
      recognise_name_lists,
      recognise_cased_names,
      recognise_programmes,
      recognise_page_titles,
      recognise_table_programmes,
      recognise_organizations,
      recognise_places,
      recognise_persons,
      recognise_offices,
      recognise_appointments,
      recognise_described_works,
      recognise_repeats,
      recognise_events,
      recognise_cased_events,
      recognise_agreements,
      recognise_cased_agreements,
      recognise_agreement_titles,
      recognise_statements,
  };
  return stages;
}

std::span<const Stage> act_recognizers() {
  static const std::vector<Stage> stages{recognise_dates, recognise_legal_acts};
  return stages;
}

std::span<const Stage> coreference() {
  static const std::vector<Stage> stages{
      link_names,
      link_defined_terms,
      link_definite,
  };
  return stages;
}

std::span<const Stage> checks() {
  static const std::vector<Stage> stages{check_references};
  return stages;
}

}  // namespace policygraph::inline v0::detail::extract
