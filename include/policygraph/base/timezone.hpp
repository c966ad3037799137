#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "policygraph/base/temporal.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// A named time zone, read from the system's TZif files (RFC 8536, versions 1 to 4, with the POSIX rule of the footer).
/// Immutable; copies share. Loading reads three small files; look it up once and keep it. Times before the first change
/// have the zone's first offset, usually local mean time. Zones that agree since 1970 share one history before it, that
/// of their row in zone1970.tab, as the tz project's own build has it: Stockholm's is Berlin's, whatever else the
/// system's tzdata says (docs/decisions/0006-one-history-of-a-zone.md).
///
///     const auto zone = TimeZone::load("Asia/Tashkent");
///     to_string(in_zone(parse_local_date_time("2024-10-05T10:00"), zone));   //
///     "2024-10-05T10:00+05:00[Asia/Tashkent]"
class POLICYGRAPH_EXPORT TimeZone {
 public:
  /// Looks in $TZDIR, then the usual folders. Throws Error(not_found) for a name that is not there (names with "..", or
  /// absolute ones, are never opened) and Error(format) for a damaged file.
  static TimeZone load(std::string_view name);
  /// From bytes, for tests and for programs that ship their own data.
  static TimeZone from_tzif(std::string name, std::string_view bytes);

  const std::string& name() const noexcept;
  /// Seconds east of UTC at an instant given in seconds since 1970-01-01T00:00Z.
  std::int32_t offset_at(std::int64_t unix_seconds) const noexcept;
  /// Of a local time: in a gap the offset before it, in an overlap the earlier one.
  std::int32_t offset_of_local(const LocalDateTime& local) const noexcept;

 private:
  struct Data;
  static TimeZone load_merged(const std::string& folder, TimeZone zone);
  TimeZone() = default;
  std::shared_ptr<const Data> data_;
};

/// Zones by name, each loaded once: for who reads or moves many values. For one thread at a time.
class POLICYGRAPH_EXPORT TimeZones {
 public:
  /// As TimeZone::load; the zone stays as long as this does.
  const TimeZone& find(std::string_view name);

 private:
  std::map<std::string, TimeZone, std::less<>> zones_;
};

/// A local time in a zone; one that falls into a gap moves on by the gap's length.
POLICYGRAPH_EXPORT ZonedDateTime in_zone(const LocalDateTime& local, const TimeZone& zone);
/// An instant as a zone's clocks show it.
POLICYGRAPH_EXPORT ZonedDateTime at_instant(std::int64_t unix_seconds, std::int32_t nanoseconds, const TimeZone& zone);

/// As those of temporal.hpp, with zones already loaded.
POLICYGRAPH_EXPORT ZonedDateTime parse_zoned_date_time(std::string_view text, TimeZones& zones);
POLICYGRAPH_EXPORT ZonedDateTime add(const ZonedDateTime& value, const Duration& duration, TimeZones& zones);
/// Whole months and whole days along the calendar of `from`'s zone, then time along the instants.
POLICYGRAPH_EXPORT Duration between(const ZonedDateTime& from, const ZonedDateTime& to, TimeZones& zones);

}  // namespace policygraph::inline v0
