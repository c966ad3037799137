#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/id.hpp"
#include "policygraph/model/assertion.hpp"
#include "policygraph/model/mention.hpp"

namespace policygraph::inline v0::detail::store {

// Batches of records as bytes and back (docs/store_format.md, "Batches"). Reading adds to what is there and throws
// Error(format) for bytes that could not have been written. At most kMostRows records each.

/// Requires: each was recorded by the commit that the batch belongs to, and is not withdrawn.
std::string claim_batch(std::span<const Assertion> claims);
/// `commit`: the one they were recorded by.
void read_claims(std::string_view bytes, CommitId commit, std::vector<Assertion>& claims);

std::string mention_batch(std::span<const Mention> mentions);
void read_mentions(std::string_view bytes, std::vector<Mention>& mentions);

/// Ids of what a commit withdraws: claims or judgements.
std::string withdrawn_batch(std::span<const std::uint64_t> ids);
std::vector<std::uint64_t> read_withdrawn(std::string_view bytes);

}  // namespace policygraph::inline v0::detail::store
