#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/value.hpp"
#include "policygraph/query/columns.hpp"

namespace policygraph::inline v0::detail::query {

inline constexpr std::size_t kMaxColumnFields = 4096;
inline constexpr int kMaxColumnDepth = 64;

/// What was seen of the values of a column, or of a part of one.
struct Shape {
  std::uint32_t kinds = 0;  ///< a bit for each ValueKind but null
  std::array<std::uint32_t, 18> first_row{};
  std::uint64_t text_bytes = 0, items = 0;
  std::uint8_t scale = 0;      ///< the greatest of decimals
  std::uint8_t whole_digits = 0;  ///< the most before the point, of decimals and integers
  bool has_wide_integer = false;  ///< one that no double holds
  bool has_coarse_date = false;   ///< a partial date that is not one plain day
  bool has_far_day = false;       ///< past 32-bit days
  bool is_past_micro = false, is_past_nano = false;  ///< a moment or a time past what 64 bits count
  bool has_nano = false;                             ///< a time finer than a microsecond
  bool has_calendar = false;                         ///< a duration with months or days
  bool has_zones = false;                            ///< of several names, or none
  std::string zone{};
  std::unique_ptr<Shape> item{};
  std::map<std::string, std::unique_ptr<Shape>, std::less<>> fields{};  ///< of maps, and properties
};

/// Looks at values and keeps what their column needs to know.
class ShapeReader {
 public:
  explicit ShapeReader(const Snapshot& snapshot) : snapshot_(&snapshot) {}
  /// Throws Error(limit) past kMaxColumnFields or kMaxColumnDepth.
  void see(Shape& shape, const Value& value, std::size_t row, int depth = 0);

 private:
  void see_number(Shape& shape, const Value& value) const;
  void see_moment(Shape& shape, const Value& value) const;
  void see_nested(Shape& shape, const Value& value, std::size_t row, int depth);
  void see_path(Shape& shape, const Path& path, std::size_t row, int depth);
  template <class Row>
  void see_properties(Shape& shape, Row graph_row, std::size_t row, int depth);
  Shape& child(std::unique_ptr<Shape>& shape);
  Shape& field(Shape& shape, std::string_view name);

  const Snapshot* snapshot_;
  std::size_t shapes_ = 0;
};

/// The column that holds all that was seen. Throws Error(invalid_argument) where kinds are mixed, unless they become text.
ColumnField field_of(const Shape& shape, std::string name, bool mixed_as_text);
/// That of the evidence of rows.
ColumnField evidence_field();

}  // namespace policygraph::inline v0::detail::query
