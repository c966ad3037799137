#include "exchange/arrow_type.hpp"

#include <charconv>
#include <cstring>
#include <limits>
#include <tuple>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;

ArrowType fixed(ArrowKind kind, std::uint8_t width) {
  ArrowType type;
  type.kind = kind;
  type.width = width;
  type.buffers = 2;
  return type;
}

ArrowType integer(std::uint8_t width, bool is_signed) {
  auto type = fixed(ArrowKind::integer, width);
  type.is_signed = is_signed;
  return type;
}

ArrowType text(std::uint8_t width, bool is_view) {
  auto type = fixed(ArrowKind::text, width);
  type.buffers = is_view ? 2 : 3;
  type.is_view = is_view;
  return type;
}

ArrowType list(std::uint8_t width, bool is_view, bool is_map = false) {
  auto type = fixed(ArrowKind::list, width);
  type.buffers = is_view ? 3 : 2;
  type.is_view = is_view;
  type.is_map = is_map;
  return type;
}

std::optional<ArrowType> of_one_letter(char letter) {
  switch (letter) {
    case 'n': return ArrowType{};
    case 'b': return fixed(ArrowKind::boolean, 0);
    case 'c': return integer(1, true);
    case 'C': return integer(1, false);
    case 's': return integer(2, true);
    case 'S': return integer(2, false);
    case 'i': return integer(4, true);
    case 'I': return integer(4, false);
    case 'l': return integer(8, true);
    case 'L': return integer(8, false);
    case 'f': return fixed(ArrowKind::floating, 4);
    case 'g': return fixed(ArrowKind::floating, 8);
    case 'u': return text(4, false);
    case 'U': return text(8, false);
    default: return std::nullopt;
  }
}

std::optional<std::int64_t> number(std::string_view& rest) {
  std::int64_t out = 0;
  const auto [end, trouble] = std::from_chars(rest.data(), rest.data() + rest.size(), out);
  if (trouble != std::errc()) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return out;
}

/// "d:precision,scale" and, unless they are 128, ",bits".
std::optional<ArrowType> decimal(std::string_view rest) {
  std::int64_t parts[3] = {0, 0, 128};
  for (std::size_t i = 0; i < 3 && !rest.empty(); ++i) {
    rest.remove_prefix(1);
    const auto part = number(rest);
    if (!part) return std::nullopt;
    parts[i] = *part;
  }
  const auto [digits, scale, bits] = parts;
  if (!rest.empty() || scale < 0 || scale > 38 || (bits != 32 && bits != 64 && bits != 128)) return std::nullopt;
  auto type = fixed(ArrowKind::decimal, static_cast<std::uint8_t>(bits / 8));
  type.scale = static_cast<std::uint8_t>(scale);
  return type;
}

std::optional<std::int64_t> per_second(char unit) {
  switch (unit) {
    case 's': return 1;
    case 'm': return 1'000;
    case 'u': return 1'000'000;
    case 'n': return kNanosPerSecond;
    default: return std::nullopt;
  }
}

std::optional<ArrowType> counted(ArrowKind kind, char unit, std::string_view zone = {}) {
  const auto units = per_second(unit);
  if (!units) return std::nullopt;
  auto type = fixed(kind, kind == ArrowKind::time && *units < 1'000'000 ? 4 : 8);
  type.per_second = *units;
  type.zone = std::string(zone);
  return type;
}

std::optional<ArrowType> temporal(std::string_view format) {
  if (format == "tdD") return fixed(ArrowKind::date, 4);
  if (format == "tdm") return fixed(ArrowKind::date, 8);
  if (format == "tiM") return fixed(ArrowKind::interval, 4);
  if (format == "tiD") return fixed(ArrowKind::interval, 8);
  if (format == "tin") return fixed(ArrowKind::interval, 16);
  if (format.size() < 3) return std::nullopt;
  if (format[1] == 't' && format.size() == 3) return counted(ArrowKind::time, format[2]);
  if (format[1] == 'D' && format.size() == 3) return counted(ArrowKind::duration, format[2]);
  if (format[1] == 's' && format.size() > 3 && format[3] == ':') return counted(ArrowKind::timestamp, format[2], format.substr(4));
  return std::nullopt;
}

