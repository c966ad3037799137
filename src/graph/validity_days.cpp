#include "graph/validity_days.hpp"

#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

std::int32_t number(Day day) noexcept { return static_cast<std::int32_t>(day.days); }
bool is_open(const PartialDate& date) noexcept { return date.to().precision == PartialDate::Precision::open; }

}  // namespace

ValidityDays validity_days(EdgeRow edge, const PartialDate& from, const PartialDate& to) noexcept {
  ValidityDays days{edge, number(from.earliest()), number(from.latest()), number(to.earliest()), number(to.latest())};
  if (from.is_unknown()) {
    days.from_first = number(kFirstDay);
    days.from_last = is_open(from) ? days.from_first : days.to_first;
  }
  if (to.is_unknown()) {
    days.to_last = number(kLastDay);
    days.to_first = is_open(to) ? days.to_last : days.from_last;
  }
  return days;
}

const std::vector<ValidityDays>& ValidityOnDemand::of(const Snapshot::Data& data) const {
  const auto date = [](const Column* column, std::uint32_t row) {
    return column != nullptr && column->has(row) ? column->partial_date(row) : PartialDate();
  };
  std::call_once(once_, [&] {
    const auto* from = data.valid_from.get();
    const auto* to = data.valid_to.get();
    if (from == nullptr && to == nullptr) return;
    for (std::uint32_t row = 0; row < data.topology.edge_limit(); ++row) {
      if ((from != nullptr && from->has(row)) || (to != nullptr && to->has(row)))
        days_.push_back(validity_days(EdgeRow{row}, date(from, row), date(to, row)));
    }
  });
  return days_;
}

}  // namespace policygraph::inline v0::detail::graph
