#include "store/numbers.hpp"

#include <gtest/gtest.h>

#include <random>

#include "policygraph/base/error.hpp"

namespace policygraph {
namespace {

using detail::store::ByteOut;
using detail::store::ByteView;
using Numbers = std::vector<std::uint64_t>;

std::string packed(const Numbers& numbers) {
  ByteOut out;
  detail::store::pack_numbers(numbers, out);
  return out.take();
}

Numbers unpacked(const std::string& bytes, std::size_t most = 1'000'000) {
  ByteView view(bytes);
  auto numbers = detail::store::unpack_numbers(view, most);
  view.end();
  return numbers;
}

TEST(Numbers, ComeBackOfEveryWidth) {
  std::mt19937_64 random(1);
  for (unsigned width = 0; width <= 64; ++width) {
    for (const std::size_t count : {1U, 2U, 63U, 1024U, 1025U, 3000U}) {
      Numbers numbers(count);
      for (auto& number : numbers) number = width == 0 ? 7 : random() >> (64 - width);
      EXPECT_EQ(unpacked(packed(numbers)), numbers) << width << " bits, " << count;
    }
  }
}

TEST(Numbers, ComeBackInAnyOrder) {
  const Numbers ends = {0, ~std::uint64_t{0}, 1, std::uint64_t{1} << 63, 0};
  EXPECT_EQ(unpacked(packed(ends)), ends);
  EXPECT_EQ(unpacked(packed({})), Numbers());
  Numbers falling;
  for (std::uint64_t i = 5000; i > 0; --i) falling.push_back(3 * i);
  EXPECT_EQ(unpacked(packed(falling)), falling);
}

TEST(Numbers, ThatCountUpTakeNoBits) {
  Numbers numbers;
  for (std::uint64_t i = 0; i < 16'384; ++i) numbers.push_back(1'000'000 + i);
  EXPECT_LT(packed(numbers).size(), 160U);
}

TEST(Numbers, AreRefusedWhereThereAreTooMany) { EXPECT_THROW(unpacked(packed({1, 2, 3}), 2), Error); }

// Bytes that were not written end in an error or in some numbers, never past the bytes.
TEST(Numbers, ReadAnyBytes) {
  std::mt19937 random(2);
  Numbers numbers(1500);
  for (auto& number : numbers) number = random() % 1000;
  const auto whole = packed(numbers);
  std::size_t refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    auto bytes = whole.substr(0, random() % 4 == 0 ? random() % whole.size() : whole.size());
    for (int flips = 0; flips < 3 && !bytes.empty(); ++flips) bytes[random() % std::min<std::size_t>(bytes.size(), 40)] ^= static_cast<char>(random());
    try {
      EXPECT_LE(unpacked(bytes, 16'384).size(), 16'384U);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::format);
      ++refused;
    }
  }
  EXPECT_GT(refused, 1000U);
}

}  // namespace
}  // namespace policygraph