std::optional<ArrowType> nested(std::string_view format) {
  if (format == "+l") return list(4, false);
  if (format == "+L") return list(8, false);
  if (format == "+vl") return list(4, true);
  if (format == "+vL") return list(8, true);
  if (format == "+m") return list(4, false, true);
  if (format == "+s") {
    auto type = fixed(ArrowKind::record, 0);
    type.buffers = 1;
    return type;
  }
  if (!format.starts_with("+w:")) return std::nullopt;
  auto rest = format.substr(3);
  const auto size = number(rest);
  if (!size || *size < 0 || !rest.empty()) return std::nullopt;
  auto type = list(0, false);
  type.buffers = 1;
  type.fixed = *size;
  return type;
}

template <class T>
T at(const std::uint8_t* values, std::int64_t index) {
  T out{};
  std::memcpy(&out, values + index * static_cast<std::int64_t>(sizeof out), sizeof out);
  return out;
}

std::int64_t signed_at(std::uint8_t width, const std::uint8_t* values, std::int64_t index) {
  switch (width) {
    case 1: return at<std::int8_t>(values, index);
    case 2: return at<std::int16_t>(values, index);
    case 4: return at<std::int32_t>(values, index);
    default: return at<std::int64_t>(values, index);
  }
}

std::int64_t unsigned_at(std::uint8_t width, const std::uint8_t* values, std::int64_t index) {
  switch (width) {
    case 1: return at<std::uint8_t>(values, index);
    case 2: return at<std::uint16_t>(values, index);
    case 4: return at<std::uint32_t>(values, index);
    default: break;
  }
  const auto value = at<std::uint64_t>(values, index);
  if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    throw Error(ErrorCode::invalid_argument, "an integer past 63 bits; make it a decimal");
  return static_cast<std::int64_t>(value);
}

Value decimal_at(const ArrowType& type, const std::uint8_t* values, std::int64_t index) {
  if (type.width == 16) return Decimal(at<std::int64_t>(values, 2 * index + 1), at<std::uint64_t>(values, 2 * index), type.scale);
  const auto small = signed_at(type.width, values, index);
  return Decimal(small < 0 ? -1 : 0, static_cast<std::uint64_t>(small), type.scale);
}

/// Whole seconds and the nanoseconds past them.
std::pair<std::int64_t, std::int32_t> split(std::int64_t count, std::int64_t per_second) {
  auto seconds = count / per_second, rest = count % per_second;
  if (rest < 0) {
    --seconds;
    rest += per_second;
  }
  return {seconds, static_cast<std::int32_t>(rest * (kNanosPerSecond / per_second))};
}

Value timestamp_at(const ArrowType& type, std::int64_t count, TimeZones& zones) {
  const auto [seconds, nanoseconds] = split(count, type.per_second);
  if (type.zone.empty()) return local_from_seconds(seconds, nanoseconds);
  if (type.zone == "UTC" || type.zone == "Z") return ZonedDateTime{local_from_seconds(seconds, nanoseconds), 0, {}};
  if (type.zone.front() != '+' && type.zone.front() != '-') return at_instant(seconds, nanoseconds, zones.find(type.zone));
  const auto offset = parse_utc_offset(type.zone);
  return ZonedDateTime{local_from_seconds(seconds + offset, nanoseconds), offset, {}};
}

