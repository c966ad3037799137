#include "cli/parameters.hpp"

#include <charconv>
#include <optional>

#include "policygraph/base/error.hpp"

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

Value value_of(std::string_view text) {
  if (text == "null") return {};
  if (text == "true") return true;
  if (text == "false") return false;
  if (is_quoted(text)) return text.substr(1, text.size() - 2);
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

}  // namespace policygraph::cli
