#include "cli/parameters.hpp"

#include <charconv>
#include <optional>

#include "policygraph/base/error.hpp"
#include "policygraph/base/temporal.hpp"

namespace policygraph::cli {
namespace {

std::optional<std::int64_t> integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_quoted(std::string_view text) {
  return text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front();
}

// "007" names something; it counts nothing.
bool is_padded(std::string_view text) { return text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9'; }

Value value_of(std::string_view text) {
  if (text == "null") return {};
  if (text == "true") return true;
  if (text == "false") return false;
  if (is_quoted(text)) return text.substr(1, text.size() - 2);
  if (is_padded(text)) return text;
  if (const auto whole = integer(text)) return *whole;
  if (const auto decimal = Decimal::try_parse(text)) return *decimal;
  return text;
}

template <class Read>
Parameters parse(const std::vector<std::string>& arguments, Read read) {
  Parameters parameters;
  for (const auto& argument : arguments) {
    const auto equals = argument.find('=');
    if (equals == std::string::npos || equals == 0)
      throw Error(ErrorCode::invalid_argument, "'" + argument + "' is no parameter; write NAME=VALUE");
    const auto name = argument.substr(0, equals);
    if (!parameters.emplace(name, read(std::string_view(argument).substr(equals + 1))).second)
      throw Error(ErrorCode::invalid_argument, "parameter '" + name + "' is given twice");
  }
  return parameters;
}

}  // namespace

Parameters parse_parameters(const std::vector<std::string>& arguments) { return parse(arguments, value_of); }

Parameters parse_text_parameters(const std::vector<std::string>& arguments) {
  return parse(arguments, [](std::string_view text) { return Value(is_quoted(text) ? text.substr(1, text.size() - 2) : text); });
}

PartialDate parse_date(const std::string& text) try {
  return PartialDate::parse(text);
} catch (const Error& error) {
  throw Error(ErrorCode::invalid_argument, "'" + text + "' is no date: " + error.text());
}

std::optional<std::chrono::sys_time<std::chrono::nanoseconds>> parse_now(const std::string& text) try {
  if (text.empty()) return std::nullopt;
  // A day alone, a time without an offset, one with it: the first that fits.
  const auto has_time = text.find('T') != std::string::npos;
  const auto has_offset = has_time && text.find_first_of("Z+-", text.find('T')) != std::string::npos;
  const auto zoned = has_offset ? parse_zoned_date_time(text) : ZonedDateTime{};
  const auto local = has_offset ? zoned.local : has_time ? parse_local_date_time(text) : LocalDateTime{parse_day(text), {}};
  const auto seconds = has_offset ? unix_seconds(zoned) : unix_seconds(local);
  return std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::seconds(seconds) + std::chrono::nanoseconds(local.time.nanoseconds % 1'000'000'000));
} catch (const Error& error) {
  throw Error(ErrorCode::invalid_argument, "'" + text + "' is no time: " + error.text() + "; write 2024-05-06 or 2024-05-06T12:30+05:00");
}

}  // namespace policygraph::cli
