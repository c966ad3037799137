#include "policygraph/model/value.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "model/value_shown.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

// Values nest as deep as a query makes them, so destroying one must not recurse. The outermost deleter on a thread
// drains the lists and maps that come free below it; the pointer is set only meanwhile. They are chained where they lie:
// what is given back because there is no memory needs none.
template <class T>
struct Held {
  T content;
  Held* next = nullptr;
};
struct Freed {
  Held<ValueList>* lists = nullptr;
  Held<ValueMap>* maps = nullptr;
};
thread_local Freed* draining = nullptr;

Held<ValueList>*& chain_of(Freed& freed, const Held<ValueList>*) noexcept { return freed.lists; }
Held<ValueMap>*& chain_of(Freed& freed, const Held<ValueMap>*) noexcept { return freed.maps; }

template <class T>
void drain(Held<T>*& chain) noexcept {
  while (chain != nullptr) {
    const std::unique_ptr<Held<T>> first(chain);
    chain = first->next;
  }
}

template <class T>
struct Unnest {
  void operator()(Held<T>* held) const noexcept {
    Freed freed;
    const bool is_outermost = draining == nullptr;
    if (is_outermost) draining = &freed;
    auto& chain = chain_of(*draining, held);
    held->next = chain;
    chain = held;
    if (!is_outermost) return;
    while (freed.lists != nullptr || freed.maps != nullptr) {
      drain(freed.lists);
      drain(freed.maps);
    }
    draining = nullptr;
  }
};

template <class T>
std::shared_ptr<const T> share(T content) {
  auto* const held = std::make_unique<Held<T>>(Held<T>{std::move(content)}).release();
  std::shared_ptr<Held<T>> owner(held, Unnest<T>{});  // gives it back where it finds no memory
  return {std::move(owner), &held->content};
}

// In the order of ValueKind.
constexpr std::array<std::string_view, 18> kKindNames = {
    "Null", "Boolean",       "Integer",  "Decimal",  "Float", "String", "PartialDate", "Date",         "LocalTime",
    "Time", "LocalDateTime", "DateTime", "Duration", "List",  "Map",    "Node",        "Relationship", "Path"};

[[noreturn]] void refuse(ValueKind expected, const Value& value) {
  std::string text = "expected ";
  text.append(kind_name(expected)).append(", found ").append(detail::model::shown(value));
  throw Error(ErrorCode::invalid_argument, std::move(text));
}

template <class T, class Data>
const T& content(const Data& data, ValueKind expected, const Value& value) {
  if (const auto* found = std::get_if<T>(&data)) return *found;
  refuse(expected, value);
}

}  // namespace

std::string_view kind_name(ValueKind kind) noexcept { return kKindNames[static_cast<std::size_t>(kind)]; }

Value::Value(ZonedDateTime value) : data_(std::make_shared<const ZonedDateTime>(std::move(value))) {}
Value::Value(Duration value) : data_(std::make_shared<const Duration>(value)) {}
Value::Value(ValueList value) : data_(share(std::move(value))) {}
Value::Value(ValueMap value) : data_(share(std::move(value))) {}
Value::Value(Path value) : data_(std::make_shared<const Path>(std::move(value))) {}

bool Value::as_bool() const { return content<bool>(data_, ValueKind::boolean, *this); }
std::int64_t Value::as_integer() const { return content<std::int64_t>(data_, ValueKind::integer, *this); }

double Value::as_double() const {
  if (const auto* integer = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*integer);
  if (const auto* decimal = std::get_if<Decimal>(&data_)) return decimal->to_double();
  return content<double>(data_, ValueKind::floating, *this);
}

const std::string& Value::as_string() const { return content<std::string>(data_, ValueKind::string, *this); }
const Decimal& Value::as_decimal() const { return content<Decimal>(data_, ValueKind::decimal, *this); }
const PartialDate& Value::as_partial_date() const {
  return content<PartialDate>(data_, ValueKind::partial_date, *this);
}
Day Value::as_date() const { return content<Day>(data_, ValueKind::date, *this); }
LocalTime Value::as_local_time() const { return content<LocalTime>(data_, ValueKind::local_time, *this); }
const ZonedTime& Value::as_time() const { return content<ZonedTime>(data_, ValueKind::time, *this); }

const LocalDateTime& Value::as_local_date_time() const {
  return content<LocalDateTime>(data_, ValueKind::local_date_time, *this);
}

const ZonedDateTime& Value::as_date_time() const {
  return *content<Shared<ZonedDateTime>>(data_, ValueKind::date_time, *this);
}

const Duration& Value::as_duration() const { return *content<Shared<Duration>>(data_, ValueKind::duration, *this); }
const ValueList& Value::as_list() const { return *content<Shared<ValueList>>(data_, ValueKind::list, *this); }
const ValueMap& Value::as_map() const { return *content<Shared<ValueMap>>(data_, ValueKind::map, *this); }
NodeKey Value::as_node() const { return content<NodeKey>(data_, ValueKind::node, *this); }
EdgeKey Value::as_edge() const { return content<EdgeKey>(data_, ValueKind::edge, *this); }
const Path& Value::as_path() const { return *content<Shared<Path>>(data_, ValueKind::path, *this); }

}  // namespace policygraph::inline v0
