#include "policygraph/base/sha256.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/sha256_blocks.hpp"

namespace policygraph {
namespace {

// The examples of FIPS 180-4 and of NIST's SHA256ShortMsg and LongMsg pages.
TEST(Sha256, AgreesWithTheStandard) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqr"
                       "smnopqrstnopqrstu"),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// One digest over the digests of every length around two blocks: each way the last block may be padded.
TEST(Sha256, PadsEveryLength) {
  std::string chain;
  for (std::size_t size = 0; size <= 130; ++size) chain += sha256_hex(std::string(size, 'x'));
  EXPECT_EQ(sha256_hex(chain), "87aca1c44bc7ba8897768170211f0a02063de70801131ff86c7edb9ce32c6a50");
}

TEST(Sha256, IsTheSameByInstructionsAndWithout) {
  if (!detail::base::has_sha256_instructions()) GTEST_SKIP() << "this processor has no instructions for SHA-256";
  std::mt19937 random(3);
  for (std::size_t blocks = 0; blocks < 40; ++blocks) {
    std::vector<unsigned char> bytes(blocks * detail::base::kSha256Block);
    for (auto& byte : bytes) byte = static_cast<unsigned char>(random());
    detail::base::Sha256State portable{1, 2, 3, 4, 5, 6, 7, 8}, native = portable;
    detail::base::sha256_blocks_portably(portable, bytes.data(), blocks);
    detail::base::sha256_blocks_by_instructions(native, bytes.data(), blocks);
    EXPECT_EQ(portable, native) << blocks;
  }
}

TEST(Sha256, HoldsNulBytes) { EXPECT_NE(sha256_hex(std::string_view("\0", 1)), sha256_hex("")); }

}  // namespace
}  // namespace policygraph
