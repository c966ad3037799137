#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "extract/recognizers/act_citation.hpp"

namespace policygraph::inline v0::detail::extract {

// An act found, in the order of the text, with what later ones take from it.
struct FoundAct {
  MentionIndex mention = kNoMention;
  Citation citation;
  std::string kind;
  std::string jurisdiction;
  std::string number;
  PartialDate date;
  bool has_date = false;
};

// Whose law an act is where its citation does not say: the country named before it in its block, else that of the act before,
// else the country that the document names most, else that of the document's language.
class ActContext {
 public:
  explicit ActContext(const Reading& reading);
  std::string jurisdiction(std::uint32_t token, const std::vector<FoundAct>& before) const;
  // "Указ Президента Кыргызской Республики УП № 40": letters that other states share are no series of ours where one of them issued the act, or
  // where the text names others alone. The number is left.
  void settle_series(Citation& citation) const;
  // Of an act as far as the citation itself tells; "" where it does not.
  std::string stated(const Citation& citation) const;

 private:
  const Reading& reading_;
  std::string most_named_;
  std::set<std::string, std::less<>> named_;  // states
};

}  // namespace policygraph::inline v0::detail::extract
