#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::model {

struct JsonMember;

// A JSON text as a tree whose every value knows where it stands, for errors with line and column.
struct JsonNode {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  bool flag = false;       // of a boolean
  std::size_t offset = 0;  // byte of the text where the value starts
  std::string text;        // of a string, unescaped; of a number, as written
  std::vector<JsonNode> items;
  std::vector<JsonMember> members;  // names are distinct

  const JsonNode* find(std::string_view name) const noexcept;
};

struct JsonMember {
  std::string name;
  JsonNode value;
};

// The file that errors name.
struct JsonFile {
  std::string_view name_view;
  std::string_view text_view;

  Place place(std::size_t offset) const;
  [[noreturn]] void refuse(ErrorCode code, std::string text, std::size_t offset) const;
};

// Throws Error(format) with line and column: not JSON, not UTF-8, a name twice in one object; Error(limit) when it
// nests deeper than 32. Linear; no recursion.
JsonNode parse_json(const JsonFile& file);

}  // namespace policygraph::inline v0::detail::model
