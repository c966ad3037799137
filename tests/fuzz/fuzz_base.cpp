// The readers of base: whatever the bytes, they give a value that writes back to itself, or an Error with a column.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "policygraph/base/decimal.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/base/partial_date.hpp"
#include "policygraph/base/temporal.hpp"
#include "policygraph/base/timezone.hpp"

namespace {

using namespace policygraph;

void require(bool holds) {
  if (!holds) std::abort();
}

template <class Parse>
void read(std::string_view text, Parse parse) {
  try {
    const auto value = parse(text);
    require(parse(to_string(value)) == value);
  } catch (const Error& error) {
    require(!error.text().empty() && error.report().size() < 4096);
  }
}

// Arithmetic on what was read: a value, or an Error that it is out of range.
template <class Work>
void work(Work what) {
  try {
    what();
  } catch (const Error& error) {
    require(error.code() == ErrorCode::run || error.code() == ErrorCode::invalid_argument);
  }
}

void read_duration(std::string_view text) {
  read(text, [](std::string_view t) { return parse_duration(t); });
  TimeZones zones;
  work([&] {
    Duration duration;
    try {
      duration = parse_duration(text);
    } catch (const Error&) {
      return;
    }
    const ZonedDateTime start{{Day{19849}, LocalTime{45'296'000'000'007}}, 3600, {}};
    work([&] { require(scale_whole(duration, 3) == duration + duration + duration); });
    work([&] { require(divide_whole(duration, 1) == duration && divide_whole(scale_whole(duration, 7), 7) == duration); });
    work([&] { require(duration - duration == Duration{}); });
    work([&] { scale(duration, -1.5), divide(duration, 1e-3); });
    work([&] { require(seconds_between(start, add(start, {0, 0, duration.seconds, duration.nanoseconds})) == Duration{0, 0, duration.seconds, duration.nanoseconds}); });
    work([&] { const auto end = add(start, duration); require(add(start.local, between(start.local, end.local)) == end.local); });
    work([&] { between(start, add(start, duration), zones); });
  });
}

void read_partial_date(std::string_view text) {
  const auto date = PartialDate::try_parse(text);
  if (!date) return;
  require(PartialDate::parse(date->to_string()) == *date);
  require(date->earliest() <= date->latest() && may_overlap(*date, *date) && within(*date, *date));
}

void read_decimal(std::string_view text) {
  const auto number = Decimal::try_parse(text);
  if (!number) return;
  require(Decimal::parse(number->to_string()) == *number);
  require((*number - *number).is_zero() && number->normalised().hash() == number->hash());
}

void read_tzif(std::string_view bytes) {
  try {
    const TimeZone zone = TimeZone::from_tzif("Fuzz/Zone", bytes);
    for (const std::int64_t at :
         {INT64_MIN, std::int64_t{-1}, std::int64_t{1'700'000'000}, std::int64_t{1} << 40, INT64_MAX}) {
      require(std::abs(zone.offset_at(at)) <= 26 * 3600);
      require(std::abs(zone.offset_of_local({Day{at / 86400}, {}})) <= 26 * 3600);
    }
  } catch (const Error& error) {
    require(error.code() == ErrorCode::format);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 9) {
    case 0:
      read_partial_date(text);
      break;
    case 1:
      read_decimal(text);
      break;
    case 2:
      read(text, parse_day);
      break;
    case 3:
      read(text, parse_local_time);
      break;
    case 4:
      read(text, parse_zoned_time);
      break;
    case 5:
      read(text, parse_local_date_time);
      break;
    case 6:
      read(text, [](std::string_view t) { return parse_zoned_date_time(t); });
      break;
    case 7:
      read_duration(text);
      break;
    default:
      read_tzif(text);
      break;
  }
  return 0;
}
