#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extract/recognizers/countries.hpp"
#include "extract/recognizers/words.hpp"
#include "policygraph/base/partial_date.hpp"

namespace policygraph::inline v0::detail::extract {

// A name of a body as read in one sentence.
struct OrganizationName {
  Range range;    // the name
  Range whole;    // with its acronym in parentheses
  Range acronym;  // empty: none
  Range noted;    // the name and "(ACRONYM)"
  std::string kind = "other";
  std::string country;
  std::string nominative;  // as a dictionary has it, where the pack says; else ""
  std::optional<PartialDate> founded;
  float confidence = 0.8F;
};

class OrganizationNames {
 public:
  explicit OrganizationNames(const Words& words) : words_(words), tells_of_founding_(!words.matches("established_words").empty()) {}

  std::vector<OrganizationName> known() const;         // gazetteer
  std::vector<OrganizationName> headed() const;        // "Ministry of Digital Technologies"
  std::vector<OrganizationName> governments() const;   // "the Israeli government"
  std::vector<OrganizationName> offices() const;       // "President of the Republic of X"
  std::vector<OrganizationName> beside_words() const;  // "the company «X»", "X LLC", "a branch of X"
  std::vector<OrganizationName> branches() const;      // "the new branch of X in Y"
  std::vector<OrganizationName> led() const;           // "CEO of X"
  std::vector<OrganizationName> listed() const;        // "specialists from X, Y and Z"
  // Reads "(ACRONYM)" and "(2019)" after a name.
  void read_note(OrganizationName& name) const;

 private:
  OrganizationName make(Range range, std::string kind, float confidence) const;
  std::uint32_t with_acronym(const WordMatch& match) const;
  bool ends_with_person(Range range, std::uint32_t past_head) const;
  Range named_company(const WordMatch& word) const;
  std::optional<OrganizationName> headed_at(const WordMatch& head) const;
  std::vector<Range> branch_owners() const;
  bool is_work(std::uint32_t at) const { return words_.match("programme_heads", at) || words_.match("event_name_heads", at); }  // "for the X Project"
  bool is_of_university(const OrganizationName& name) const;
  void read_known_acronym(std::uint32_t at, OrganizationName& name) const;
  void add_companions(const WordMatch& first, std::vector<OrganizationName>& out) const;
  std::uint32_t left_end(const WordMatch& head) const;
  std::uint32_t complement(std::uint32_t at, bool takes_more) const;
  std::uint32_t and_list(std::uint32_t at) const;
  bool is_part(std::uint32_t first, std::uint32_t last) const;
  bool has_organization_head(Range range) const;
  bool takes_small(std::uint32_t at) const;
  std::uint32_t past_strangers(std::uint32_t first, std::uint32_t head) const;
  std::uint32_t past_number(std::uint32_t at) const;
  std::uint32_t small_words(std::uint32_t at) const;
  bool is_place_or_known(std::uint32_t at) const;
  std::string kind_by_words(Range range, std::string kind) const;

  const Words& words_;
  bool tells_of_founding_;
};

}  // namespace policygraph::inline v0::detail::extract