Value interval_at(const ArrowType& type, const std::uint8_t* values, std::int64_t index) {
  Duration out;
  if (type.width == 4) {
    out.months = at<std::int32_t>(values, index);
    return out;
  }
  const auto first = index * (type.width / 4);
  if (type.width == 8) {
    out.days = at<std::int32_t>(values, first);
    std::tie(out.seconds, out.nanoseconds) = split(at<std::int32_t>(values, first + 1), 1'000);
    return out;
  }
  out.months = at<std::int32_t>(values, first);
  out.days = at<std::int32_t>(values, first + 1);
  std::tie(out.seconds, out.nanoseconds) = split(at<std::int64_t>(values, 2 * index + 1), kNanosPerSecond);
  return out;
}

Value date_at(const ArrowType& type, const std::uint8_t* values, std::int64_t index) {
  if (type.width == 4) return Day{at<std::int32_t>(values, index)};
  return Day{split(at<std::int64_t>(values, index), 1'000 * kSecondsPerDay).first};
}

Value duration_of(const ArrowType& type, std::int64_t count) {
  Duration out;
  std::tie(out.seconds, out.nanoseconds) = split(count, type.per_second);
  return out;
}

}  // namespace

std::optional<ArrowType> type_of(std::string_view format) {
  if (format.size() == 1) return of_one_letter(format.front());
  if (format == "vu") return text(16, true);
  if (format.starts_with("d:")) return decimal(format.substr(1));
  if (format.starts_with("t")) return temporal(format);
  if (format.starts_with("+")) return nested(format);
  return std::nullopt;
}

Value plain_value(const ArrowType& type, const std::uint8_t* values, std::int64_t index, TimeZones& zones) {
  switch (type.kind) {
    case ArrowKind::boolean: return ((values[index / 8] >> (index % 8)) & 1) != 0;
    case ArrowKind::integer: return type.is_signed ? signed_at(type.width, values, index) : unsigned_at(type.width, values, index);
    case ArrowKind::floating: return type.width == 4 ? static_cast<double>(at<float>(values, index)) : at<double>(values, index);
    case ArrowKind::decimal: return decimal_at(type, values, index);
    case ArrowKind::date: return date_at(type, values, index);
    case ArrowKind::time: return LocalTime{signed_at(type.width, values, index) * (kNanosPerSecond / type.per_second)};
    case ArrowKind::timestamp: return timestamp_at(type, at<std::int64_t>(values, index), zones);
    case ArrowKind::duration: return duration_of(type, at<std::int64_t>(values, index));
    case ArrowKind::interval: return interval_at(type, values, index);
    default: return {};
  }
}

// A view has its length, and the text itself where 12 bytes hold it; else four bytes of it, the number of a buffer and a place in that.
std::string_view text_at(const ArrowType& type, const ArrowArray& array, std::int64_t index) {
  const auto* buffer = static_cast<const std::uint8_t*>(array.buffers[1]);
  if (type.is_view) {
    const auto* view = buffer + index * 16;
    const auto size = at<std::int32_t>(view, 0);
    if (size <= 12) return {reinterpret_cast<const char*>(view) + 4, static_cast<std::size_t>(size)};
    const auto* data = static_cast<const char*>(array.buffers[2 + at<std::int32_t>(view, 2)]);
    return {data + at<std::int32_t>(view, 3), static_cast<std::size_t>(size)};
  }
  const auto start = signed_at(type.width, buffer, index), end = signed_at(type.width, buffer, index + 1);
  if (start == end) return {};
  return {static_cast<const char*>(array.buffers[2]) + start, static_cast<std::size_t>(end - start)};
}

std::pair<std::int64_t, std::int64_t> items_at(const ArrowType& type, const ArrowArray& array, std::int64_t index) {
  if (type.fixed >= 0) return {index * type.fixed, type.fixed};
  const auto* offsets = static_cast<const std::uint8_t*>(array.buffers[1]);
  const auto start = signed_at(type.width, offsets, index);
  if (type.is_view) return {start, signed_at(type.width, static_cast<const std::uint8_t*>(array.buffers[2]), index)};
  return {start, signed_at(type.width, offsets, index + 1) - start};
}

}  // namespace policygraph::inline v0::detail::exchange
