// The format is docs/store_format.md, "Claims".
#include "store/claim_batch.hpp"

#include <algorithm>
#include <bit>
#include <deque>
#include <map>
#include <tuple>
#include <utility>

#include "store/claim_columns.hpp"
#include "store/columns.hpp"
#include "store/value_bytes.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

template <class Enum>
Enum read_enum(ByteView& bytes, Enum last) {
  const auto number = bytes.byte();
  if (number > static_cast<std::uint8_t>(last)) refuse_bytes("a claim says something this version does not know");
  return static_cast<Enum>(number);
}

StoredShape read_shape(ByteView& bytes) {
  StoredShape shape;
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
  void put_number(ClaimColumn column, std::uint64_t number) { numbers_[column].push_back(number); }

  void add(const Assertion& claim) {
    StoredShape shape{claim.kind, strings_.number(claim.name), claim.modality, claim.rank, claim.review,
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

  void add_value(const Value& value, StoredForm form) {
    switch (form) {
      case StoredForm::null: return;
      case StoredForm::boolean: return put_number(kValue, value.as_bool() ? 1 : 0);
      case StoredForm::integer: return put_number(kValue, zigzag(value.as_integer()));
      case StoredForm::decimal: return put_number(kValue, zigzag(static_cast<std::int64_t>(value.as_decimal().low())));
      case StoredForm::wide_decimal:
        wide_.fixed64(static_cast<std::uint64_t>(value.as_decimal().high()));
        return wide_.fixed64(value.as_decimal().low());
      case StoredForm::floating: return floats_.real(value.as_double());
      case StoredForm::string: return put_number(kValue, strings_.number(value.as_string()));
      case StoredForm::date: return put_number(kValue, plain_number(value.as_partial_date()));
      case StoredForm::other: return others_.text(value_bytes(value));
    }
  }

  std::uint64_t number_of(const StoredShape& shape) {
    const auto [place, is_new] = shape_numbers_.try_emplace(shape, shapes_.size());
    if (is_new) shapes_.push_back(&place->first);
    return place->second;
  }

  Dictionary strings_;
  std::deque<std::string> made_;  // strings of the dictionary that no claim owns
  std::map<StoredShape, std::uint64_t> shape_numbers_;
  std::vector<const StoredShape*> shapes_;
  std::map<ClaimColumn, std::vector<std::uint64_t>> numbers_;
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

  static std::vector<StoredShape> read_shapes(std::string_view bytes) {
    ByteView view(bytes);
    std::vector<StoredShape> shapes;
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

  void read_places(const StoredShape& shape, Assertion& claim) {
    const auto has = [&](StoredFlag flag) { return (shape.flags & flag) != 0; };
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

  Value read_form(const StoredShape& shape) {
    switch (shape.form) {
      case StoredForm::null: return {};
      case StoredForm::boolean: return value_.next() != 0;
      case StoredForm::integer: return unzigzag(value_.next());
      case StoredForm::decimal: {
        const auto low = unzigzag(value_.next());
        return Decimal(low < 0 ? -1 : 0, static_cast<std::uint64_t>(low), shape.scale);
      }
      case StoredForm::wide_decimal: {
        const auto high = static_cast<std::int64_t>(wide_.fixed64());
        return Decimal(high, wide_.fixed64(), shape.scale);
      }
      case StoredForm::floating: return floats_.real();
      case StoredForm::string: return entry(strings_, value_.next());
      case StoredForm::date: return plain_date(value_.next());
      case StoredForm::other: return read_value(others_.text());
    }
    return {};
  }

  CommitId commit_;
  std::size_t rows_;
  std::vector<std::string_view> strings_;
  std::vector<StoredShape> shapes_;
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
