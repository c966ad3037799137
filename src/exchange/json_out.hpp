#pragma once

#include <concepts>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "policygraph/model/value.hpp"

namespace policygraph::inline v0::detail::exchange {

/// Writes JSON text to a stream through a buffer; commas and nesting are kept here. The caller gives keys in sorted order.
/// Text is written as UTF-8; ill-formed bytes as U+FFFD. Records of a list stand on lines of their own.
class JsonOut {
 public:
  explicit JsonOut(std::ostream& out) : out_(out) { buffer_.reserve(kFlushAt + 4096); }
  ~JsonOut() = default;
  JsonOut(const JsonOut&) = delete;
  JsonOut& operator=(const JsonOut&) = delete;

  void begin_object();
  void end_object();
  void begin_list();
  void end_list();
  /// The next element of a list stands on a line of its own.
  void new_line();
  /// Ends a record of JSON Lines: a line break without a comma.
  void raw_line();
  void key(std::string_view name);

  void text(std::string_view value);
  void number(std::uint64_t value);
  void real(double value);  ///< shortest form that reads back; not finite: null
  void real(float value);
  void boolean(bool value);
  void null();
  /// A property value: decimals and dates as strings, lists and maps as JSON's own.
  void value(const Value& value);

  template <class Write>
    requires std::invocable<Write>
  void list(Write write) {
    begin_list();
    write();
    end_list();
  }
  void flush();

 private:
  static constexpr std::size_t kFlushAt = std::size_t{1} << 16;
  void separate();
  void put(std::string_view raw);

  std::ostream& out_;
  std::string buffer_;
  bool needs_comma_ = false;
};

/// A value as JSON text of its own, for comparing and for short output.
std::string value_text(const Value& value);

}  // namespace policygraph::inline v0::detail::exchange
