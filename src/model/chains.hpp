#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/known_rules.hpp"

namespace policygraph::inline v0::detail::model {

/// The chains of labels of a schema with their rules, each made once: for a stage that asks property by property. The schema must outlive it.
class Chains {
 public:
  explicit Chains(const Schema& schema) : schema_(schema) {}

  const Schema& schema() const noexcept { return schema_; }
  /// `Schema::chain`; stays where it is.
  KnownRules& of(std::string_view label) {
    if (last_ != nullptr && last_->first == label) return last_->second;
    auto found = chains_.find(label);
    if (found == chains_.end()) found = chains_.emplace(label, KnownRules(schema_, schema_.chain(label))).first;
    last_ = &*found;
    return found->second;
  }

 private:
  using Map = std::map<std::string, KnownRules, std::less<>>;

  const Schema& schema_;
  Map chains_;
  Map::value_type* last_ = nullptr;  // labels come in runs
};

}  // namespace policygraph::inline v0::detail::model
