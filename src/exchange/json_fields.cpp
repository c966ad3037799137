#include "exchange/json_fields.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace policygraph::inline v0::detail::exchange {

void Fields::fail(std::string_view name, std::string text) const {
  const auto at = record_.field_offsets.find(name);
  throw JsonFault{std::move(text), pointer_ + "/" + std::string(name), at == record_.field_offsets.end() ? record_.offset : at->second};
}

const Value* Fields::find(std::string_view name) {
  asked_.emplace_back(name);
  const auto at = record_.fields.find(name);
  return at == record_.fields.end() || at->second.is_null() ? nullptr : &at->second;
}

std::string Fields::text(std::string_view name, std::string_view otherwise) {
  const auto* value = find(name);
  if (value == nullptr) return std::string(otherwise);
  if (value->kind() != ValueKind::string) fail(name, "expected a string, found " + std::string(kind_name(value->kind())));
  return value->as_string();
}

std::string Fields::required_text(std::string_view name) {
  auto value = text(name);
  if (value.empty()) fail(name, "'" + std::string(name) + "' is missing");
  return value;
}

std::uint64_t Fields::number_after(std::string_view name, std::string_view text, char letter) const {
  std::uint64_t number = 0;
  const auto digits = text.substr(std::min<std::size_t>(1, text.size()));
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (text.empty() || text.front() != letter || error != std::errc() || end != digits.data() + digits.size() || number == 0)
    fail(name, "expected an id such as \"" + std::string(1, letter) + "17\", found \"" + std::string(text.substr(0, 40)) + "\"");
  return number;
}

std::uint64_t Fields::id(std::string_view name, char letter) {
  const auto value = text(name);
  return value.empty() ? 0 : number_after(name, value, letter);
}

std::uint64_t Fields::required_id(std::string_view name, char letter) { return number_after(name, required_text(name), letter); }

std::uint64_t Fields::id_of_either(std::string_view name, char first, char second, bool& is_second) {
  const auto value = required_text(name);
  is_second = value.front() == second;
  return number_after(name, value, is_second ? second : first);
}

std::vector<std::uint64_t> Fields::ids(std::string_view name, char letter) {
  std::vector<std::uint64_t> ids;
  for (const auto& item : texts(name)) ids.push_back(number_after(name, item, letter));
  return ids;
}

std::optional<std::uint64_t> Fields::index(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->kind() != ValueKind::integer || value->as_integer() < 0) fail(name, "expected a number from 0, found " + value->to_string().substr(0, 40));
  return static_cast<std::uint64_t>(value->as_integer());
}

std::uint64_t Fields::required_index(std::string_view name) {
  const auto value = index(name);
  if (!value) fail(name, "'" + std::string(name) + "' is missing");
  return *value;
}

std::vector<std::uint64_t> Fields::indexes(std::string_view name) {
  std::vector<std::uint64_t> out;
  const auto* value = find(name);
  if (value == nullptr) return out;
  if (value->kind() != ValueKind::list) fail(name, "expected a list, found " + std::string(kind_name(value->kind())));
  for (const auto& item : value->as_list()) {
    if (item.kind() != ValueKind::integer || item.as_integer() < 0) fail(name, "expected numbers from 0, found " + item.to_string().substr(0, 40));
    out.push_back(static_cast<std::uint64_t>(item.as_integer()));
  }
  return out;
}

std::vector<std::string> Fields::texts(std::string_view name) {
  std::vector<std::string> out;
  const auto* value = find(name);
  if (value == nullptr) return out;
  if (value->kind() != ValueKind::list) fail(name, "expected a list, found " + std::string(kind_name(value->kind())));
  for (const auto& item : value->as_list()) {
    if (item.kind() != ValueKind::string) fail(name, "expected strings, found " + item.to_string().substr(0, 40));
    out.push_back(item.as_string());
  }
  return out;
}

double Fields::real(std::string_view name, double otherwise) {
  const auto* value = find(name);
  if (value == nullptr) return otherwise;
  if (value->kind() == ValueKind::integer) return static_cast<double>(value->as_integer());
  if (value->kind() != ValueKind::floating) fail(name, "expected a number, found " + std::string(kind_name(value->kind())));
  return value->as_double();
}

bool Fields::boolean(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return false;
  if (value->kind() != ValueKind::boolean) fail(name, "expected true or false, found " + value->to_string().substr(0, 40));
  return value->as_bool();
}

PartialDate Fields::date(std::string_view name) {
  const auto value = text(name);
  if (value.empty()) return {};
  const auto date = PartialDate::try_parse(value);
  if (!date) fail(name, "expected a date such as \"2024\" or \"2024-10/..\", found \"" + value.substr(0, 40) + "\"");
  return *date;
}

ValueMap Fields::map(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  if (value->kind() != ValueKind::map) fail(name, "expected an object, found " + std::string(kind_name(value->kind())));
  return value->as_map();
}

void Fields::keep_unknown(ValueMap& unknown) const {
  for (const auto& [name, value] : record_.fields)
    if (std::ranges::find(asked_, name) == asked_.end()) unknown.emplace(pointer_ + "/" + name, value);
}

}  // namespace policygraph::inline v0::detail::exchange
