#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policygraph/base/error.hpp"
#include "policygraph/base/span.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

enum class Severity : std::uint8_t { note, warning, error };

/// "note", "warning", "error".
POLICYGRAPH_EXPORT std::string_view severity_name(Severity severity) noexcept;

/// Trouble in the content of one document, or a choice the reader should know of (a guessed encoding). It travels in
/// the result; the other documents go on. `code` says what kind of trouble; `error` severity means that the document,
/// or the part named, was not read.
struct Diagnostic {
  Severity severity = Severity::warning;
  ErrorCode code = ErrorCode::format;
  std::string text;          ///< a lower-case fragment, as in Error
  std::string document;      ///< path or uri
  std::optional<Span> span;  ///< bytes of the source file, where known

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

}  // namespace policygraph::inline v0
