#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

#include "policygraph/model/assertion.hpp"
#include "store/bytes.hpp"

namespace policygraph::inline v0::detail::store {

// What a batch of claims is made of (docs/store_format.md, "Claims"): said once, for writing and for reading.

enum ClaimColumn : std::uint8_t {
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

enum class StoredForm : std::uint8_t { null, boolean, integer, decimal, wide_decimal, floating, string, date, other };
inline constexpr auto kLastForm = StoredForm::other;

enum StoredFlag : std::uint8_t { kHasSubject = 1, kHasObject = 2, kHasEdge = 4, kHasList = 8, kHasValidity = 16, kHasSpeaker = 32 };

/// What many claims share, told once a batch.
struct StoredShape {
  ClaimKind kind = ClaimKind::node;
  std::uint64_t name = 0;
  Modality modality = Modality::unknown;
  Rank rank = Rank::normal;
  Review review = Review::proposed;
  std::uint32_t confidence = 0;  // its bits
  StoredForm form = StoredForm::null;
  std::uint8_t scale = 0;
  std::uint8_t flags = 0;
  friend auto operator<=>(const StoredShape&, const StoredShape&) = default;
};
inline constexpr std::size_t kLeastShapeBytes = 9;

inline void put(ByteOut& out, const StoredShape& shape) {
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

// ---- dates that are plain are numbers

inline bool is_plain(const PartialDate& date) noexcept {
  using Precision = PartialDate::Precision;
  const auto& point = date.from();
  const bool is_known = point.precision == Precision::day || point.precision == Precision::month || point.precision == Precision::year;
  return !date.is_interval() && is_known && point.qualifier == PartialDate::Qualifier::none && point.year > 0;
}

inline std::uint64_t plain_number(const PartialDate& date) noexcept {
  const auto& point = date.from();
  return (static_cast<std::uint64_t>(point.year) << 9) | (std::uint64_t{point.month} << 5) | point.day;
}

inline PartialDate plain_date(std::uint64_t number) {
  if (number >> 23 != 0) refuse_bytes("a date is past the year 9999");
  const auto year = static_cast<int>(number >> 9);
  const auto month = static_cast<int>((number >> 5) & 15U);
  const auto day = static_cast<int>(number & 31U);
  if (month == 0 && day == 0) return PartialDate::year(year);
  return day == 0 ? PartialDate::month(year, month) : PartialDate::day(year, month, day);
}

inline StoredForm form_of(const Value& value) {
  const auto is_narrow = [](const Decimal& number) { return number.high() == (static_cast<std::int64_t>(number.low()) < 0 ? -1 : 0); };
  switch (value.kind()) {
    case ValueKind::null: return StoredForm::null;
    case ValueKind::boolean: return StoredForm::boolean;
    case ValueKind::integer: return StoredForm::integer;
    case ValueKind::decimal: return is_narrow(value.as_decimal()) ? StoredForm::decimal : StoredForm::wide_decimal;
    case ValueKind::floating: return StoredForm::floating;
    case ValueKind::string: return StoredForm::string;
    case ValueKind::partial_date: return is_plain(value.as_partial_date()) ? StoredForm::date : StoredForm::other;
    default: return StoredForm::other;
  }
}

}  // namespace policygraph::inline v0::detail::store
