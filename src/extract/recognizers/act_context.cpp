#include "extract/recognizers/act_context.hpp"

#include <algorithm>
#include <map>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr int kMostSteps = 64;
constexpr CategoryName kNames = "jurisdiction_names";

std::string of_language(std::string_view code) {
  if (code.starts_with("uz")) return "UZ";
  return code == "kk" ? "KZ" : "";
}

}  // namespace

ActContext::ActContext(const Reading& reading) : reading_(reading) {
  std::map<std::string, std::size_t> counts;
  for (const PhraseMatch& match : reading.matches(kNames)) {
    const PackEntry& entry = reading.entry(match);
    const bool is_state = entry.id != "EU" && entry.id != "UN";
    const std::size_t count = is_state ? ++counts[entry.id] : 0;
    if (is_state) named_.insert(entry.id);
    if (is_state && (most_named_.empty() || count > counts[most_named_])) most_named_ = entry.id;
  }
}

void ActContext::settle_series(Citation& citation) const {
  if (!citation.number || citation.number->series == nullptr || citation.number->series->field("shared").empty()) return;
  ActNumber& number = *citation.number;
  const std::string_view of_issuer = citation.issuer == nullptr ? std::string_view() : reading_.entry(*citation.issuer).field("jurisdiction");
  const bool is_of_other = of_issuer.empty() ? !named_.empty() && !named_.contains(number.jurisdiction) : of_issuer != number.jurisdiction;
  if (!is_of_other) return;
  number.number = number.given.substr(number.given.rfind('-') + 1);
  number.series = nullptr;
  number.jurisdiction.clear();
  number.has_marker = true;
}

std::string ActContext::jurisdiction(std::uint32_t token, const std::vector<FoundAct>& before) const {
  const auto names = reading_.matches(kNames);
  const auto after = std::ranges::upper_bound(names, token, {}, &PhraseMatch::first);
  const Block* block = reading_.view().document().block_at(reading_.token(token).span.start);
  int steps = 0;
  for (auto at = after; at != names.begin() && steps < kMostSteps; --at, ++steps) {
    const PhraseMatch& name = *(at - 1);
    if (block == nullptr || reading_.token(name.first).span.start < block->span.start) break;
    const std::string& id = reading_.entry(name).id;
    if (id != "EU" && id != "UN") return id;
  }
  steps = 0;
  for (auto act = before.rbegin(); act != before.rend() && steps < kMostSteps; ++act, ++steps) {
    if (!act->jurisdiction.empty() && act->jurisdiction != "EU" && act->jurisdiction != "UN") return act->jurisdiction;
  }
  if (!most_named_.empty()) return most_named_;
  const Sentence* sentence = reading_.view().sentence_at(reading_.token(token).span.start);
  return sentence == nullptr ? std::string() : of_language(reading_.view().language(*sentence).code());
}

std::string ActContext::stated(const Citation& citation) const {
  if (citation.number && !citation.number->jurisdiction.empty()) return citation.number->jurisdiction;
  if (citation.issuer != nullptr) {
    const std::string_view of_issuer = reading_.entry(*citation.issuer).field("jurisdiction");
    if (!of_issuer.empty()) return std::string(of_issuer);
  }
  if (citation.jurisdiction != nullptr) return reading_.entry(*citation.jurisdiction).id;
  if (citation.modifier != nullptr && reading_.entry(*citation.modifier).id == "un") return "UN";
  if (citation.noun != nullptr) {
    const PackEntry& noun = reading_.entry(*citation.noun);
    if (!noun.field("system").empty()) return std::string(noun.field("system"));
    if (!noun.field("hint").empty()) return std::string(noun.field("hint"));
  }
  return citation.number && citation.number->has_tail ? "UZ" : "";
}

}  // namespace policygraph::inline v0::detail::extract
