#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <vector>

#include "policygraph/base/decimal.hpp"
#include "policygraph/base/partial_date.hpp"
#include "policygraph/model/value.hpp"
#include "query/run/compare.hpp"
#include "reference/logic.hpp"

// The order that ORDER BY sorts by is one: sorting by anything less may run past the rows.
namespace policygraph::testing {
namespace {

namespace engine = detail::query;

std::vector<Value> numbers() {
  constexpr auto kInfinity = std::numeric_limits<double>::infinity();
  std::vector<Value> out;
  for (const auto* text : {"0.0", "1.0", "0.1", "0.10000000000000001", "0.1000000000000000055511151231257827", "2.50", "-1.25", "9007199254740993",
                           "9223372036854775807", "9223372036854775808", "0.3333333333333333333333", "0.33333333333333333"}) {
    out.emplace_back(Decimal::parse(text));
  }
  for (const double value : {0.0, -0.0, 0.1, 2.5, -1.25, 1.0 / 3, 0x1p53, 0x1p63, 1e300, 5e-324, kInfinity, -kInfinity, std::numeric_limits<double>::quiet_NaN()}) out.emplace_back(value);
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, std::int64_t{9007199254740993}, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) out.emplace_back(value);
  return out;
}

std::vector<Value> times() {
  std::vector<Value> out;
  for (const auto* text : {"2020", "2020-05", "2020-05-01", "2020-01-01/2020-12-31", "2020~", "2020?", "2019-12/2020-02", "../2020", "2020/.."}) out.emplace_back(PartialDate::parse(text));
  for (const std::int32_t day : {18'262, 18'383, 18'627, -800'000'000, 800'000'000}) out.emplace_back(Day{day});
  for (const std::int64_t months : {0, 1}) {
    for (const std::int64_t seconds : {0, 2'629'746, -2'629'746}) out.emplace_back(Duration{months, 30, seconds, 0});
  }
  return out;
}

std::vector<Value> pool() {
  auto out = numbers();
  for (auto& value : times()) out.push_back(std::move(value));
  for (auto& value : std::vector<Value>{Value("a"), Value(""), Value(true), Value()}) out.push_back(std::move(value));
  const auto singles = out.size();
  for (std::size_t i = 0; i < singles; i += 4) out.emplace_back(ValueList{out[i], out[i * 7 % singles]});
  return out;
}

TEST(Order, IsStrictAndWeak) {
  const auto values = pool();
  for (const auto& a : values) {
    for (const auto& b : values) {
      const auto ab = engine::order(a, b);
      EXPECT_TRUE(0 <=> ab == engine::order(b, a)) << a.to_string() << " " << b.to_string();
      for (const auto& c : values) {
        const auto bc = engine::order(b, c);
        if (ab > 0 || bc > 0) continue;
        const auto wanted = ab < 0 ? ab : bc;
        EXPECT_TRUE(engine::order(a, c) == wanted) << a.to_string() << " " << b.to_string() << " " << c.to_string();
      }
    }
  }
}

TEST(Order, IsTheReferences) {
  const auto values = pool();
  for (const auto& a : values) {
    for (const auto& b : values) EXPECT_TRUE(engine::order(a, b) == (reference::ordered(a, b) <=> 0)) << a.to_string() << " " << b.to_string();
  }
}

}  // namespace
}  // namespace policygraph::testing
