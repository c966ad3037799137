#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/json_tables.hpp"

namespace policygraph::inline v0::detail::exchange {

/// Reads the fields of one record by name and type; every fault names pointer and place. What was never asked for is unknown.
class Fields {
 public:
  explicit Fields(const JsonRecord& record) : record_(record), pointer_("/" + record.section + "/" + std::to_string(record.index)) {}

  std::string text(std::string_view name, std::string_view otherwise = {});
  std::string required_text(std::string_view name);
  /// "n17" with that letter; 0 where it is absent or null.
  std::uint64_t id(std::string_view name, char letter);
  std::uint64_t required_id(std::string_view name, char letter);
  /// "m17" or "n17": which letter is told.
  std::uint64_t id_of_either(std::string_view name, char first, char second, bool& is_second);
  std::vector<std::uint64_t> ids(std::string_view name, char letter);
  std::optional<std::uint64_t> index(std::string_view name);
  std::uint64_t required_index(std::string_view name);
  std::vector<std::uint64_t> indexes(std::string_view name);
  std::vector<std::string> texts(std::string_view name);
  double real(std::string_view name, double otherwise);
  bool boolean(std::string_view name);
  PartialDate date(std::string_view name);
  ValueMap map(std::string_view name);
  const Value* find(std::string_view name);
  RecordPlace place() const { return {pointer_, record_.offset}; }

  /// Fields nobody asked for, into `unknown` under their pointers.
  void keep_unknown(ValueMap& unknown) const;
  [[noreturn]] void fail(std::string_view name, std::string text) const;

 private:
  std::uint64_t number_after(std::string_view name, std::string_view text, char letter) const;

  const JsonRecord& record_;
  std::string pointer_;
  std::vector<std::string> asked_;
};

}  // namespace policygraph::inline v0::detail::exchange
