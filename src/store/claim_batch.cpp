// The format is docs/store_format.md, "Claims".
#include "store/claim_batch.hpp"

#include <algorithm>
#include <bit>
#include <deque>
#include <map>
#include <tuple>
#include <utility>

#include "policygraph/base/error.hpp"
#include "store/columns.hpp"
#include "store/value_bytes.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

enum Column : std::uint8_t {
  kStrings = 1,
  kShapes = 2,
  kIds = 3,
  kShape = 4,
  kSubject = 5,
  kObject = 6,
  kEdge = 7,
  kValue = 8,
  kEvidenceCount = 9,
  kEvidence = 10,
  kFloats = 11,
  kWide = 12,
  kValidity = 13,
  kSpeaker = 14,
  kOthers = 15,
};

enum class Form : std::uint8_t { null, boolean, integer, decimal, wide_decimal, floating, string, date, other };
constexpr auto kLastForm = Form::other;

enum Flag : std::uint8_t { kHasSubject = 1, kHasObject = 2, kHasEdge = 4, kHasList = 8, kHasValidity = 16, kHasSpeaker = 32 };

/// What many claims share, told once a batch.
struct Shape {
  ClaimKind kind = ClaimKind::node;
  std::uint64_t name = 0;
  Modality modality = Modality::unknown;
  Rank rank = Rank::normal;
  Review review = Review::proposed;
  std::uint32_t confidence = 0;  // its bits
  Form form = Form::null;
  std::uint8_t scale = 0;
  std::uint8_t flags = 0;
  friend auto operator<=>(const Shape&, const Shape&) = default;
};
constexpr std::size_t kLeastShapeBytes = 9;

void put(ByteOut& out, const Shape& shape) {
  out.byte(static_cast<std::uint8_t>(shape.kind));
  out.varint(shape.name);
  out.byte(static_cast<std::uint8_t>(shape.modality));
  out.byte(static_cast<std::uint8_t>(shape.rank));
  out.byte(static_cast<std::uint8_t>(shape.review));
  out.varint(shape.confidence);
  out.byte(static_cast<std::uint8_t>(shape.form));
  out.byte(shape.scale);
  out.byte(shape.flags);
}

template <class Enum>
Enum read_enum(ByteView& bytes, Enum last) {
  const auto number = bytes.byte();
  if (number > static_cast<std::uint8_t>(last)) refuse_bytes("a claim says something this version does not know");
  return static_cast<Enum>(number);
}

Shape read_shape(ByteView& bytes) {
  Shape shape;
  shape.kind = read_enum(bytes, ClaimKind::edge_property);
  shape.name = bytes.varint();
  shape.modality = read_enum(bytes, Modality::denied);
  shape.rank = read_enum(bytes, Rank::deprecated);
  shape.review = read_enum(bytes, Review::disputed);
  const auto confidence = bytes.varint();
  if (confidence > 0xFFFF'FFFFU) refuse_bytes("a confidence has more than 32 bits");
  shape.confidence = static_cast<std::uint32_t>(confidence);
  shape.form = read_enum(bytes, kLastForm);
  shape.scale = bytes.byte();
  shape.flags = bytes.byte();
  return shape;
}

// ---- dates that are plain are numbers

bool is_plain(const PartialDate& date) noexcept {
  using Precision = PartialDate::Precision;
  const auto& point = date.from();
  const bool is_known = point.precision == Precision::day || point.precision == Precision::month || point.precision == Precision::year;
  return !date.is_interval() && is_known && point.qualifier == PartialDate::Qualifier::none && point.year > 0;
}

std::uint64_t plain_number(const PartialDate& date) noexcept {
  const auto& point = date.from();
  return (static_cast<std::uint64_t>(point.year) << 9) | (std::uint64_t{point.month} << 5) | point.day;
}

PartialDate plain_date(std::uint64_t number) {
  if (number >> 23 != 0) refuse_bytes("a date is past the year 9999");
  const auto year = static_cast<int>(number >> 9);
  const auto month = static_cast<int>((number >> 5) & 15U);
  const auto day = static_cast<int>(number & 31U);
  if (month == 0 && day == 0) return PartialDate::year(year);
  return day == 0 ? PartialDate::month(year, month) : PartialDate::day(year, month, day);
}

bool is_narrow(const Decimal& value) noexcept {
  return value.high() == (static_cast<std::int64_t>(value.low()) < 0 ? -1 : 0);
}

Form form_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null: return Form::null;
    case ValueKind::boolean: return Form::boolean;
    case ValueKind::integer: return Form::integer;
    case ValueKind::decimal: return is_narrow(value.as_decimal()) ? Form::decimal : Form::wide_decimal;
    case ValueKind::floating: return Form::floating;
    case ValueKind::string: return Form::string;
    case ValueKind::partial_date: return is_plain(value.as_partial_date()) ? Form::date : Form::other;
    default: return Form::other;
  }
}

