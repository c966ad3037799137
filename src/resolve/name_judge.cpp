#include <algorithm>
#include <array>

#include "policygraph/resolve/names.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/similarity.hpp"
#include "resolve/name_form.hpp"
#include "resolve/name_lexicon.hpp"
#include "resolve/name_match.hpp"
#include "resolve/person_name.hpp"

namespace policygraph::inline v0 {

struct NameJudge::State {
  std::shared_ptr<const detail::resolve::NameLexicon> lexicon;
};

namespace {

using namespace detail::resolve;

/// The most general label of the policy schema's that names are compared by.
std::string_view root_of(std::string_view label) {
  struct Family {
    std::string_view label, root;
  };
  static constexpr std::array kFamilies{Family{"Agency", "Organization"}, Family{"Partner", "Organization"}, Family{"Strategy", "Programme"},
                                        Family{"Project", "Programme"}, Family{"Contest", "Programme"}};
  const auto found = std::ranges::find(kFamilies, label, &Family::label);
  return found == kFamilies.end() ? label : found->root;
}

}  // namespace

NameJudge::NameJudge() : state_(std::make_shared<State>(State{lexicon_of(nullptr)})) {}

NameJudge::NameJudge(const Packs& packs) : state_(std::make_shared<State>(State{lexicon_of(&packs)})) {}

NameVerdict NameJudge::compare(std::string_view label, std::string_view a, std::string_view b) const {
  NameWords words(*state_->lexicon);
  const auto root = root_of(label);
  const auto left = read_name(a, root, words), right = read_name(b, root, words);
  auto match = match_names(left, right, root, true);
  return {match.score, std::string(match.rule), std::move(match.reason)};
}

}  // namespace policygraph::inline v0
