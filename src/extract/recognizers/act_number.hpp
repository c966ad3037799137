#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "extract/walk.hpp"

namespace policygraph::inline v0::detail::extract {

// The number of an act as notation tells it, before anything around it is looked at.
struct ActNumber {
  std::uint32_t first = 0;  // tokens, the number sign and the tail ("-son") included
  std::uint32_t last = 0;
  Span span;                // of the number itself
  std::string number;       // canonical: "PF-6079", "17", "418-V", "2021/947"
  std::string given;        // as written, where that differs: "UP-6079"
  const PackEntry* series = nullptr;
  std::string kind;          // what the notation says; "" where it says nothing
  std::string jurisdiction;  // likewise
  bool has_marker = false;   // a number sign stands before it
  bool has_tail = false;     // "-son" stands behind it
  bool is_roman = false;
};

// Reads the number that starts at a token: with a sign (No., №, N), letters of a series, or a form that is a number of an act by
// itself (2021/947 after "(EU)", A/RES/75/278, 제35038호). A number that nothing follows which says more is none.
class ActNumbers {
 public:
  explicit ActNumbers(const Walk& walk) noexcept : walk_(walk) {}
  std::optional<ActNumber> read(std::uint32_t i) const;
  // Whether one may start there; cheap, for it is asked of every token.
  static bool may_begin(const Walk& walk, std::uint32_t i) noexcept;

 private:
  std::optional<ActNumber> after_marker(std::uint32_t i) const;
  std::optional<ActNumber> series(std::uint32_t i) const;
  std::optional<ActNumber> plain(std::uint32_t i) const;
  std::optional<ActNumber> slashed(std::uint32_t i) const;
  std::optional<ActNumber> united_nations(std::uint32_t i) const;
  std::optional<ActNumber> commission(std::uint32_t i) const;
  std::optional<ActNumber> korean(std::uint32_t i) const;
  std::optional<ActNumber> run_into_word(std::uint32_t i) const;
  void take_tail(ActNumber& out) const;
  void take_letters(ActNumber& out) const;
  bool take_roman(ActNumber& out, std::uint32_t digits) const;
  bool is_part_of_code(std::uint32_t i) const;
  bool says_something(std::uint32_t number) const;

  Walk walk_;
};

// Upper-case Latin Roman figures for what looks like them in either script ("ІІІ", "Ѵ"); empty if it does not.
std::string roman_figures(std::string_view word);

}  // namespace policygraph::inline v0::detail::extract
