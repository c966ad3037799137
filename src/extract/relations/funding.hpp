#pragma once

#include <string>
#include <vector>

#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {

// A sum of money that funds something, while the rules find out what and whose.
struct Sum {
  const Clause* clause = nullptr;
  Literal money;
  std::uint32_t from = 0, to = 0;  // tokens that speak of this sum rather than of its neighbours
  std::string kind;
  Modality modality = Modality::unknown;
  MentionIndex funding = kNoMention;
  MentionIndex whole = kNoMention;  // the sum it is a part of
  const Clause* act_clause = nullptr;
  Things providers, targets, acts;
  bool is_weak_target = false;
  bool is_bare = false;  // only a word like "money" says that it funds something
};

// What a stated sum is: it funds something, it measures something (an Indicator), or neither.
enum class MoneyUse { funding, measure, nothing };
MoneyUse use_of_money(const Scene& scene, const Clause& clause, const Literal& money);
// The tokens that speak of that sum: up to its neighbours and to marks that end a clause.
std::pair<std::uint32_t, std::uint32_t> money_window(const Scene& scene, const Clause& clause, const Literal& money);

// Who gives, for what, by which act.
// `before` is the sum in front of it in the clause, or null.
void find_ends(const Scene& scene, Sum& sum, const Sum* before);
// The givers that a project's page names under a label, "Donor: X"; empty unless the sum stands under a label too.
Things page_donors(const Scene& scene, const Clause& clause, const Literal& money);
// The same by the roles that the language marks.
void find_cased_ends(const Scene& scene, Sum& sum, const Sum* before);

}  // namespace policygraph::inline v0::detail::extract
