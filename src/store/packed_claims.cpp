// The formats are docs/store_format.md, "Claims" and "Mentions"; claim_batch.cpp and mention_batch.cpp write the same of records.
#include "store/packed_claims.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "store/value_bytes.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

using graph::ClaimShape;
using graph::ValueForm;

/// The form of a value whose kept number says which it is; `other`: the value itself must be looked at.
StoredForm plain_form(ValueForm form) noexcept {
  switch (form) {
    case ValueForm::null: return StoredForm::null;
    case ValueForm::boolean: return StoredForm::boolean;
    case ValueForm::small_integer:
    case ValueForm::integer: return StoredForm::integer;
    case ValueForm::small_decimal: return StoredForm::decimal;
    case ValueForm::floating: return StoredForm::floating;
    case ValueForm::string: return StoredForm::string;
    case ValueForm::plain_date: return StoredForm::date;
    case ValueForm::decimal:
    case ValueForm::other: break;
  }
  return StoredForm::other;
}

/// Years before 1 are no plain dates in a file.
bool is_year_of_file(std::uint32_t number) noexcept { return number >> 9 != 0 && number >> 31 == 0; }

bool is_plain(graph::Claim claim) noexcept {
  const auto& shape = claim.shape();
  if (shape.has_details || plain_form(shape.form) == StoredForm::other) return false;
  return shape.form != ValueForm::plain_date || is_year_of_file(claim.value_number());
}

std::uint8_t flags_of(const ClaimShape& shape) noexcept {
  const auto flag = [](bool is_set, StoredFlag bit) { return is_set ? unsigned{bit} : 0U; };
  return static_cast<std::uint8_t>(flag(shape.has_subject, kHasSubject) | flag(shape.has_object, kHasObject) |
                                   flag(shape.has_edge, kHasEdge) | flag(shape.has_list, kHasList));
}

StoredShape stored(const ClaimShape& shape, std::uint64_t name) noexcept {
  return {shape.kind,  name, shape.modality, shape.rank, shape.review, std::bit_cast<std::uint32_t>(shape.confidence),
          plain_form(shape.form), shape.scale, flags_of(shape)};
}

}  // namespace

std::uint64_t NumberedStrings::number(std::uint32_t number_in_table) {
  if (numbers_.empty()) {
    const auto known = std::ranges::find(used_, number_in_table);
    if (known != used_.end()) return places_[static_cast<std::size_t>(known - used_.begin())];
    if (used_.size() < kFew) return add(number_in_table);
    spread();
  }
  if (number_in_table >= numbers_.size()) numbers_.resize(number_in_table + number_in_table / 2 + 64);
  auto& number = numbers_[number_in_table];
  if (number == 0) number = add(number_in_table) + 1;
  return number - 1;
}

std::uint32_t NumberedStrings::add(std::uint32_t number_in_table) {
  const auto place = static_cast<std::uint32_t>(strings_.size());
  strings_.push_back(all_[number_in_table]);
  used_.push_back(number_in_table);
  places_.push_back(place);
  return place;
}

void NumberedStrings::spread() {
  numbers_.resize(std::ranges::max(used_) + std::size_t{1});
  for (std::size_t i = 0; i < used_.size(); ++i) numbers_[used_[i]] = places_[i] + 1;
}

std::uint64_t NumberedStrings::number(const std::string& text) {
  if (const auto known = all_.find(text)) return number(*known);
  const auto [place, is_new] = others_.try_emplace(text, strings_.size());
  if (is_new) strings_.push_back(text);
  return place->second;
}

void NumberedStrings::clear() {
  if (!numbers_.empty())
    for (const auto number : used_) numbers_[number] = 0;
  used_.clear();
  places_.clear();
  others_.clear();
  strings_.clear();
}

std::uint64_t PackedClaims::number_of(const StoredShape& shape) {
  const auto [place, is_new] = numbers_.try_emplace(shape, shapes_.size());
  if (is_new) shapes_.push_back(shape);
  return place->second;
}

// Shapes stay where they are in their table, so that the place of one stands for it.
std::uint64_t PackedClaims::number_of(const ClaimShape& shape) {
  auto& known = known_[(std::bit_cast<std::uintptr_t>(&shape) / sizeof(ClaimShape)) % known_.size()];
  if (known.kept != &shape) known = {&shape, number_of(stored(shape, strings_.number(shape.name)))};
  return known.number;
}

