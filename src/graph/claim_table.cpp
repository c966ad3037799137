#include "graph/claim_table.hpp"

#include <algorithm>
#include <bit>

#include "base/sip_hash.hpp"
#include "graph/packed_values.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

template <class T>
std::size_t bytes_of(const std::vector<T>& items) noexcept {
  return items.capacity() * sizeof(T);
}

template <class T>
std::uint32_t kept(std::vector<T>& items, const T& item) {
  items.push_back(item);
  return static_cast<std::uint32_t>(items.size() - 1);
}

}  // namespace

ClaimTable::Coded ClaimTable::coded(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null:
      return {};
    case ValueKind::boolean:
      return {ValueForm::boolean, value.as_bool() ? 1U : 0U};
    case ValueKind::integer:
      if (fits_in_32(value.as_integer()))
        return {ValueForm::small_integer, zigzag(static_cast<std::int32_t>(value.as_integer()))};
      return {ValueForm::integer, kept(integers_, value.as_integer())};
    case ValueKind::decimal: {
      const auto& decimal = value.as_decimal();
      if (is_small(decimal)) return {ValueForm::small_decimal, small_coefficient(decimal), decimal.scale()};
      return {ValueForm::decimal, kept(decimals_, decimal)};
    }
    case ValueKind::floating:
      return {ValueForm::floating, kept(floats_, value.as_double())};
    case ValueKind::string:
      return {ValueForm::string, strings_->number(value.as_string())};
    case ValueKind::partial_date:
      if (is_plain(value.as_partial_date())) return {ValueForm::plain_date, number_of_plain(value.as_partial_date())};
      break;
    default:
      break;
  }
  return {ValueForm::other, kept(others_, value)};
}

Value ClaimTable::decoded(const ClaimShape& shape, std::uint32_t number) const {
  switch (shape.form) {
    case ValueForm::null:
      return {};
    case ValueForm::boolean:
      return number != 0;
    case ValueForm::small_integer:
      return std::int64_t{unzigzag(number)};
    case ValueForm::integer:
      return integers_[number];
    case ValueForm::small_decimal:
      return small_decimal(number, shape.scale);
    case ValueForm::decimal:
      return decimals_[number];
    case ValueForm::floating:
      return floats_[number];
    case ValueForm::string:
      return (*strings_)[number];
    case ValueForm::plain_date:
      return plain_date(number);
    case ValueForm::other:
      break;
  }
  return others_[number];
}

void ClaimTable::grow_slots() {
  slots_.assign(std::bit_ceil(std::max<std::size_t>(16, 4 * shapes_.size())), 0);
  for (std::uint32_t i = 0; i < shapes_.size(); ++i) {
    auto slot = hash(shapes_[i]) & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = i + 1;
  }
}

std::size_t ClaimTable::hash(const ClaimShape& shape) noexcept {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;
  const auto flags = (shape.has_subject ? 1U : 0U) | (shape.has_object ? 2U : 0U) | (shape.has_edge ? 4U : 0U) |
                     (shape.has_list ? 8U : 0U) | (shape.has_details ? 16U : 0U);
  const auto kinds = (static_cast<unsigned>(shape.kind) << 5) | (static_cast<unsigned>(shape.modality) << 8) |
                     (static_cast<unsigned>(shape.rank) << 12) | (static_cast<unsigned>(shape.review) << 14) |
                     (static_cast<unsigned>(shape.form) << 16) | (unsigned{shape.scale} << 20);
  const auto& key = base::random_hash_key();  // names and confidences may be chosen by others
  auto mixed = (((std::uint64_t{shape.name} << 32) | flags | kinds) ^ key[0]) * kMultiplier;
  mixed = (mixed ^ (mixed >> 29) ^ key[1] ^ std::bit_cast<std::uint32_t>(shape.confidence)) * kMultiplier;
  return static_cast<std::size_t>(mixed ^ (mixed >> 31));
}

std::uint32_t ClaimTable::number_of(const ClaimShape& shape) {
  auto& recent = recent_[(shape.name + static_cast<std::uint32_t>(shape.form)) % recent_.size()];
  if (recent >= shapes_.size() || shapes_[recent] != shape) recent = look_up(shape);
  return recent;
}

