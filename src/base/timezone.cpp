// Reads TZif (RFC 8536): a header and 32-bit data; from version 2 on a second header, 64-bit data, and a footer with a
// rule.
#include "policygraph/base/timezone.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include "base/posix_rule.hpp"
#include "base/zone_tables.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {

struct TimeZone::Data {
  std::string name;
  std::vector<std::int64_t> changes;            // instants, rising
  std::vector<std::int32_t> offsets;            // offsets[i]: from changes[i] on
  std::int32_t first_offset = 0;                // before changes[0]
  std::optional<detail::base::PosixRule> rule;  // from the last change on

  // Offsets since 1970, each with the instant it came in.
  std::vector<std::pair<std::int64_t, std::int32_t>> since_1970() const {
    std::vector<std::pair<std::int64_t, std::int32_t>> out = {{0, first_offset}};
    for (std::size_t i = 0; i < changes.size(); ++i) {
      if (changes[i] <= 0) {
        out.back().second = offsets[i];
      } else if (offsets[i] != out.back().second) {
        out.emplace_back(changes[i], offsets[i]);
      }
    }
    return out;
  }
};

namespace {

using detail::base::PosixRule;

constexpr std::size_t kHeaderSize = 44;
constexpr std::size_t kMostBytes = std::size_t{1} << 20U;  // the largest real file has some 4 KiB
constexpr std::int32_t kMostOffset = 26 * 3600;

[[noreturn]] void damaged(std::string_view name, const char* why) {
  throw Error(ErrorCode::format, "time zone file '" + std::string(name) + "' is damaged: " + why);
}

std::uint64_t read_big_endian(std::string_view bytes, std::size_t at, std::size_t count) noexcept {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

std::int32_t read_offset(std::string_view bytes, std::size_t at) noexcept {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(read_big_endian(bytes, at, 4)));
}

struct Header {
  char version = 0;
  std::uint64_t ut_marks = 0, standard_marks = 0, leaps = 0, changes = 0, types = 0, letters = 0;

