#pragma once

#include <string_view>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/evidence.hpp"
#include "policygraph/model/value.hpp"
#include "policygraph/query/columns.hpp"

namespace policygraph::inline v0::detail::query {

/// Room for about so many values.
ColumnData empty_column(const ColumnField& field, std::size_t rows);

/// Integers and floats: eight bytes each.
bool is_plain(const ColumnField& field) noexcept;
/// Every `step`th value from the first on.
struct ValuesApart {
  const Value* first;
  std::ptrdiff_t step;
};
/// Fills an empty column that is plain, as ColumnFiller does value by value.
void add_plain(const ColumnField& field, ColumnData& column, ValuesApart values, std::size_t count);

/// Appends values to columns whose fields were told from them.
class ColumnFiller {
 public:
  explicit ColumnFiller(const Snapshot& snapshot) : snapshot_(&snapshot) {}
  void add(const ColumnField& field, ColumnData& column, const Value& value) const;
  void add(const ColumnField& field, ColumnData& column, const std::vector<Citation>& citations) const;
  /// Into a column of text.
  void add_text(const ColumnField& field, ColumnData& column, std::string_view text) const;

 private:
  void add_list(const ColumnField& field, ColumnData& column, const ValueList& list) const;
  template <class Keys>
  void add_keys(const ColumnField& field, ColumnData& column, const Keys& keys) const;
  void add_record(const ColumnField& field, ColumnData& column, const Value& value) const;
  void add_map(const ColumnField& field, ColumnData& column, const ValueMap& map) const;
  void add_node(const ColumnField& field, ColumnData& column, NodeKey key) const;
  void add_edge(const ColumnField& field, ColumnData& column, EdgeKey key) const;
  template <class Row>
  void add_properties(const ColumnField& field, ColumnData& column, Row row) const;

  const Snapshot* snapshot_;
};

}  // namespace policygraph::inline v0::detail::query