std::uint32_t ClaimTable::look_up(const ClaimShape& shape) {
  if (2 * (shapes_.size() + 1) > slots_.size()) grow_slots();
  auto slot = hash(shape) & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    if (shapes_[slots_[slot] - 1] == shape) return slots_[slot] - 1;
  }
  shapes_.push_back(shape);
  slots_[slot] = static_cast<std::uint32_t>(shapes_.size());
  return slots_[slot] - 1;
}

std::uint32_t ClaimTable::evidence_of(const Assertion& claim) {
  if (claim.evidence.size() == 1) return static_cast<std::uint32_t>(claim.evidence.front().value);
  const auto place = kept(lists_, static_cast<std::uint32_t>(claim.evidence.size()));
  for (const auto id : claim.evidence) lists_.push_back(static_cast<std::uint32_t>(id.value));
  return place;
}

ClaimShape ClaimTable::shape_of(const Assertion& claim, const Coded& value) {
  ClaimShape shape;
  shape.name = strings_->number(claim.name);
  shape.confidence = claim.confidence;
  shape.kind = claim.kind;
  shape.modality = claim.modality;
  shape.rank = claim.rank;
  shape.review = claim.review;
  shape.form = value.form();
  shape.scale = value.scale();
  shape.has_subject = bool{claim.subject};
  shape.has_object = bool{claim.object};
  shape.has_edge = bool{claim.edge};
  shape.has_list = claim.evidence.size() != 1;
  shape.has_details =
      claim.valid_from != PartialDate() || claim.valid_to != PartialDate() || claim.attributed_to || claim.recorded_to;
  return shape;
}

void ClaimTable::add(const Assertion& claim) {
  for (const auto evidence : claim.evidence) narrow(evidence.value, "an id of evidence");
  const auto id = narrow(claim.id.value, "an assertion's id");
  const auto commit = narrow(claim.recorded_from.value, "a commit's number");
  auto last = last_;
  if (claim.subject) last.subject = narrow(claim.subject.value, "a mention's key");
  if (claim.object) last.object = narrow(claim.object.value, "a mention's key");
  if (claim.edge) last.edge = narrow(claim.edge.value, "an edge's key");
  const auto value = coded(claim.value);
  if (value.form() != ValueForm::null) last.value = value.number();
  const auto shape = shape_of(claim, value);
  if (shape.has_details)
    details_.push_back({size(), claim.valid_from, claim.valid_to, claim.attributed_to, claim.recorded_to});
  last_ = last;
  shape_.push_back(number_of(shape));
  subject_.push_back(last.subject);
  object_.push_back(last.object);
  edge_.push_back(last.edge);
  value_.push_back(last.value);
  evidence_.push_back(evidence_of(claim));
  commit_.push_back(commit);
  ids_.push_back(id);
}

void ClaimTable::add(const ClaimTable& other) {
  for (std::uint32_t place = 0; place < other.size(); ++place) add_as_kept(other, place);
}

// Small tables are joined with each commit: nothing is read out to be coded again.
void ClaimTable::add_as_kept(const ClaimTable& other, std::uint32_t place) {
  const auto& shape = other.shapes_[other.shape_[place]];
  if (shape.has_subject) last_.subject = other.subject_[place];
  if (shape.has_object) last_.object = other.object_[place];
  if (shape.has_edge) last_.edge = other.edge_[place];
  if (shape.form != ValueForm::null) last_.value = value_of(other, shape.form, other.value_[place]);
  if (shape.has_details) {
    details_.push_back(other.details(place));
    details_.back().place = size();
  }
  shape_.push_back(number_of(shape));
  subject_.push_back(last_.subject);
  object_.push_back(last_.object);
  edge_.push_back(last_.edge);
  value_.push_back(last_.value);
  evidence_.push_back(shape.has_list ? list_of(other, other.evidence_[place]) : other.evidence_[place]);
  commit_.push_back(other.commit_[place]);
  ids_.push_back(other.ids_[place]);
}

std::uint32_t ClaimTable::value_of(const ClaimTable& other, ValueForm form, std::uint32_t number) {
  switch (form) {
    case ValueForm::integer:
      return kept(integers_, other.integers_[number]);
    case ValueForm::decimal:
      return kept(decimals_, other.decimals_[number]);
    case ValueForm::floating:
      return kept(floats_, other.floats_[number]);
    case ValueForm::other:
      return kept(others_, other.others_[number]);
    default:
      return number;
  }
}

