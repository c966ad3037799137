#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::extract {

struct JsonMember;

// JSON with the place of each value, so that a fault in a pack is reported with file, line and column.
struct JsonNode {
  enum class Kind : std::uint8_t { string, number, boolean, null, array, object };
  Kind kind = Kind::null;
  std::size_t offset = 0;
  std::string text;                                        // of a string or number; "true" or "false"
  std::vector<JsonMember> children;  // of an array the names are empty

  const JsonNode* find(std::string_view name) const noexcept;
};

struct JsonMember {
  std::string name;
  JsonNode value;
};

// Throws Error(format) with file, line and column. Nesting is at most 16 deep.
JsonNode parse_json(std::string_view text, std::string_view file);
// Throws that error for `node`.
[[noreturn]] void refuse(std::string_view fault, const JsonNode& node, std::string_view text, std::string_view file);

}  // namespace policygraph::inline v0::detail::extract