  // Of the data block behind it; 32-bit counts, so the sum cannot overflow.
  std::uint64_t data_size(std::size_t time_size) const noexcept {
    return changes * (time_size + 1) + types * 6 + letters + leaps * (time_size + 4) + standard_marks + ut_marks;
  }
};

Header read_header(std::string_view name, std::string_view bytes) {
  if (bytes.size() < kHeaderSize || bytes.substr(0, 4) != "TZif") damaged(name, "no TZif header");
  Header header;
  header.version = bytes[4];
  std::uint64_t* const counts[] = {&header.ut_marks, &header.standard_marks, &header.leaps,
                                   &header.changes,  &header.types,          &header.letters};
  for (std::size_t i = 0; i < 6; ++i) *counts[i] = read_big_endian(bytes, 20 + 4 * i, 4);
  return header;
}

// The counts were checked against the size of `data`.
template <class Data>
void read_data(std::string_view data, const Header& header, std::size_t time_size, Data& out) {
  if (header.types == 0 || header.types > 256) damaged(out.name, "it has no local time types");
  if (header.leaps != 0) damaged(out.name, "it counts leap seconds, which Unix time does not");
  const std::size_t types_at = header.changes * (time_size + 1);
  std::vector<std::int32_t> types;
  for (std::size_t i = 0; i < header.types; ++i) {
    types.push_back(read_offset(data, types_at + 6 * i));
    if (types.back() < -kMostOffset || types.back() > kMostOffset)
      damaged(out.name, "an offset from UTC is out of range");
  }
  out.first_offset = types[0];
  for (std::size_t i = 0; i < header.changes; ++i) {
    const std::uint64_t raw = read_big_endian(data, i * time_size, time_size);
    const std::int64_t at =
        time_size == 8 ? static_cast<std::int64_t>(raw) : static_cast<std::int32_t>(static_cast<std::uint32_t>(raw));
    const auto type = static_cast<unsigned char>(data[header.changes * time_size + i]);
    if (type >= types.size()) damaged(out.name, "a change names a type that is not there");
    if (i > 0 && at <= out.changes.back()) damaged(out.name, "its changes are not in order");
    out.changes.push_back(at);
    out.offsets.push_back(types[type]);
  }
}

std::optional<PosixRule> read_footer(std::string_view name, std::string_view footer) {
  const std::size_t end = footer.find('\n', 1);
  if (footer.empty() || footer[0] != '\n' || end == std::string_view::npos) damaged(name, "it has no footer");
  const std::string_view text = footer.substr(1, end - 1);
  if (text.empty()) return std::nullopt;
  auto rule = detail::base::parse_posix_rule(text);
  if (!rule) damaged(name, "its footer is not a time zone rule");
  return rule;
}

// Words between single slashes, each beginning with a letter: a zone has one such name, or an alias of its own file.
bool is_safe_name(std::string_view name) noexcept {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (name.empty() || name.size() > 255 || name.back() == '/') return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool is_first = i == 0 || name[i - 1] == '/';
    const bool is_inner = (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '-' || c == '+';
    if (!is_letter(c) && (is_first || !is_inner)) return false;
  }
  return true;
}

std::optional<std::string> read_zone_file(const std::string& folder, std::string_view name) {
  const std::filesystem::path path = std::filesystem::path(folder) / name;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string bytes(kMostBytes, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

}  // namespace

TimeZone TimeZone::from_tzif(std::string name, std::string_view bytes) {
  auto data = std::make_shared<Data>();
  data->name = std::move(name);
  const auto body = [&data](std::string_view rest, const Header& header, std::size_t time_size) {
    if (header.data_size(time_size) > rest.size() - kHeaderSize) damaged(data->name, "it ends early");
    return rest.substr(kHeaderSize, header.data_size(time_size));
  };
  Header header = read_header(data->name, bytes);
  std::string_view first = body(bytes, header, 4);
  if (header.version == '\0') {
    read_data(first, header, 4, *data);
  } else {
    bytes.remove_prefix(kHeaderSize + first.size());
    header = read_header(data->name, bytes);
    const std::string_view second = body(bytes, header, 8);
    read_data(second, header, 8, *data);
    data->rule = read_footer(data->name, bytes.substr(kHeaderSize + second.size()));
  }
  TimeZone zone;
  zone.data_ = std::move(data);
  return zone;
}

// The tz project promises one history to zones that agree since 1970, and by default builds them so; some distributions
// build other histories in for the years before. Theirs are set aside here: a date means the same on every machine.
TimeZone TimeZone::load_merged(const std::string& folder, TimeZone zone) {
  const auto all = read_zone_file(folder, "zone.tab");
  const auto merged = read_zone_file(folder, "zone1970.tab");
  if (!all || !merged) return zone;
  for (const std::string_view name : detail::base::merge_candidates(*all, *merged, zone.name())) {
    const auto bytes = is_safe_name(name) ? read_zone_file(folder, name) : std::nullopt;
    if (!bytes) continue;
    TimeZone other = from_tzif(zone.name(), *bytes);
    if (other.data_->rule == zone.data_->rule && other.data_->since_1970() == zone.data_->since_1970()) return other;
  }
  return zone;
}

TimeZone TimeZone::load(std::string_view name) {
  std::vector<std::string> folders = {"/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo",
                                      "/etc/zoneinfo"};
  if (const char* own = std::getenv("TZDIR"); own != nullptr && *own != '\0') folders.insert(folders.begin(), own);
  if (is_safe_name(name))
    for (const std::string& folder : folders)
      if (const auto bytes = read_zone_file(folder, name))
        return load_merged(folder, from_tzif(std::string(name), *bytes));
  throw Error(ErrorCode::not_found, "no time zone '" + std::string(name.substr(0, 64)) + "' in the system's tzdata");
}

const TimeZone& TimeZones::find(std::string_view name) {
  const auto found = zones_.find(name);
  if (found != zones_.end()) return found->second;
  return zones_.emplace(std::string(name), TimeZone::load(name)).first->second;
}

const std::string& TimeZone::name() const noexcept { return data_->name; }

std::int32_t TimeZone::offset_at(std::int64_t unix_seconds) const noexcept {
  const auto& changes = data_->changes;
  const auto next = std::upper_bound(changes.begin(), changes.end(), unix_seconds);
  if (next == changes.end() && data_->rule) return data_->rule->offset_at(unix_seconds);
  if (next == changes.begin()) return data_->first_offset;
  return data_->offsets[static_cast<std::size_t>(next - changes.begin()) - 1];
}

// An offset fits a local time when it is the one in force at the instant it gives. Of two that fit (an overlap) the
// greater gives the earlier instant; when none fits (a gap), the instant by the greatest offset near lies before the
// change.
std::int32_t TimeZone::offset_of_local(const LocalDateTime& local) const noexcept {
  const std::int64_t seconds = unix_seconds(local);
  std::optional<std::int32_t> fits;
  std::int32_t greatest = -kMostOffset;
  const auto consider = [&](std::int32_t offset) {
    greatest = std::max(greatest, offset);
    if (offset_at(seconds - offset) == offset) fits = std::max(fits.value_or(offset), offset);
  };
  consider(offset_at(seconds - kMostOffset));
  const auto& changes = data_->changes;
  const auto from = std::upper_bound(changes.begin(), changes.end(), seconds - kMostOffset);
  for (auto change = from; change != changes.end() && *change <= seconds + kMostOffset; ++change)
    consider(data_->offsets[static_cast<std::size_t>(change - changes.begin())]);
  consider(offset_at(seconds + kMostOffset));
  return fits ? *fits : offset_at(seconds - greatest);
}

ZonedDateTime in_zone(const LocalDateTime& local, const TimeZone& zone) {
  const std::int64_t seconds = unix_seconds(local) - zone.offset_of_local(local);
  return at_instant(seconds, static_cast<std::int32_t>(local.time.nanoseconds % 1'000'000'000), zone);
}

ZonedDateTime at_instant(std::int64_t unix_seconds, std::int32_t nanoseconds, const TimeZone& zone) {
  const std::int32_t offset = zone.offset_at(unix_seconds);
  constexpr std::int64_t kFar = INT64_MAX - kMostOffset;
  return {local_from_seconds(std::clamp(unix_seconds, -kFar, kFar) + offset, nanoseconds), offset, zone.name()};
}

}  // namespace policygraph::inline v0
