// From what was seen of a column to its type.
#include <algorithm>
#include <limits>

#include "policygraph/base/error.hpp"
#include "query/columns/shape.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::uint64_t kMaxOffset = std::numeric_limits<std::int32_t>::max();
constexpr int kMaxDigits = 38;

constexpr std::uint32_t bit(ValueKind kind) { return std::uint32_t{1} << static_cast<unsigned>(kind); }
/// Something, and nothing but these kinds.
bool is_of(const Shape& shape, std::uint32_t kinds) { return shape.kinds != 0 && (shape.kinds & ~kinds) == 0; }

ColumnField made(std::string name, FieldKind kind) {
  ColumnField field;
  field.name = std::move(name);
  field.kind = kind;
  return field;
}

ColumnField text_field(std::string name, bool is_large = false) {
  auto field = made(std::move(name), FieldKind::text);
  field.is_large = is_large;
  return field;
}

ColumnField list_field(std::string name, ColumnField item, bool is_large = false) {
  auto field = made(std::move(name), FieldKind::list);
  item.name = "item";
  field.is_large = is_large;
  field.children.push_back(std::move(item));
  return field;
}

ColumnField record_field(std::string name, std::vector<ColumnField> children) {
  auto field = made(std::move(name), FieldKind::record);
  field.children = std::move(children);
  return field;
}

std::string mixture(const Shape& shape) {
  std::string out;
  for (unsigned kind = 0; kind < shape.first_row.size(); ++kind) {
    if ((shape.kinds & (std::uint32_t{1} << kind)) == 0) continue;
    out += (out.empty() ? "" : ", ") + std::string(kind_name(static_cast<ValueKind>(kind))) + " (row " + std::to_string(shape.first_row[kind]) + ")";
  }
  return out;
}

/// Makes the field of one shape; `place` says of which part of which column.
class FieldMaker {
 public:
  explicit FieldMaker(bool mixed_as_text) : mixed_as_text_(mixed_as_text) {}

  ColumnField field(const Shape& shape, std::string name, const std::string& place) const {
    if (shape.kinds == 0) return made(std::move(name), FieldKind::null);
    if (is_of(shape, bit(ValueKind::boolean))) return made(std::move(name), FieldKind::boolean);
    if (is_of(shape, bit(ValueKind::integer) | bit(ValueKind::floating) | bit(ValueKind::decimal))) return number(shape, std::move(name), place);
    if (is_of(shape, bit(ValueKind::string) )) return text_field(std::move(name), shape.text_bytes > kMaxOffset);
    if (is_of(shape, bit(ValueKind::date) | bit(ValueKind::partial_date))) return date(shape, std::move(name));
    if (is_of(shape, bit(ValueKind::local_time)) || is_of(shape, bit(ValueKind::local_date_time)) || is_of(shape, bit(ValueKind::date_time)))
      return moment(shape, std::move(name));
    if (is_of(shape, bit(ValueKind::time))) return text_field(std::move(name));
    if (is_of(shape, bit(ValueKind::duration))) return duration(shape, std::move(name));
    return nested(shape, std::move(name), place);
  }

 private:
  ColumnField mixed(const std::string& fact, std::string name, const std::string& place) const {
    if (mixed_as_text_) return text_field(std::move(name), true);
    throw Error(ErrorCode::invalid_argument, place + " " + fact + "; make it one kind in the query (toString, toFloat), or take mixed columns as text "
                                                 "(ColumnOptions::mixed_as_text, in Python mixed='text')");
  }

  ColumnField number(const Shape& shape, std::string name, const std::string& place) const {
    const bool has_float = (shape.kinds & bit(ValueKind::floating)) != 0, has_decimal = (shape.kinds & bit(ValueKind::decimal)) != 0;
    if (has_float && has_decimal) return mixed("mixes " + mixture(shape), std::move(name), place);
    if (has_float) {
      const bool is_exact = !shape.has_wide_integer || shape.kinds == bit(ValueKind::floating);
      return is_exact ? made(std::move(name), FieldKind::floating) : mixed("mixes floats with integers past 2^53, which no float holds", std::move(name), place);
    }
    if (!has_decimal) return made(std::move(name), FieldKind::integer);
    if (shape.whole_digits + shape.scale > kMaxDigits) return mixed("needs more than 38 digits at one scale", std::move(name), place);
    auto field = made(std::move(name), FieldKind::decimal);
    field.scale = shape.scale;
    return field;
  }

