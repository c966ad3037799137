#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/name_table.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0::detail::model {

/// What the schema says of the properties of a node with certain labels, each looked up once: for a stage that asks property by
/// property. The schema must outlive it.
class KnownRules {
 public:
  KnownRules(const Schema& schema, std::vector<std::string> labels) : schema_(&schema), labels_(std::move(labels)) { known_.reserve(kUsual); }

  const std::vector<std::string>& labels() const noexcept { return labels_; }
  /// The schema knows the last of them, or any.
  bool is_known() const noexcept { return schema_->is_open() || (!labels_.empty() && schema_->label(labels_.back()) != nullptr); }
  /// That of the first label that has it; null: none has.
  const PropertyRule* rule(std::string_view property) {
    for (const auto* known : known_)
      if (base::are_same_names(known->name, property)) return known;
    return look_up(property);
  }
  /// `Schema::coerced`, then `Schema::check_property`.
  void check(std::string_view property, Value& value);

 private:
  static constexpr std::size_t kUsual = 8;  // properties that are asked for

  const PropertyRule* look_up(std::string_view property);

  const Schema* schema_;
  std::vector<std::string> labels_;
  std::vector<const PropertyRule*> known_;  // those found, as they were first asked for
};

/// Whether a value is of the very type and among the choices that a rule wants; most are. False says nothing.
bool fits_as_it_is(const PropertyRule& rule, const Value& value);

}  // namespace policygraph::inline v0::detail::model
