#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "base/name_table.hpp"
#include "model/known_rules.hpp"

namespace policygraph::inline v0::detail::model {

/// The chains of labels of a schema with their rules, each made once: for a stage that asks property by property.
class Chains {
 public:
  explicit Chains(Schema schema) : schema_(std::move(schema)) {}
  Chains(const Chains&) = delete;  // its rules view its schema
  Chains& operator=(const Chains&) = delete;

  const Schema& schema() const noexcept { return schema_; }
  /// How many labels it was asked for.
  std::size_t size() const noexcept { return chains_.size(); }
  /// `Schema::chain`; stays where it is.
  KnownRules& of(std::string_view label) { return chain(label).rules; }
  /// `Schema::check_label`.
  void check_label(std::string_view label) {
    if (!chain(label).is_known) schema_.check_label(label);
  }
  /// `Schema::check_relation` of the chains of two labels.
  void check_relation(std::string_view type, std::string_view from, std::string_view to) {
    key_.assign(type).append(1, '\n').append(from).append(1, '\n').append(to);
    if (relations_.find(key_) != base::NameTable::kNone) return;
    schema_.check_relation(type, of(from).labels(), of(to).labels());
    relations_.add(fitting_.emplace_back(key_), 0);
  }

 private:
  struct Chain {
    Chain(std::string of, KnownRules what) : label(std::move(of)), rules(std::move(what)), is_known(rules.is_known()) {}
    std::string label;
    KnownRules rules;
    bool is_known;
  };

  Chain& chain(std::string_view label) {
    const std::uint32_t known = numbers_.find(label);
    if (known != base::NameTable::kNone) return chains_[known];
    Chain& made = chains_.emplace_back(std::string(label), KnownRules(schema_, schema_.chain(label)));
    numbers_.add(made.label, static_cast<std::uint32_t>(chains_.size() - 1));
    return made;
  }

  Schema schema_;
  std::deque<Chain> chains_;
  base::NameTable numbers_;          // in chains_, by label
  std::deque<std::string> fitting_;  // type and labels of relations that the schema has
  base::NameTable relations_;        // of fitting_
  std::string key_;
};

}  // namespace policygraph::inline v0::detail::model
