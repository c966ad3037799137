#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "policygraph/base/decimal.hpp"
#include "policygraph/base/id.hpp"
#include "policygraph/base/partial_date.hpp"
#include "policygraph/base/temporal.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

class Value;
using ValueList = std::vector<Value>;
using ValueMap = std::map<std::string, Value, std::less<>>;

/// A path of a query's answer, by keys: nodes.size() == edges.size() + 1.
struct Path {
  std::vector<NodeKey> nodes;
  std::vector<EdgeKey> edges;
  friend bool operator==(const Path&, const Path&) = default;
};

enum class ValueKind : std::uint8_t {
  null,
  boolean,
  integer,
  decimal,
  floating,
  string,
  partial_date,
  date,
  local_time,
  time,
  local_date_time,
  date_time,
  duration,
  list,
  map,
  node,
  edge,
  path,
};

/// "Null", "Boolean", "Integer", "Decimal", "Float", "String", "PartialDate", "Date", ..., "Node", "Relationship",
/// "Path".
POLICYGRAPH_EXPORT std::string_view kind_name(ValueKind kind) noexcept;

/// Any value a property may have or a query may answer. Cheap to move; lists, maps, paths and zoned date-times are
/// shared when copied. A node or an edge is its key; `Snapshot::find` leads to the rest.
///
/// `==` is equality of representation (same kind, same content; 1 is not 1.0; null equals null; NaN equals NaN) and
/// agrees with `hash`; Cypher's comparison lives in `query`. `to_string` gives Cypher literal text: 'it\'s', [1, 2.0],
/// {a: null}, decimal('4.90'), partial_date('2024-10'), date('2024-10-05').
///
/// A list of one list is `ValueList{Value(inner)}`: compilers read `ValueList{inner}` as a copy of `inner`, or not.
class POLICYGRAPH_EXPORT Value {
 public:
  Value() noexcept = default;  ///< null
  Value(std::nullptr_t) noexcept {}
  Value(bool value) noexcept : data_(value) {}
  Value(int value) noexcept : data_(std::int64_t{value}) {}
  Value(std::int64_t value) noexcept : data_(value) {}
  Value(double value) noexcept : data_(value) {}
  Value(const char* value) : data_(std::string(value)) {}
  Value(std::string_view value) : data_(std::string(value)) {}
  Value(std::string value) noexcept : data_(std::move(value)) {}
  Value(Decimal value) noexcept : data_(value) {}
  Value(PartialDate value) noexcept : data_(value) {}
  Value(Day value) noexcept : data_(value) {}
  Value(LocalTime value) noexcept : data_(value) {}
  Value(ZonedTime value) noexcept : data_(value) {}
  Value(LocalDateTime value) noexcept : data_(value) {}
  Value(ZonedDateTime value);
  Value(Duration value);
  Value(ValueList value);
  Value(ValueMap value);
  Value(NodeKey value) noexcept : data_(value) {}
  Value(EdgeKey value) noexcept : data_(value) {}
  Value(Path value);
  Value(const Value& other) : data_(copied(other.data_)) {}
  Value(Value&&) noexcept = default;
  Value& operator=(const Value& other) {
    data_ = copied(other.data_);
    return *this;
  }
  Value& operator=(Value&&) noexcept = default;
  ~Value() = default;

  ValueKind kind() const noexcept { return static_cast<ValueKind>(data_.index()); }
  bool is_null() const noexcept { return std::holds_alternative<std::monostate>(data_); }

  /// The content. Throws Error(invalid_argument) "expected Integer, found String 'x'" when it is of another kind.
  bool as_bool() const;
  std::int64_t as_integer() const;
  double as_double() const;  ///< Float, or an Integer or a Decimal converted
  const std::string& as_string() const;
  const Decimal& as_decimal() const;
  const PartialDate& as_partial_date() const;
  Day as_date() const;
  LocalTime as_local_time() const;
  const ZonedTime& as_time() const;
  const LocalDateTime& as_local_date_time() const;
  const ZonedDateTime& as_date_time() const;
  const Duration& as_duration() const;
  const ValueList& as_list() const;
  const ValueMap& as_map() const;
  NodeKey as_node() const;
  EdgeKey as_edge() const;
  const Path& as_path() const;

  /// Cypher literal text; a node is "(#7)", an edge "[#9]". Lists and maps nested deeper than 1,000 print as "...".
  std::string to_string() const;
  std::size_t hash() const noexcept;
  friend POLICYGRAPH_EXPORT bool operator==(const Value& a, const Value& b) noexcept;

 private:
  template <class T>
  using Shared = std::shared_ptr<const T>;
  /// In the order of ValueKind.
  using Data = std::variant<std::monostate, bool, std::int64_t, Decimal, double, std::string, PartialDate, Day, LocalTime, ZonedTime,
                            LocalDateTime, Shared<ZonedDateTime>, Shared<Duration>, Shared<ValueList>, Shared<ValueMap>, NodeKey,
                            EdgeKey, Shared<Path>>;
  /// Strings by themselves: where one finds no memory, the copying variant of libstdc++ 12 destroys what is not there.
  static Data copied(const Data& data) {
    const auto* text = std::get_if<std::string>(&data);
    return text == nullptr ? Data(data) : Data(std::in_place_type<std::string>, *text);
  }
  Data data_;
};

/// A total order over all values for sorting and for deterministic output: by kind, then by content.
POLICYGRAPH_EXPORT bool ordered_before(const Value& a, const Value& b) noexcept;

}  // namespace policygraph::inline v0
