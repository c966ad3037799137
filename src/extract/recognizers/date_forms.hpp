#pragma once

#include <cstdint>
#include <optional>

#include "extract/walk.hpp"
#include "policygraph/base/partial_date.hpp"

namespace policygraph::inline v0::detail::extract {

// A date as written in tokens [first, last).
struct DateForm {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  PartialDate value;
  float confidence = 0.95F;
};

// Reads the date that the number at token `i` is part of: 05.10.2020, 2020-10-05, 5 October 2020, October 5, 2020,
// 2020-yil 5-oktabrdagi, October 2020, 2024–2029, Q1 2024, and a bare year where the words around it say that it is one.
// A date may begin before `i` (a month), but not before `from`.
class DateForms {
 public:
  DateForms(const Walk& walk, const Language& language) noexcept : walk_(walk), language_(&language) {}
  std::optional<DateForm> read(std::uint32_t i, std::uint32_t from) const;
  // Of a word that names one.
  std::optional<int> month(std::uint32_t i) const;

 private:
  std::optional<DateForm> numeric(std::uint32_t i) const;
  std::optional<DateForm> day_first(std::uint32_t i) const;
  std::optional<DateForm> month_first(std::uint32_t i, std::uint32_t from) const;
  std::optional<DateForm> year_first(std::uint32_t i) const;
  std::optional<DateForm> month_year(std::uint32_t i, std::uint32_t from) const;
  std::optional<DateForm> part_of_year(std::uint32_t i, std::uint32_t from) const;
  std::optional<DateForm> year_range(std::uint32_t i) const;
  std::optional<DateForm> bare_year(std::uint32_t i) const;

  std::optional<int> year(std::uint32_t i) const;  // 1900 to 2100, of four digits
  bool is_year_word(std::uint32_t i) const;
  std::uint32_t over(std::uint32_t i, char32_t sign) const;  // past that sign, if it stands at `i`
  std::uint32_t over_dash(std::uint32_t i) const;
  bool is_in_name(std::uint32_t i) const;

  Walk walk_;
  const Language* language_;
};

}  // namespace policygraph::inline v0::detail::extract
