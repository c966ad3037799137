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
  std::call_once(once_, [&] {
    days_.reserve(data.validity.size());
    for (const auto& stated : data.validity) days_.push_back(validity_days(EdgeRow{stated.edge}, stated.from, stated.to));
  });
  return days_;
}

}  // namespace policygraph::inline v0::detail::graph
