#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "policygraph/base/span.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// What went wrong, as a value a program can branch on. The names are stable across releases; `code_name` prints them.
enum class ErrorCode : std::uint8_t {
  invalid_argument,   ///< an argument of a call is outside what its header allows
  not_found,          ///< a file, a node key, a question, a parameter that does not exist
  io,                 ///< the operating system refused a read or a write
  encoding,           ///< bytes that are not text in the stated encoding
  format,             ///< JSON, CSV, HTML, schema or pack data that breaks its format
  limit,              ///< size, depth, rows, memory or time past the stated bound
  schema,             ///< a claim the schema does not allow (label, relation, property, value type)
  conflict,           ///< a commit that no longer fits the graph, a duplicate key
  syntax,             ///< query text that is not Cypher
  bind,               ///< query text that is Cypher but names what is not there, or mistypes it
  run,                ///< a query that failed while running (a value of the wrong type, overflow)
  interrupted,        ///< stopped by the caller's stop token
  busy,               ///< another writer holds the lock
  closed,             ///< use of a handle after it was closed
  feature_not_built,  ///< an optional library was absent when this was built
};

/// Its name as written above, for instance "not_found".
POLICYGRAPH_EXPORT std::string_view code_name(ErrorCode code) noexcept;

/// Where: a line and a column (both from 1, the column in code points) of a text the user wrote, or a span of a
/// document. `source_line` is the text of that line when there is one, for the caret.
struct Place {
  std::uint32_t line = 0;    ///< 0: no line known
  std::uint32_t column = 0;  ///< 0: no column known
  std::string source_line{};
  std::string document{};      ///< a path, a uri or a JSON pointer; empty: none
  std::optional<Span> span{};  ///< bytes of that document's text
  std::uint32_t line_cut = 0;  ///< code points of a long line left out before `source_line`

  friend bool operator==(const Place&, const Place&) = default;
};

/// The one exception type of the library: a call that could not do its work. Trouble in the content of a document is a
/// `Diagnostic` instead. Text is a lower-case fragment that names the thing, the fact and the way out, for instance
/// "unknown label 'LegalAkt'; did you mean 'LegalAct'?".
///
///     try { policygraph::query(graph, text); }
///     catch (const policygraph::Error& error) { std::cerr << error.report(); }
class POLICYGRAPH_EXPORT Error : public std::exception {
 public:
  Error(ErrorCode code, std::string text);
  Error(ErrorCode code, std::string text, Place place);

  ErrorCode code() const noexcept { return code_; }
  const std::string& text() const noexcept { return text_; }
  const std::optional<Place>& place() const noexcept { return place_; }

  /// The same error at a place; used by whoever knows the place and caught the error without one.
  Error at(Place place) const;

  /// Several lines: the text, the place, and the source line with a caret below the column. Ends without a newline.
  std::string report() const;

  /// "text" or "line:column: text"; one line.
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  ErrorCode code_;
  std::string text_;
  std::optional<Place> place_;
  std::string what_;
};

/// The place of byte `offset` in `source` (UTF-8): line, column in code points, and the text of the line (at most 200
/// code points around the column). An offset past the end is the end.
POLICYGRAPH_EXPORT Place place_in(std::string_view source, std::size_t offset);

}  // namespace policygraph::inline v0
