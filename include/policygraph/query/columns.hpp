#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::inline v0 {

/// What the values of a column are, once all rows were looked at.
enum class FieldKind : std::uint8_t {
  null,       ///< no row has a value
  boolean,
  integer,    ///< 64 bits
  floating,
  decimal,    ///< a 128-bit coefficient and one scale, the greatest of the column: no digit is lost
  text,
  date,       ///< days since 1970-01-01, 32 bits
  time,       ///< of day, since midnight
  timestamp,  ///< since 1970-01-01T00:00, in UTC where `zone` is not empty
  elapsed,    ///< durations of seconds alone
  list,       ///< one child: the items
  record,     ///< a child for each field
};

/// A column or a part of one: its name and type.
struct ColumnField {
  std::string name;
  FieldKind kind = FieldKind::null;
  std::uint8_t scale = 0;  ///< of decimals: digits behind the point
  bool is_nano = false;    ///< times, timestamps and elapsed count nanoseconds; else microseconds, which more readers take
  bool is_large = false;   ///< text and lists have 64-bit offsets
  std::string zone{};      ///< of timestamps: "UTC", "Asia/Tashkent"; empty: local time
  std::vector<ColumnField> children{};
  friend bool operator==(const ColumnField&, const ColumnField&) = default;
};
/// Its type as Arrow's own tools write it: "int64", "decimal128(38, 2)", "timestamp[us, tz=UTC]", "list<item: string>".
POLICYGRAPH_EXPORT std::string type_text(const ColumnField& field);

/// The values of a column for some rows, laid out after the Arrow Columnar Format 1.5 ("Fixed-size primitive",
/// "Variable-size binary", "Variable-size list" and "Struct layout"), in the machine's byte order.
struct ColumnData {
  std::size_t length = 0;
  std::size_t null_count = 0;
  std::vector<std::uint8_t> validity{};  ///< a bit a value, the lowest first, 1: not null; empty where nothing is null
  std::vector<std::uint8_t> values{};    ///< of fixed width (booleans a bit each), or the bytes of text
  std::vector<std::int32_t> offsets{};   ///< of text and lists: length + 1
  std::vector<std::int64_t> large_offsets{};  ///< instead, where the field is large
  std::vector<ColumnData> children{};
};

struct ColumnOptions {
  bool mixed_as_text = false;  ///< columns of mixed kinds become text instead of an error
  bool evidence = false;       ///< a last column "_evidence": a list of records document, title, uri, ..., quote
  /// Which rows: first, first + step, ... `count` of them; those past the end are left out. Types are told from all rows,
  /// so parts of one answer fit together.
  std::size_t first = 0;
  std::size_t count = static_cast<std::size_t>(-1);
  std::ptrdiff_t step = 1;
  std::stop_token stop{};  ///< heeded while the types are told: Error(interrupted)
};

/// An answer column by column, each of one type: what table libraries read (exchange/arrow.hpp hands it to them).
///
/// Null fits every kind. What stands beside one another in a column becomes:
///
/// | values | column |
/// |---|---|
/// | integers and floats | floating, where every integer is exact as one (up to 2^53) |
/// | integers and decimals, decimals of several scales | decimal of the greatest scale, where 38 digits hold all |
/// | dates, and partial dates that are all whole days | date; any other partial date among them makes it text (EDTF) |
/// | zoned date-times | timestamp; its zone where all name the same, else UTC: the instants stay, the offsets go |
/// | zoned times of day | text: Arrow has no type for them |
/// | durations | elapsed; where one has months or days, records of months, days, seconds, nanoseconds |
/// | maps | records of all keys; a key that a map lacks is null |
/// | nodes | records of key, labels, caption, properties |
/// | relationships | records of key, type, source, target (keys), properties |
/// | paths | records of nodes, edges |
///
/// An answer without rows has the types that the query and the schema give: properties of known labels, counts, functions; else null.
/// Amounts are decimals of two digits then, partial dates text.
///
/// Dates and times that the type cannot hold (year 300,000) make the column text. Anything else is mixed: Error(invalid_argument)
/// that names the column, the kinds and a row of each, or text where the options say so: texts as they are, numbers and
/// dates as toString gives them, the rest as Cypher literals.
///
/// Making it reads the answer through once, a few nanoseconds a plain value, and copies nothing; `read` makes the rows asked for.
/// Copies share; any thread may read. More than 4,096 fields in all, or nesting deeper than 64: Error(limit).
///
///     const policygraph::Columns columns(policygraph::query(graph, "MATCH (f:Funding) RETURN f.amount AS amount"));
///     std::cout << policygraph::type_text(columns.fields()[0]);              // decimal128(38, 2)
///     const auto amounts = columns.read(0, columns.size())[0];              // 16 bytes each in amounts.values
class POLICYGRAPH_EXPORT Columns {
 public:
  explicit Columns(Rows rows, const ColumnOptions& options = {});

  const std::vector<ColumnField>& fields() const noexcept;
  std::size_t size() const noexcept;  ///< how many rows were chosen
  /// A number of rows whose columns take memory in bounds: fewer where rows are wide.
  std::size_t batch_size() const noexcept;
  /// The columns of rows first to first + count, or to the end. Throws Error(limit) where a batch has more than 2 GiB of
  /// text in a column that is not large.
  std::vector<ColumnData> read(std::size_t first, std::size_t count) const;
  ColumnData read_column(std::size_t column, std::size_t first, std::size_t count) const;  ///< one of them; Error(invalid_argument) past the last

  struct Data;  ///< private

 private:
  std::shared_ptr<const Data> data_;
};

/// The numbers of a column of an answer of more than a few rows, in order, where they stand side by side: all its values are whole
/// numbers, all are floats or all are decimals, and none is null. All empty where they do not, which `Rows` and `Columns` read too. Good
/// as long as the answer.
struct NumbersOfRows {
  std::span<const std::int64_t> wholes;
  std::span<const double> floats;
  std::span<const Decimal> decimals;
};
POLICYGRAPH_EXPORT NumbersOfRows numbers_of_rows(const Rows& rows, std::size_t column) noexcept;

/// Likewise the texts of a column whose values are all texts of one property: where the snapshot has them, none of them copied. `Rows`
/// copies the column when one of its values is first asked for.
///
///     for (const auto name : policygraph::texts_of_rows(rows, 1)) std::cout << name << '\n';
POLICYGRAPH_EXPORT std::span<const std::string_view> texts_of_rows(const Rows& rows, std::size_t column) noexcept;

}  // namespace policygraph::inline v0
