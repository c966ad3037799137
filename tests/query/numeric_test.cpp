#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <random>

#include "policygraph/query/query.hpp"
#include "query/functions/rounding.hpp"

namespace policygraph::testing {
namespace {

using detail::query::rounded;
using detail::query::Rounding;

constexpr Rounding kModes[] = {Rounding::up,      Rounding::down,      Rounding::ceiling,   Rounding::floor,
                               Rounding::half_up, Rounding::half_down, Rounding::half_even, Rounding::half_ceiling};

std::int64_t power_of_ten(int digits) {
  std::int64_t out = 1;
  for (int i = 0; i < digits; ++i) out *= 10;
  return out;
}

// number / 10^scale at so many places fewer, by what the modes say of whole numbers.
std::int64_t plainly(std::int64_t number, std::int64_t step, Rounding rounding) {
  const auto below = number >= 0 ? number / step : -((-number + step - 1) / step);
  const auto rest = number - below * step;
  if (rest == 0) return below;
  const auto away = number > 0 ? below + 1 : below;
  const auto toward = number > 0 ? below : below + 1;
  switch (rounding) {
    case Rounding::up: return away;
    case Rounding::down: return toward;
    case Rounding::ceiling: return below + 1;
    case Rounding::floor: return below;
    default: break;
  }
  if (2 * rest != step) return 2 * rest < step ? below : below + 1;
  if (rounding == Rounding::half_up) return away;
  if (rounding == Rounding::half_down) return toward;
  if (rounding == Rounding::half_even) return below % 2 == 0 ? below : below + 1;
  return below + 1;
}

double float_of(std::int64_t number, int scale) {
  const auto text = std::to_string(number) + "e-" + std::to_string(scale);
  double out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

Decimal decimal_of(std::int64_t number, int scale) {
  return Decimal(number < 0 ? -1 : 0, static_cast<std::uint64_t>(number), static_cast<std::uint8_t>(scale));
}

TEST(Rounded, AgreesWithWholeNumbers) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 40'000; ++i) {
    const int scale = static_cast<int>(random() % 6) + 1;
    const int places = static_cast<int>(random() % static_cast<unsigned>(scale));
    // Every third lies midway.
    auto number = static_cast<std::int64_t>(random() % 2'000'001) - 1'000'000;
    const auto step = power_of_ten(scale - places);
    if (i % 3 == 0) number = number / step * step + step / 2;
    for (const auto mode : kModes) {
      const auto wanted = plainly(number, step, mode);
      EXPECT_EQ(rounded(float_of(number, scale), places, mode), float_of(wanted, places)) << number << " " << scale << " " << places << " " << int(mode);
      EXPECT_EQ(rounded(decimal_of(number, scale), places, mode), decimal_of(wanted, places)) << number << " " << scale << " " << places << " " << int(mode);
    }
  }
}

// By the parts of the number instead of its floor.
double nearest(double number) {
  double whole = 0;
  const auto rest = std::modf(number, &whole);
  return rest >= 0.5 ? whole + 1 : rest < -0.5 ? whole - 1 : whole;
}

TEST(Rounded, ToTheNearestWholeNumber) {
  for (const double number : {0.49999999999999994, -0.49999999999999994, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 4503599627370497.0, -4503599627370497.0,
                              4503599627370495.5, -4503599627370495.5, 9007199254740991.0, 1e300, -1e300, 5e-324, 0.0,
                              std::numeric_limits<double>::max(), std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(rounded(number), nearest(number)) << number;
    EXPECT_FALSE(std::signbit(rounded(number)) && rounded(number) == 0) << number;
  }
  EXPECT_EQ(rounded(0.49999999999999994), 0.0);
  EXPECT_EQ(rounded(-2.5), -2.0);
  EXPECT_EQ(rounded(4503599627370497.0), 4503599627370497.0);
  EXPECT_TRUE(std::isnan(rounded(std::nan(""))));
  std::mt19937_64 random(11);
  for (int i = 0; i < 200'000; ++i) {
    const auto any = std::bit_cast<double>(random());
    EXPECT_TRUE(std::isnan(any) || rounded(any) == nearest(any)) << any;
    const auto halves = static_cast<double>(static_cast<std::int64_t>(random() % 4'000'001) - 2'000'000) / 2;
    EXPECT_EQ(rounded(halves), nearest(halves)) << halves;
  }
}

TEST(Rounded, FarPlacesChangeNothing) {
  std::mt19937_64 random(13);
  for (int i = 0; i < 20'000; ++i) {
    const auto any = std::bit_cast<double>(random());
    if (!std::isfinite(any)) continue;
    for (const auto mode : kModes) EXPECT_EQ(rounded(any, 400, mode), any);
    EXPECT_EQ(rounded(any, 0, Rounding::floor), std::floor(any));
    EXPECT_EQ(rounded(any, 0, Rounding::ceiling), std::ceil(any));
    EXPECT_EQ(rounded(any, 0, Rounding::down), std::trunc(any));
  }
  EXPECT_EQ(rounded(5e-324, 3, Rounding::up), 0.001);
  EXPECT_EQ(rounded(-5e-324, 3, Rounding::floor), -0.001);
  EXPECT_EQ(rounded(9.995, 2, Rounding::half_up), 10.0);
  EXPECT_EQ(rounded(2.675, 2, Rounding::half_up), 2.68);
}

Value answer(const std::string& expression, const Parameters& parameters = {}) {
  static const auto snapshot = open_in_memory(Schema::open()).snapshot();
  return query(snapshot, "RETURN " + expression + " AS v", parameters)[0][0];
}

// Whole numbers against 128 bits.
__extension__ using Wide = __int128;
TEST(Integers, OverflowIsAnError) {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr auto kGreatest = std::numeric_limits<std::int64_t>::max();
  const std::int64_t edges[] = {kLeast, kLeast + 1, -3'037'000'500, -7, -2, -1, 0, 1, 2, 7, 3'037'000'500, kGreatest - 1, kGreatest};
  const auto check = [](const char* op, std::int64_t a, std::int64_t b, bool is_refused, Wide wanted) {
    const Parameters parameters = {{"a", Value(a)}, {"b", Value(b)}};
    const auto text = std::string("$a ") + op + " $b";
    if (is_refused || wanted < kLeast || wanted > kGreatest) {
      EXPECT_THROW(answer(text, parameters), QueryError) << a << op << b;
    } else {
      EXPECT_EQ(answer(text, parameters), Value(static_cast<std::int64_t>(wanted))) << a << op << b;
    }
  };
  for (const auto a : edges) {
    for (const auto b : edges) {
      check("+", a, b, false, Wide{a} + b);
      check("-", a, b, false, Wide{a} - b);
      check("*", a, b, false, Wide{a} * b);
      check("/", a, b, b == 0, b == 0 ? Wide{0} : Wide{a} / b);
      check("%", a, b, b == 0, b == 0 ? Wide{0} : Wide{a} % b);
    }
  }
  EXPECT_THROW(answer("-$a", {{"a", Value(kLeast)}}), QueryError);
  EXPECT_THROW(answer("abs($a)", {{"a", Value(kLeast)}}), QueryError);
}

TEST(Numbers, ConversionsKeepEveryDigit) {
  EXPECT_EQ(answer("toInteger('9007199254740993.9')"), Value(std::int64_t{9'007'199'254'740'993}));
  EXPECT_EQ(answer("toInteger('-9223372036854775808')"), Value(std::numeric_limits<std::int64_t>::min()));
  EXPECT_EQ(answer("toInteger(-9223372036854775808.0)"), Value(std::numeric_limits<std::int64_t>::min()));
  for (const char* beyond : {"toInteger('9223372036854775808')", "toInteger(9223372036854775808.0)", "toInteger(1e300)", "toInteger(-1e300)",
                             "toInteger('1e300')", "toInteger(0.0 / 0.0)", "toInteger(1 / 0.0)"}) {
    EXPECT_TRUE(answer(beyond).is_null()) << beyond;
  }
}

TEST(Numbers, EdgesOfTheFunctions) {
  const auto nan = [](const char* text) { return std::isnan(answer(text).as_double()); };
  EXPECT_TRUE(nan("sqrt(-1)") && nan("log(-1)") && nan("log10(-1)") && nan("asin(2)") && nan("acos(2)") && nan("1.0 % 0") && nan("round(0.0 / 0.0)"));
  constexpr auto kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(answer("log(0)"), Value(-kInfinity));
  EXPECT_EQ(answer("exp(1000)"), Value(kInfinity));
  EXPECT_EQ(answer("round(1 / 0.0, 2)"), Value(kInfinity));
  EXPECT_EQ(answer("floor(-0.5)"), Value(-1.0));
  EXPECT_EQ(answer("sign(0.0 / 0.0)"), Value(0));
  EXPECT_EQ(answer("sign(decimal('-1e-38'))"), Value(-1));
  EXPECT_EQ(answer("toString(decimal('1e-38'))"), Value("0.00000000000000000000000000000000000001"));
  EXPECT_THROW(answer("decimal('1e-39')"), QueryError);
  EXPECT_THROW(answer("decimal('1e38')"), QueryError);
  EXPECT_EQ(answer("round(decimal('99999999999999999999999999999999999999'), 5)"), answer("decimal('99999999999999999999999999999999999999')"));
  EXPECT_THROW(answer("round(1.5, -1)"), QueryError);
  EXPECT_THROW(answer("round(1.5, 0, 'half_up')"), QueryError);
}

}  // namespace
}  // namespace policygraph::testing
