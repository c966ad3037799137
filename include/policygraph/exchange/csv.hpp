#pragma once

#include <iosfwd>
#include <string>

#include "policygraph/export.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::inline v0 {

struct WriteCsvOptions {
  bool evidence = false;        ///< a last column `evidence`: "document:start-end quote" joined by " | "
  bool escape_formulas = true;  ///< a leading = + - @ in text gets a ' in front (spreadsheets run it otherwise); numbers are untouched
};
/// The rows of an answer as CSV after RFC 4180 (CRLF, quoted where needed, UTF-8); null is empty. Nodes and edges as their captions.
POLICYGRAPH_EXPORT void write_csv(const Rows& rows, std::ostream& out, const WriteCsvOptions& options = {});
POLICYGRAPH_EXPORT std::string to_csv(const Rows& rows, const WriteCsvOptions& options = {});

/// The rows as a JSON array of objects, columns in order. A node or an edge, in a list too, is an object with its "id", "caption" and
/// "properties", a path one with its "caption", "nodes" and "edges". With `evidence` each has "_evidence": a list of citations.
POLICYGRAPH_EXPORT void write_rows_json(const Rows& rows, std::ostream& out, bool evidence = false);
POLICYGRAPH_EXPORT std::string to_rows_json(const Rows& rows, bool evidence = false);

/// The rows as a text table with box lines for a terminal; `width` 0: as wide as needed. With `cite`, numbered notes below: quote, document, place.
POLICYGRAPH_EXPORT std::string to_table(const Rows& rows, std::size_t width = 0, bool cite = false);

}  // namespace policygraph::inline v0
