#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace policygraph::inline v0::detail::picture {

/// The order of `count` points that links join to one line, each once, begun where most links lead forward; empty when they are no line.
/// Points that several links join count as joined once; a link from a point to itself is no matter.
std::vector<std::uint32_t> chain_of(std::size_t count, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links);

}  // namespace policygraph::inline v0::detail::picture
