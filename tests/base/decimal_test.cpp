#include "policygraph/base/decimal.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

#include "base/decimal_beside_float.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph {
namespace {

Decimal d(std::string_view text) { return Decimal::parse(text); }

const std::string kLongest(38, '9');

ErrorCode code_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::io;
}

TEST(Decimal, KeepsTheScaleAsWritten) {
  for (const char* text :
       {"0", "4.90", "-4.90", "0.000", "100", "1.0", "-0.01", "123456789012345678901234567890.12345678"})
    EXPECT_EQ(d(text).to_string(), text);
  EXPECT_EQ(d(kLongest).to_string(), kLongest);
  EXPECT_EQ(d("-0." + kLongest).to_string(), "-0." + kLongest);
  EXPECT_EQ(d("+007.50").to_string(), "7.50");
  EXPECT_EQ(d("-0").to_string(), "0");
}

TEST(Decimal, ReadsExponents) {
  EXPECT_EQ(d("49e5").to_string(), "4900000");
  EXPECT_EQ(d("4.9E+6").to_string(), "4900000");
  EXPECT_EQ(d("4.9e-3").to_string(), "0.0049");
  EXPECT_EQ(d("1e37").to_string(), "1" + std::string(37, '0'));
  EXPECT_EQ(d("10e-38").to_string(), "0." + std::string(36, '0') + "10");
  EXPECT_EQ(d("0e99999999999999999999").to_string(), "0");
  EXPECT_EQ(d("1" + std::string(100, '0') + "e-100").to_string(), "1." + std::string(37, '0'));
  EXPECT_EQ(d("1." + std::string(100, '0')).to_string(), "1." + std::string(37, '0'));
}

TEST(Decimal, RefusesOtherTextWithItsColumn) {
  const struct {
    const char* text;
    unsigned column;
  } cases[] = {{"", 1},   {"-", 2},   {".5", 1},    {"5.", 3},   {"1,000", 2}, {"1 000", 2}, {" 1", 1},
               {"1e", 3}, {"1e+", 4}, {"1.2.3", 4}, {"0x10", 2}, {"nan", 1},   {"--1", 2},   {"1\n", 2}};
  for (const auto& c : cases) {
    EXPECT_FALSE(Decimal::try_parse(c.text)) << c.text;
    try {
      d(c.text);
      ADD_FAILURE() << c.text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::format) << c.text;
      ASSERT_TRUE(error.place()) << c.text;
      EXPECT_EQ(error.place()->column, c.column) << c.text;
    }
  }
}

TEST(Decimal, RefusesWhatDoesNotFit) {
  for (const std::string& text : {kLongest + "1", std::string("1e38"), std::string("1e-39"),
                                  std::string("1e999999999999999999999"), "1." + kLongest, std::string("1.5e-38")}) {
    EXPECT_FALSE(Decimal::try_parse(text)) << text;
    EXPECT_EQ(code_of([&] { d(text); }), ErrorCode::limit) << text;
  }
  EXPECT_EQ(code_of([] { Decimal(0, 1, 39); }), ErrorCode::limit);
  EXPECT_EQ(code_of([] { Decimal(INT64_MIN, 0, 0); }), ErrorCode::limit);
  EXPECT_EQ(code_of([] { d(kLongest) + d("1"); }), ErrorCode::limit);
  EXPECT_EQ(code_of([] { d(kLongest) * d("2"); }), ErrorCode::limit);
  EXPECT_EQ(code_of([] { divide(d("1"), d("0.00"), 2); }), ErrorCode::run);
  EXPECT_EQ(code_of([] { divide(d(kLongest), d("0." + kLongest), 38); }), ErrorCode::limit);
  EXPECT_EQ(code_of([] { (void)d("10").rescaled(38); }), ErrorCode::limit);
}

TEST(Decimal, ComparesByNumber) {
  EXPECT_EQ(d("4.90"), d("4.9"));
  EXPECT_EQ(d("4.90").hash(), d("4.9").hash());
  EXPECT_EQ(d("0.000"), Decimal());
  EXPECT_LT(d("-1"), d("0.5"));
  EXPECT_LT(d("-" + kLongest), d("-0." + kLongest));
  EXPECT_GT(d("9007199254740993"), d("9007199254740992.9"));
}

TEST(Decimal, RoundsHalfToEven) {
  EXPECT_EQ(d("2.5").rescaled(0).to_string(), "2");
  EXPECT_EQ(d("3.5").rescaled(0).to_string(), "4");
  EXPECT_EQ(d("-2.51").rescaled(0).to_string(), "-3");
  EXPECT_EQ(d("2.345").rescaled(2).to_string(), "2.34");
  EXPECT_EQ(d("2").rescaled(3).to_string(), "2.000");
  EXPECT_EQ(divide(d("1"), d("3"), 5).to_string(), "0.33333");
  EXPECT_EQ(divide(d("1"), d("8"), 2).to_string(), "0.12");
  EXPECT_EQ(divide(d("-3"), d("8"), 2).to_string(), "-0.38");
  EXPECT_EQ(divide(d("2"), d("3"), 38).to_string(), "0." + std::string(37, '6') + "7");
}

