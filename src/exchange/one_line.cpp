#include "exchange/one_line.hpp"

#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::exchange {

std::string one_line(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto point = code_point_at(text, i);
    const bool moves = point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0) || (point.value >= 0x202A && point.value <= 0x202E) ||
                       (point.value >= 0x2066 && point.value <= 0x2069) || point.value == 0x2028 || point.value == 0x2029;
    append_utf8(out, moves ? U' ' : point.value);
    i += point.size;
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::exchange
