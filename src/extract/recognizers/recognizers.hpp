#pragma once

#include "extract/stage.hpp"

// One function a file: src/extract/recognizers/<name>.cpp.
namespace policygraph::inline v0::detail::extract {

void recognise_dates(const Reading& reading, Extraction& out);
void recognise_legal_acts(const Reading& reading, Extraction& out);
void recognise_money(const Reading& reading, Extraction& out);
void recognise_table_sums(const Reading& reading, Extraction& out);
void recognise_quantities(const Reading& reading, Extraction& out);
void recognise_name_lists(const Reading& reading, Extraction& out);
void recognise_cased_names(const Reading& reading, Extraction& out);
void recognise_programmes(const Reading& reading, Extraction& out);
void recognise_event_names(const Reading& reading, Extraction& out);
void recognise_page_titles(const Reading& reading, Extraction& out);
void recognise_table_programmes(const Reading& reading, Extraction& out);
void recognise_cased_agreements(const Reading& reading, Extraction& out);
void recognise_organizations(const Reading& reading, Extraction& out);
void recognise_places(const Reading& reading, Extraction& out);
void recognise_persons(const Reading& reading, Extraction& out);
void recognise_offices(const Reading& reading, Extraction& out);
void recognise_appointments(const Reading& reading, Extraction& out);
void recognise_described_works(const Reading& reading, Extraction& out);
void recognise_repeats(const Reading& reading, Extraction& out);
void recognise_events(const Reading& reading, Extraction& out);
void recognise_cased_events(const Reading& reading, Extraction& out);
void recognise_agreement_titles(const Reading& reading, Extraction& out);
void recognise_agreements(const Reading& reading, Extraction& out);
void recognise_statements(const Reading& reading, Extraction& out);

}  // namespace policygraph::inline v0::detail::extract