void PackedClaims::add_places(graph::Claim claim) {
  const auto& shape = claim.shape();
  if (shape.has_subject) put_number(kSubject, claim.subject().value);
  if (shape.has_object) put_number(kObject, claim.object().value);
  if (shape.has_edge) put_number(kEdge, claim.edge().value);
  if (!shape.has_list) return put_number(kEvidence, claim.only_evidence().value);
  const auto evidence = claim.evidence();
  put_number(kEvidenceCount, evidence.size());
  for (const auto id : evidence) put_number(kEvidence, id.value);
}

void PackedClaims::add_plain_value(graph::Claim claim) {
  switch (claim.shape().form) {
    case ValueForm::null: return;
    case ValueForm::string: return put_number(kValue, strings_.number(claim.value_number()));
    case ValueForm::floating: return floats_.real(claim.value().as_double());
    case ValueForm::integer: return put_number(kValue, zigzag(claim.value().as_integer()));
    default: return put_number(kValue, claim.value_number());  // as the table keeps them
  }
}

void PackedClaims::add(graph::Claim claim) {
  put_number(kIds, claim.id().value);
  if (!is_plain(claim)) return add_odd(claim);
  put_number(kShape, number_of(claim.shape()));
  add_places(claim);
  add_plain_value(claim);
}

void PackedClaims::add_odd(graph::Claim claim) {
  const auto record = claim.record();
  auto shape = stored(claim.shape(), strings_.number(claim.name_number()));
  shape.form = form_of(record.value);
  shape.scale = record.value.kind() == ValueKind::decimal ? record.value.as_decimal().scale() : std::uint8_t{0};
  const bool has_validity = record.valid_from != PartialDate() || record.valid_to != PartialDate();
  if (has_validity) shape.flags |= kHasValidity;
  if (record.attributed_to) shape.flags |= kHasSpeaker;
  put_number(kShape, number_of(shape));
  add_places(claim);
  if (has_validity) {
    for (const auto* date : {&record.valid_from, &record.valid_to})
      put_number(kValidity, strings_.number(dates_.emplace_back(date->to_string())));
  }
  if (record.attributed_to) put_number(kSpeaker, record.attributed_to.value);
  add_odd_value(claim, record.value, shape.form);
}

void PackedClaims::add_odd_value(graph::Claim claim, const Value& value, StoredForm form) {
  switch (form) {
    case StoredForm::null: return;
    case StoredForm::boolean: return put_number(kValue, value.as_bool() ? 1 : 0);
    case StoredForm::integer: return put_number(kValue, zigzag(value.as_integer()));
    case StoredForm::decimal: return put_number(kValue, zigzag(static_cast<std::int64_t>(value.as_decimal().low())));
    case StoredForm::wide_decimal:
      wide_.fixed64(static_cast<std::uint64_t>(value.as_decimal().high()));
      return wide_.fixed64(value.as_decimal().low());
    case StoredForm::floating: return floats_.real(value.as_double());
    case StoredForm::string: return put_number(kValue, strings_.number(claim.value_number()));
    case StoredForm::date: return put_number(kValue, plain_number(value.as_partial_date()));
    case StoredForm::other: return others_.text(value_bytes(value));
  }
}

std::string PackedClaims::take() {
  BatchOut out(BatchKind::assertions, size());
  out.strings(kStrings, strings_.strings());
  ByteOut shapes;
  for (const auto& shape : shapes_) put(shapes, shape);
  out.bytes(kShapes, shapes.take());
  for (std::uint8_t column = kIds; column <= kOthers; ++column) out.numbers(column, columns_[column]);
  out.bytes(kFloats, std::exchange(floats_, {}).take());
  out.bytes(kWide, std::exchange(wide_, {}).take());
  out.bytes(kOthers, std::exchange(others_, {}).take());
  for (auto& column : columns_) column.clear();
  known_.fill({});
  numbers_.clear();
  shapes_.clear();
  strings_.clear();
  dates_.clear();
  return out.take();
}

void PackedMentions::add(graph::KeptMention mention) {
  key_.push_back(mention.key().value);
  type_.push_back(strings_.number(mention.type_number()));
  surface_.push_back(strings_.number(mention.surface_number()));
  evidence_.push_back(mention.evidence().value);
}

std::string PackedMentions::take() {
  enum Column : std::uint8_t { kStringsOfMentions = 1, kKey = 2, kType = 3, kSurface = 4, kEvidenceOfMentions = 5 };
  BatchOut out(BatchKind::mentions, size());
  out.strings(kStringsOfMentions, strings_.strings());
  out.numbers(kKey, key_);
  out.numbers(kType, type_);
  out.numbers(kSurface, surface_);
  out.numbers(kEvidenceOfMentions, evidence_);
  for (auto* column : {&key_, &type_, &surface_, &evidence_}) column->clear();
  strings_.clear();
  return out.take();
}

}  // namespace policygraph::inline v0::detail::store