class Writer {
 public:
  std::string write(std::span<const Assertion> claims) {
    for (const auto& claim : claims) add(claim);
    BatchOut out(BatchKind::assertions, claims.size());
    out.strings(kStrings, strings_.strings());
    ByteOut shapes;
    for (const auto* shape : shapes_) put(shapes, *shape);
    out.bytes(kShapes, shapes.take());
    for (const auto& [column, numbers] : numbers_) out.numbers(column, numbers);
    out.bytes(kFloats, floats_.take());
    out.bytes(kWide, wide_.take());
    out.bytes(kOthers, others_.take());
    return out.take();
  }

 private:
  void put_number(Column column, std::uint64_t number) { numbers_[column].push_back(number); }

  void add(const Assertion& claim) {
    Shape shape{claim.kind, strings_.number(claim.name), claim.modality, claim.rank, claim.review,
                std::bit_cast<std::uint32_t>(claim.confidence), form_of(claim.value), 0, flags_of(claim)};
    if (claim.value.kind() == ValueKind::decimal) shape.scale = claim.value.as_decimal().scale();
    put_number(kIds, claim.id.value);
    put_number(kShape, number_of(shape));
    if (claim.subject) put_number(kSubject, claim.subject.value);
    if (claim.object) put_number(kObject, claim.object.value);
    if (claim.edge) put_number(kEdge, claim.edge.value);
    if ((shape.flags & kHasList) != 0) put_number(kEvidenceCount, claim.evidence.size());
    for (const auto id : claim.evidence) put_number(kEvidence, id.value);
    if ((shape.flags & kHasValidity) != 0) add_validity(claim);
    if (claim.attributed_to) put_number(kSpeaker, claim.attributed_to.value);
    add_value(claim.value, shape.form);
  }

  static std::uint8_t flags_of(const Assertion& claim) noexcept {
    unsigned flags = 0;
    if (claim.subject) flags |= kHasSubject;
    if (claim.object) flags |= kHasObject;
    if (claim.edge) flags |= kHasEdge;
    if (claim.evidence.size() != 1) flags |= kHasList;
    if (claim.valid_from != PartialDate() || claim.valid_to != PartialDate()) flags |= kHasValidity;
    if (claim.attributed_to) flags |= kHasSpeaker;
    return static_cast<std::uint8_t>(flags);
  }

  void add_validity(const Assertion& claim) {
    for (const auto* date : {&claim.valid_from, &claim.valid_to})
      put_number(kValidity, strings_.number(made_.emplace_back(date->to_string())));
  }

  void add_value(const Value& value, Form form) {
    switch (form) {
      case Form::null: return;
      case Form::boolean: return put_number(kValue, value.as_bool() ? 1 : 0);
      case Form::integer: return put_number(kValue, zigzag(value.as_integer()));
      case Form::decimal: return put_number(kValue, zigzag(static_cast<std::int64_t>(value.as_decimal().low())));
      case Form::wide_decimal:
        wide_.fixed64(static_cast<std::uint64_t>(value.as_decimal().high()));
        return wide_.fixed64(value.as_decimal().low());
      case Form::floating: return floats_.real(value.as_double());
      case Form::string: return put_number(kValue, strings_.number(value.as_string()));
      case Form::date: return put_number(kValue, plain_number(value.as_partial_date()));
      case Form::other: return others_.text(value_bytes(value));
    }
  }

  std::uint64_t number_of(const Shape& shape) {
    const auto [place, is_new] = shape_numbers_.try_emplace(shape, shapes_.size());
    if (is_new) shapes_.push_back(&place->first);
    return place->second;
  }

  Dictionary strings_;
  std::deque<std::string> made_;  // strings of the dictionary that no claim owns
  std::map<Shape, std::uint64_t> shape_numbers_;
  std::vector<const Shape*> shapes_;
  std::map<Column, std::vector<std::uint64_t>> numbers_;
  ByteOut floats_, wide_, others_;
};

