#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/graph/views.hpp"

namespace policygraph::inline v0::detail::graph {

/// The days on which one edge is valid: it may be so on [from_first, to_last], it surely is on [from_last, to_first].
struct ValidityDays {
  EdgeRow edge;
  std::int32_t from_first, from_last, to_first, to_last;
};
ValidityDays validity_days(EdgeRow edge, const PartialDate& from, const PartialDate& to) noexcept;

/// Those of the edges of one snapshot's data that state a validity, in order of row; made when first asked for, by any
/// thread. A copy starts empty.
class ValidityOnDemand {
 public:
  ValidityOnDemand() = default;
  ValidityOnDemand(const ValidityOnDemand&) noexcept : ValidityOnDemand() {}
  ValidityOnDemand& operator=(const ValidityOnDemand&) = delete;
  const std::vector<ValidityDays>& of(const Snapshot::Data& data) const;

 private:
  mutable std::once_flag once_;
  mutable std::vector<ValidityDays> days_;
};

}  // namespace policygraph::inline v0::detail::graph