  static ColumnField date(const Shape& shape, std::string name) {
    if (shape.has_coarse_date || shape.has_far_day) return text_field(std::move(name), shape.text_bytes > kMaxOffset);
    return made(std::move(name), FieldKind::date);
  }

  static ColumnField moment(const Shape& shape, std::string name) {
    const bool is_time = is_of(shape, bit(ValueKind::local_time)), is_zoned = is_of(shape, bit(ValueKind::date_time));
    if (shape.is_past_micro || (shape.has_nano && shape.is_past_nano)) return text_field(std::move(name), shape.text_bytes > kMaxOffset);
    auto field = made(std::move(name), is_time ? FieldKind::time : FieldKind::timestamp);
    field.is_nano = shape.has_nano;
    if (is_zoned) field.zone = shape.has_zones ? "UTC" : shape.zone;
    return field;
  }

  static ColumnField duration(const Shape& shape, std::string name) {
    if (shape.has_calendar || shape.is_past_micro || (shape.has_nano && shape.is_past_nano)) {
      std::vector<ColumnField> parts;
      for (const auto* part : {"months", "days", "seconds", "nanoseconds"}) parts.push_back(made(part, FieldKind::integer));
      return record_field(std::move(name), std::move(parts));
    }
    auto field = made(std::move(name), FieldKind::elapsed);
    field.is_nano = shape.has_nano;
    return field;
  }

  ColumnField items(const Shape& shape, std::string name, const std::string& place) const {
    const Shape none;
    auto item = field(shape.item ? *shape.item : none, "item", "an item of " + place);
    return list_field(std::move(name), std::move(item), shape.items > kMaxOffset);
  }

  std::vector<ColumnField> fields(const Shape& shape, const std::string& place) const {
    std::vector<ColumnField> out;
    for (const auto& [key, part] : shape.fields) out.push_back(field(*part, key, "'" + key + "' of " + place));
    return out;
  }

  ColumnField nested(const Shape& shape, std::string name, const std::string& place) const {
    const auto integer = [](const char* called) { return made(called, FieldKind::integer); };
    if (is_of(shape, bit(ValueKind::list))) return items(shape, std::move(name), place);
    if (is_of(shape, bit(ValueKind::map))) return record_field(std::move(name), fields(shape, place));
    if (is_of(shape, bit(ValueKind::node))) {
      return record_field(std::move(name), {integer("key"), list_field("labels", text_field("item")), text_field("caption", true),
                                            record_field("properties", fields(shape, place))});
    }
    if (is_of(shape, bit(ValueKind::edge))) {
      return record_field(std::move(name), {integer("key"), text_field("type"), integer("source"), integer("target"),
                                            record_field("properties", fields(shape, place))});
    }
    if (is_of(shape, bit(ValueKind::path))) {
      return record_field(std::move(name), {items(*shape.fields.find("nodes")->second, "nodes", place),
                                            items(*shape.fields.find("edges")->second, "edges", place)});
    }
    return mixed("mixes " + mixture(shape), std::move(name), place);
  }

  bool mixed_as_text_;
};

}  // namespace

ColumnField field_of(const Shape& shape, std::string name, bool mixed_as_text) {
  const auto place = "column '" + name + "'";
  return FieldMaker(mixed_as_text).field(shape, std::move(name), place);
}

ColumnField evidence_field() {
  const auto integer = [](const char* name) { return made(name, FieldKind::integer); };
  const auto text = [](const char* name) { return text_field(name, true); };
  auto citation = record_field("item", {integer("document"), text("title"), text("uri"), text("published"), integer("start"), integer("end"),
                                        integer("line"), text("quote"), text("extractor"), made("confidence", FieldKind::floating)});
  return list_field("_evidence", std::move(citation), true);
}

}  // namespace policygraph::inline v0::detail::query
