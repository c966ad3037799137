#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "policygraph/model/judgement.hpp"

namespace policygraph::inline v0::detail::graph {

/// A rule says who it is by "rule:..."; anybody else is a person, whose word stands above every rule's.
bool is_rule_made(std::string_view by) noexcept;

/// A judgement between two of things numbered from 0.
struct NumberedJudgement {
  const Judgement* judgement;
  std::uint32_t a, b;
};

/// Entry k: the smallest number of the class of thing k. `different` by a person forbids every union; one by a rule
/// forbids unions by rules. Unions are tried by persons first, then in order of score, then of id; one that would bring
/// a forbidden pair together is passed over. So a class depends on nothing but the judgements among the things that
/// `same` connects.
std::vector<std::uint32_t> identity_classes(std::size_t size, std::span<const NumberedJudgement> judgements);

}  // namespace policygraph::inline v0::detail::graph
