#pragma once

#include <optional>
#include <string_view>

#include "policygraph/base/partial_date.hpp"
#include "policygraph/base/span.hpp"

namespace policygraph::inline v0::detail::document {

struct FoundDate {
  PartialDate date;
  Span span;  // within the text given
};

// The first date written out in a short text: 12.05.2024, 02.03.26, 2024-05-12, 12 May 2024, May 12, 2024, 12 мая 2024,
// 2024-yil 12-may; months of every built-in language. Day first where slashes leave it open.
std::optional<FoundDate> find_date(std::string_view text);

// The value of a meta element or a datetime attribute; also a year or a month alone.
std::optional<PartialDate> date_of_attribute(std::string_view value);

}  // namespace policygraph::inline v0::detail::document