class Reader {
 public:
  Reader(const BatchView& batch, CommitId commit)
      : commit_(commit),
        rows_(batch.rows()),
        strings_(batch.strings(kStrings)),
        shapes_(read_shapes(batch.bytes(kShapes))),
        ids_(batch.numbers(kIds, rows_)),
        shape_(batch.numbers(kShape, rows_)),
        subject_(batch.numbers(kSubject, rows_)),
        object_(batch.numbers(kObject, rows_)),
        edge_(batch.numbers(kEdge, rows_)),
        value_(batch.numbers(kValue, rows_)),
        evidence_count_(batch.numbers(kEvidenceCount, rows_)),
        evidence_(batch.numbers(kEvidence, kMostEvidence)),
        validity_(batch.numbers(kValidity, 2 * rows_)),
        speaker_(batch.numbers(kSpeaker, rows_)),
        floats_(batch.bytes(kFloats)),
        wide_(batch.bytes(kWide)),
        others_(batch.bytes(kOthers)) {}

  void read(std::vector<Assertion>& claims) {
    for (std::size_t i = 0; i < rows_; ++i) claims.push_back(next());
    for (const auto* column : {&ids_, &shape_, &subject_, &object_, &edge_, &value_, &evidence_count_, &evidence_, &validity_, &speaker_})
      column->end();
    for (const auto* bytes : {&floats_, &wide_, &others_}) bytes->end();
  }

 private:
  static constexpr std::size_t kMostEvidence = kMostEvidenceOfBatch;

  static std::vector<Shape> read_shapes(std::string_view bytes) {
    ByteView view(bytes);
    std::vector<Shape> shapes;
    while (view.left() >= kLeastShapeBytes) shapes.push_back(read_shape(view));
    view.end();
    return shapes;
  }

  Assertion next() {
    const auto number = shape_.next();
    if (number >= shapes_.size()) refuse_bytes("a claim has a shape that is not there");
    const auto& shape = shapes_[static_cast<std::size_t>(number)];
    Assertion claim;
    claim.id.value = ids_.next();
    claim.kind = shape.kind;
    claim.name = entry(strings_, shape.name);
    claim.modality = shape.modality;
    claim.rank = shape.rank;
    claim.review = shape.review;
    claim.confidence = std::bit_cast<float>(shape.confidence);
    claim.recorded_from = commit_;
    read_places(shape, claim);
    claim.value = read_form(shape);
    return claim;
  }

  void read_places(const Shape& shape, Assertion& claim) {
    const auto has = [&](Flag flag) { return (shape.flags & flag) != 0; };
    if (has(kHasSubject)) claim.subject.value = subject_.next();
    if (has(kHasObject)) claim.object.value = object_.next();
    if (has(kHasEdge)) claim.edge.value = edge_.next();
    const auto count = has(kHasList) ? evidence_count_.next() : 1;
    for (std::uint64_t i = 0; i < count; ++i) claim.evidence.push_back({evidence_.next()});
    if (has(kHasValidity)) {
      claim.valid_from = PartialDate::parse(entry(strings_, validity_.next()));
      claim.valid_to = PartialDate::parse(entry(strings_, validity_.next()));
    }
    if (has(kHasSpeaker)) claim.attributed_to.value = speaker_.next();
  }

  Value read_form(const Shape& shape) {
    switch (shape.form) {
      case Form::null: return {};
      case Form::boolean: return value_.next() != 0;
      case Form::integer: return unzigzag(value_.next());
      case Form::decimal: {
        const auto low = unzigzag(value_.next());
        return Decimal(low < 0 ? -1 : 0, static_cast<std::uint64_t>(low), shape.scale);
      }
      case Form::wide_decimal: {
        const auto high = static_cast<std::int64_t>(wide_.fixed64());
        return Decimal(high, wide_.fixed64(), shape.scale);
      }
      case Form::floating: return floats_.real();
      case Form::string: return entry(strings_, value_.next());
      case Form::date: return plain_date(value_.next());
      case Form::other: return read_value(others_.text());
    }
    return {};
  }

  CommitId commit_;
  std::size_t rows_;
  std::vector<std::string_view> strings_;
  std::vector<Shape> shapes_;
  Taken<std::uint64_t> ids_, shape_, subject_, object_, edge_, value_, evidence_count_, evidence_, validity_, speaker_;
  ByteView floats_, wide_, others_;
};

}  // namespace

std::string claim_batch(std::span<const Assertion> claims) { return Writer().write(claims); }

void read_claims(std::string_view bytes, CommitId commit, std::vector<Assertion>& claims) {
  const BatchView batch(BatchKind::assertions, bytes);
  Reader(batch, commit).read(claims);
}

}  // namespace policygraph::inline v0::detail::store
