#include "graph/crew.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>

namespace policygraph::inline v0::detail::graph {
namespace {

TEST(Crew, WorksOnEachItemOnceWhateverTheSize) {
  for (const unsigned count : {1U, 2U, 5U}) {
    Crew crew(count);
    EXPECT_EQ(crew.size(), count);
    for (const std::uint32_t size : {0U, 1U, kBlock - 1, kBlock, kBlock + 1, 7 * kBlock, 40 * kBlock + 17}) {
      std::vector<std::uint32_t> seen(size), block_of(size);
      crew.run(size, [&](auto first, auto end, auto block, unsigned worker) {
        EXPECT_LT(worker, crew.size());
        for (auto i = first; i < end; ++i) {
          ++seen[i];
          block_of[i] = static_cast<std::uint32_t>(block);
        }
      });
      for (std::uint32_t i = 0; i < size; ++i) {
        ASSERT_EQ(seen[i], 1U) << i << " of " << size;
        ASSERT_EQ(block_of[i], i / kBlock);
      }
    }
  }
}

TEST(Crew, SeesInARoundWhatTheRoundBeforeLeft) {
  constexpr std::uint32_t kSize = 16 * kBlock;
  Crew crew(3);
  std::vector<std::uint64_t> values(kSize, 1), next(kSize);
  for (int round = 0; round < 200; ++round) {
    crew.run(kSize, [&](auto first, auto end, auto, unsigned) {
      for (auto i = first; i < end; ++i) next[i] = values[i] + values[kSize - 1 - i];
    });
    crew.run(kSize, [&](auto first, auto end, auto, unsigned) {
      for (auto i = first; i < end; ++i) values[i] = next[i] % 1'000'003;
    });
  }
  std::uint64_t expected = 1;
  for (int round = 0; round < 200; ++round) expected = 2 * expected % 1'000'003;
  EXPECT_EQ(std::ranges::count(values, expected), kSize);
}

TEST(Crew, GathersByWorkerAndForgetsWhatWasTaken) {
  Crew crew(4);
  ByWorker<std::uint32_t> found(crew.size());
  for (int round = 0; round < 3; ++round) {
    crew.run(20 * kBlock, [&](auto first, auto end, auto, unsigned worker) {
      for (auto i = first; i < end; ++i)
        if (i % 7 == 0) found[worker].push_back(i);
    });
    std::vector<std::uint32_t> all;
    found.take([&](const std::vector<std::uint32_t>& some) { all.insert(all.end(), some.begin(), some.end()); });
    std::ranges::sort(all);
    ASSERT_EQ(all.size(), (20 * kBlock + 6) / 7);
    for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i], 7 * i);
  }
}

TEST(Crew, TellsAFailureAndServesAgain) {
  Crew crew(3);
  const auto fail = [](auto first, auto, auto, unsigned) {
    if (first >= 9 * kBlock) throw std::runtime_error("a block failed");
  };
  for (int i = 0; i < 20; ++i) {
    EXPECT_THROW(crew.run(64 * kBlock, fail), std::runtime_error);
    std::atomic<std::uint32_t> sum = 0;
    crew.run(64 * kBlock, [&](auto first, auto end, auto, unsigned) { sum += end - first; });
    EXPECT_EQ(sum, 64 * kBlock);
  }
}

}  // namespace
}  // namespace policygraph::inline v0::detail::graph