std::uint32_t ClaimTable::list_of(const ClaimTable& other, std::uint32_t place) {
  const auto first = other.lists_.begin() + place;
  const auto at = static_cast<std::uint32_t>(lists_.size());
  lists_.insert(lists_.end(), first, first + 1 + *first);
  return at;
}

void ClaimTable::seal() {
  for (auto* column : {&shape_, &subject_, &object_, &edge_, &value_, &evidence_, &commit_}) column->seal();
  ids_.seal();
  std::vector<std::uint32_t>().swap(slots_);
  lists_.shrink_to_fit();
  integers_.shrink_to_fit();
  decimals_.shrink_to_fit();
  floats_.shrink_to_fit();
  others_.shrink_to_fit();
  details_.shrink_to_fit();
}

std::optional<Claim> ClaimTable::find(AssertionId id) const noexcept {
  const auto place = ids_.find(id.value);
  return place == PackedIds::kNowhere ? std::nullopt : std::optional(Claim(*this, static_cast<std::uint32_t>(place)));
}

const ClaimTable::Details& ClaimTable::details(std::uint32_t place) const noexcept {
  return *std::ranges::lower_bound(details_, place, {}, &Details::place);
}

std::size_t ClaimTable::memory_bytes() const noexcept {
  std::size_t bytes = sizeof(*this) + ids_.memory_bytes();
  for (const auto* column : {&shape_, &subject_, &object_, &edge_, &value_, &evidence_, &commit_})
    bytes += column->memory_bytes();
  return bytes + shapes_.size() * sizeof(ClaimShape) + bytes_of(slots_) + bytes_of(lists_) + bytes_of(integers_) +
         bytes_of(decimals_) + bytes_of(floats_) + bytes_of(others_) + bytes_of(details_);
}

Value Claim::value() const { return table_->decoded(*shape_, table_->value_[place_]); }

ValueKind Claim::value_kind() const noexcept {
  switch (shape_->form) {
    case ValueForm::null:
      return ValueKind::null;
    case ValueForm::boolean:
      return ValueKind::boolean;
    case ValueForm::small_integer:
    case ValueForm::integer:
      return ValueKind::integer;
    case ValueForm::small_decimal:
    case ValueForm::decimal:
      return ValueKind::decimal;
    case ValueForm::floating:
      return ValueKind::floating;
    case ValueForm::string:
      return ValueKind::string;
    case ValueForm::plain_date:
      return ValueKind::partial_date;
    case ValueForm::other:
      break;
  }
  return table_->others_[table_->value_[place_]].kind();
}

bool Claim::has_value(const Value& other) const {
  if (value_kind() != other.kind()) return false;
  return value_kind() == ValueKind::string ? text() == other.as_string() : value() == other;
}

bool Claim::has_value_of(Claim other) const {
  if (value_kind() != other.value_kind()) return false;
  return value_kind() == ValueKind::string ? text() == other.text() : value() == other.value();
}

PartialDate Claim::valid_from() const noexcept {
  return shape_->has_details ? table_->details(place_).valid_from : PartialDate();
}
PartialDate Claim::valid_to() const noexcept {
  return shape_->has_details ? table_->details(place_).valid_to : PartialDate();
}

ClaimEvidence Claim::evidence() const noexcept {
  const auto number = table_->evidence_[place_];
  if (!shape_->has_list) return ClaimEvidence(number);
  return ClaimEvidence(std::span(table_->lists_).subspan(number + 1, table_->lists_[number]));
}

Assertion Claim::record() const {
  const auto& shape = *shape_;
  Assertion claim;
  claim.id = id();
  claim.kind = shape.kind;
  claim.subject = subject();
  claim.object = object();
  claim.edge = edge();
  claim.name = name();
  claim.value = value();
  claim.modality = shape.modality;
  claim.rank = shape.rank;
  claim.review = shape.review;
  claim.confidence = shape.confidence;
  for (const auto evidence : this->evidence()) claim.evidence.push_back(evidence);
  claim.recorded_from = CommitId{table_->commit_[place_]};
  if (shape.has_details) {
    const auto& details = table_->details(place_);
    claim.valid_from = details.valid_from;
    claim.valid_to = details.valid_to;
    claim.attributed_to = details.attributed_to;
    claim.recorded_to = details.recorded_to;
  }
  return claim;
}

}  // namespace policygraph::inline v0::detail::graph
