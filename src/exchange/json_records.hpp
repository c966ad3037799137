#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <map>
#include <string>
#include <string_view>

#include "policygraph/base/error.hpp"
#include "policygraph/model/value.hpp"

namespace policygraph::inline v0::detail::exchange {

/// One object of a list of the file (or of a line), with where its parts stand.
struct JsonRecord {
  std::string section;  ///< "nodes"; in JSON Lines what the line says it is
  std::size_t index = 0;
  ValueMap fields;
  std::size_t offset = 0;  ///< bytes from the start of the file
  std::map<std::string, std::size_t, std::less<>> field_offsets;
};

/// What a file holds, one at a time, in the order of the file. Throwing stops the reading.
struct JsonVisitor {
  std::function<void(const JsonRecord&)> record;
  /// A member of the outermost object that is not a list of objects: "format", "version", unknown ones.
  std::function<void(std::string_view name, Value value, std::size_t offset)> member;
};

/// A fault with its place in the file, by byte; the caller turns it into line and column.
struct JsonFault {
  std::string text;
  std::string pointer;
  std::size_t offset = 0;
  ErrorCode code = ErrorCode::format;
};

/// Bounds on what one record may hold.
inline constexpr std::size_t kMaxDepth = 64;

/// Reads either form (a document a graph, or JSON Lines), one record in memory at a time. Throws JsonFault for bytes that are
/// not JSON, nesting past kMaxDepth, keys that come twice, integers past 64 bits, numbers past a double.
void read_records(std::istream& in, const JsonVisitor& visitor);

}  // namespace policygraph::inline v0::detail::exchange
