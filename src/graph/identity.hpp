#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "policygraph/model/judgement.hpp"
#include "policygraph/model/mention.hpp"

namespace policygraph::inline v0::detail::graph {

/// A rule says who it is by "rule:..."; anybody else is a person, whose word stands above every rule's.
bool is_rule_made(std::string_view by) noexcept;

/// Entry k: the smallest key of the class of mention k; k itself where no mention of that key is in force
/// (`mentions[k]` null). `different` by a person forbids every union; one by a rule forbids unions by rules. Unions are
/// tried by persons first, then in order of score, then of id; one that would bring a forbidden pair together is passed
/// over.
std::vector<std::uint32_t> identity_classes(const std::vector<const Mention*>& mentions,
                                            const std::vector<const Judgement*>& judgements);

}  // namespace policygraph::inline v0::detail::graph