TEST(Decimal, Converts) {
  EXPECT_EQ(d("4900000.00").to_int64(), 4900000);
  EXPECT_FALSE(d("4.9").to_int64());
  EXPECT_EQ(d("-9223372036854775808").to_int64(), INT64_MIN);
  EXPECT_FALSE(d("9223372036854775808").to_int64());
  EXPECT_EQ(Decimal(INT64_MIN).to_string(), "-9223372036854775808");
  EXPECT_TRUE(d("100.00").is_integer());
  EXPECT_FALSE(d("100.01").is_integer());
  EXPECT_EQ(d("4900000.00").normalised().to_string(), "4900000");
  EXPECT_EQ(d("4.900").normalised().to_string(), "4.9");
  EXPECT_EQ(d("0.1").to_double(), 0.1);
  EXPECT_EQ(d("-123456789.123456789").to_double(), -123456789.123456789);
  EXPECT_EQ((-d("4.9")).to_string(), "-4.9");
}

// Exact results of another implementation (Python's decimal at 400 digits); "" where the result does not fit.
const struct {
  const char* a;
  const char* b;
  int scale;
  const char* sum;
  const char* difference;
  const char* product;
  const char* quotient;
  int order;
} kVectors[] = {
#include "decimal_vectors.inc"
};

template <class Call>
void expect_result(const Call& call, std::string_view wanted, const char* what) {
  try {
    EXPECT_EQ(call().normalised().to_string(), wanted) << what;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::limit) << what;
    EXPECT_EQ(wanted, "") << what;
  }
}

TEST(Decimal, AgreesWithAnotherImplementation) {
  for (const auto& v : kVectors) {
    const Decimal a = d(v.a);
    const Decimal b = d(v.b);
    EXPECT_EQ(a.to_string(), v.a);
    expect_result([&] { return a + b; }, v.sum, "sum");
    expect_result([&] { return a - b; }, v.difference, "difference");
    expect_result([&] { return a * b; }, v.product, "product");
    expect_result([&] { return divide(a, b, static_cast<std::uint8_t>(v.scale)); }, v.quotient, "quotient");
    EXPECT_EQ(a < b ? -1 : a == b ? 0 : 1, v.order);
  }
}

TEST(Decimal, StandsBesideFloatsExactly) {
  const auto compare = [](const char* a, double b) { return detail::base::compare_exactly(Decimal::parse(a), b); };
  EXPECT_TRUE(compare("0.1", 0.1) < 0);
  EXPECT_TRUE(compare("-0.1", -0.1) > 0);
  EXPECT_TRUE(compare("0.5", 0.5) == 0);
  EXPECT_TRUE(compare("0.00", -0.0) == 0);
  EXPECT_TRUE(compare("0.3", 0.3) > 0);
  EXPECT_TRUE(compare("0.1000000000000000055511151231257827021", 0.1) < 0);  // 18 digits more are its last
  EXPECT_TRUE(compare("0.10000000000000000555111512312578270212", 0.1) > 0);
  EXPECT_TRUE(compare("9007199254740993", 9007199254740992.0) > 0);
  EXPECT_TRUE(compare("9223372036854775807", 0x1p63) < 0);
  EXPECT_TRUE(compare("99999999999999999999999999999999999999", 1e38) > 0);  // which is 99999999999999997748...
  EXPECT_TRUE(compare("0.00000000000000000000000000000000000001", 1e-38) != 0);
  EXPECT_TRUE(compare("1", std::numeric_limits<double>::infinity()) < 0);
  EXPECT_TRUE(compare("0", 5e-324) < 0);
  EXPECT_TRUE(compare("1", std::numeric_limits<double>::quiet_NaN()) == std::partial_ordering::unordered);
}

// The slow twin: small decimals as whole thousandths.
TEST(Decimal, AgreesWithWholeThousandths) {
  constexpr int kFactor[] = {1000, 100, 10, 1};
  for (int x = -25; x <= 25; x += 3) {
    for (int y = -25; y <= 25; ++y) {
      for (int i = 0; i < 4; ++i) {
        const Decimal a(x < 0 ? -1 : 0, static_cast<std::uint64_t>(std::int64_t{x}), static_cast<std::uint8_t>(i));
        const Decimal b = Decimal(y).rescaled(1);
        const int left = x * kFactor[i];
        const int right = y * 1000;
        EXPECT_EQ((a + b).rescaled(3).low(), static_cast<std::uint64_t>(std::int64_t{left + right}));
        EXPECT_EQ((a * b).rescaled(3).low(), static_cast<std::uint64_t>(std::int64_t{left * y}));
        EXPECT_EQ(a < b, left < right);
        EXPECT_EQ(a == b, left == right);
        EXPECT_TRUE(a != b || a.hash() == b.hash());
      }
    }
  }
}

}  // namespace
}  // namespace policygraph
