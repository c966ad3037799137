#include "query/columns/shape.hpp"

#include <algorithm>
#include <limits>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::int64_t kExactInteger = std::int64_t{1} << 53;
constexpr std::int64_t kMicroDays = 106'000'000, kNanoDays = 106'000;            // what 64 bits count, and a little less
constexpr std::int64_t kMicroSeconds = 9'000'000'000'000, kNanoSeconds = 9'000'000'000;
constexpr std::size_t kShortText = 64;  // no date or time is written longer

int digits_of(std::uint64_t number) {
  int digits = 1;
  for (; number >= 10; number /= 10) ++digits;
  return digits;
}

/// Before the point.
int whole_digits(const Decimal& value) {
  const bool is_small = value.high() == 0 || (value.high() == -1 && static_cast<std::int64_t>(value.low()) < 0);
  if (is_small) return std::max(0, digits_of(value.high() == 0 ? value.low() : 0 - value.low()) - value.scale());
  const auto text = value.to_string();
  const auto end = std::min(text.find('.'), text.size());
  return static_cast<int>(end) - (value.is_negative() ? 1 : 0);
}

void see_days(Shape& shape, Day day) {
  if (day.days < std::numeric_limits<std::int32_t>::min() || day.days > std::numeric_limits<std::int32_t>::max()) shape.has_far_day = true;
}

void see_local(Shape& shape, const LocalDateTime& value) {
  const auto away = value.day.days < 0 ? -value.day.days : value.day.days;
  if (away > kMicroDays) shape.is_past_micro = true;
  if (away > kNanoDays) shape.is_past_nano = true;
  if (value.time.nanoseconds % 1000 != 0) shape.has_nano = true;
}

void see_zone(Shape& shape, const std::string& zone) {
  if (zone.empty() || (!shape.zone.empty() && shape.zone != zone)) shape.has_zones = true;
  if (shape.zone.empty()) shape.zone = zone;
}

void see_duration(Shape& shape, const Duration& value) {
  if (value.months != 0 || value.days != 0) shape.has_calendar = true;
  const auto away = value.seconds < 0 ? -(value.seconds + 1) : value.seconds;
  if (away >= kMicroSeconds) shape.is_past_micro = true;
  if (away >= kNanoSeconds) shape.is_past_nano = true;
  if (value.nanoseconds % 1000 != 0) shape.has_nano = true;
}

bool is_plain_day(const PartialDate& date) { return date.is_day() && date.from().qualifier == PartialDate::Qualifier::none; }

}  // namespace

Shape& ShapeReader::child(std::unique_ptr<Shape>& shape) {
  if (shape) return *shape;
  if (++shapes_ > kMaxColumnFields) {
    throw Error(ErrorCode::limit, "the columns of this answer have more than " + std::to_string(kMaxColumnFields) +
                                      " fields in all; return the keys and properties you want by name");
  }
  shape = std::make_unique<Shape>();
  return *shape;
}

Shape& ShapeReader::field(Shape& shape, std::string_view name) {
  const auto found = shape.fields.find(name);
  if (found != shape.fields.end()) return *found->second;
  std::unique_ptr<Shape> made;
  child(made);
  return *shape.fields.emplace(std::string(name), std::move(made)).first->second;
}

void ShapeReader::see_number(Shape& shape, const Value& value) const {
  if (value.kind() == ValueKind::integer) {
    const auto number = value.as_integer();
    if (number > kExactInteger || number < -kExactInteger) shape.has_wide_integer = true;
    const auto size = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    shape.whole_digits = std::max(shape.whole_digits, static_cast<std::uint8_t>(digits_of(size)));
  } else if (value.kind() == ValueKind::decimal) {
    const auto& number = value.as_decimal();
    shape.scale = std::max(shape.scale, number.scale());
    shape.whole_digits = std::max(shape.whole_digits, static_cast<std::uint8_t>(whole_digits(number)));
  }
}

void ShapeReader::see_moment(Shape& shape, const Value& value) const {
  shape.text_bytes += kShortText;
  switch (value.kind()) {
    case ValueKind::date: return see_days(shape, value.as_date());
    case ValueKind::partial_date:
      if (!is_plain_day(value.as_partial_date())) shape.has_coarse_date = true;
      return;
    case ValueKind::local_time:
      if (value.as_local_time().nanoseconds % 1000 != 0) shape.has_nano = true;
      return;
    case ValueKind::local_date_time: return see_local(shape, value.as_local_date_time());
    case ValueKind::date_time:
      see_zone(shape, value.as_date_time().zone);
      return see_local(shape, value.as_date_time().local);
    case ValueKind::duration: return see_duration(shape, value.as_duration());
    default: return;
  }
}

template <class Row>
void ShapeReader::see_properties(Shape& shape, Row graph_row, std::size_t row, int depth) {
  for (const auto property : snapshot_->properties(graph_row))
    see(field(shape, snapshot_->name(property)), snapshot_->value(graph_row, property), row, depth);
}

void ShapeReader::see_path(Shape& shape, const Path& path, std::size_t row, int depth) {
  auto& nodes = field(shape, "nodes");
  auto& edges = field(shape, "edges");
  nodes.items += path.nodes.size();
  edges.items += path.edges.size();
  for (const auto key : path.nodes) see(child(nodes.item), key, row, depth);
  for (const auto key : path.edges) see(child(edges.item), key, row, depth);
}

void ShapeReader::see_nested(Shape& shape, const Value& value, std::size_t row, int depth) {
  switch (value.kind()) {
    case ValueKind::list:
      shape.items += value.as_list().size();
      for (const auto& item : value.as_list()) see(child(shape.item), item, row, depth);
      return;
    case ValueKind::map:
      for (const auto& [key, item] : value.as_map()) see(field(shape, key), item, row, depth);
      return;
    case ValueKind::node:
      if (const auto found = snapshot_->find(value.as_node())) see_properties(shape, *found, row, depth);
      return;
    case ValueKind::edge:
      if (const auto found = snapshot_->find(value.as_edge())) see_properties(shape, *found, row, depth);
      return;
    default: return see_path(shape, value.as_path(), row, depth);
  }
}

void ShapeReader::see(Shape& shape, const Value& value, std::size_t row, int depth) {
  const auto kind = value.kind();
  if (kind == ValueKind::null) return;
  const auto bit = std::uint32_t{1} << static_cast<unsigned>(kind);
  if ((shape.kinds & bit) == 0) {
    shape.kinds |= bit;
    shape.first_row[static_cast<std::size_t>(kind)] = static_cast<std::uint32_t>(std::min<std::size_t>(row, ~std::uint32_t{0}));
  }
  switch (kind) {
    case ValueKind::boolean:
    case ValueKind::floating: return;
    case ValueKind::integer:
    case ValueKind::decimal: return see_number(shape, value);
    case ValueKind::string: shape.text_bytes += value.as_string().size(); return;
    case ValueKind::list:
    case ValueKind::map:
    case ValueKind::node:
    case ValueKind::edge:
    case ValueKind::path: break;
    default: return see_moment(shape, value);
  }
  if (depth == kMaxColumnDepth) {
    throw Error(ErrorCode::limit, "lists and maps nested deeper than " + std::to_string(kMaxColumnDepth) + " are no columns; return their parts");
  }
  see_nested(shape, value, row, depth + 1);
}

}  // namespace policygraph::inline v0::detail::query
