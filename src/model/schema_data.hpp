#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/name_table.hpp"
#include "model/schema_rules.hpp"

namespace policygraph::inline v0 {

// Never changed nor moved once made: pointers and views lead into `rules`.
struct Schema::Data {
  Data(std::string name, bool is_open, detail::model::Rules rules);

  std::string name;
  bool is_open;
  detail::model::Rules rules;
  std::vector<std::vector<const PropertyRule*>> properties;  // of each label, inherited ones included, sorted by name
  detail::base::NameTable rows;                              // of labels
  std::vector<detail::base::NameTable> places;               // by row: of a property in `properties`
  std::vector<std::string_view> property_names;              // of all types, sorted, each once

  // The row of a label in `rules.labels`; their number when it is unknown.
  std::size_t row(std::string_view label) const noexcept;
};

}  // namespace policygraph::inline v0
