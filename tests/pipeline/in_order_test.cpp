#include "pipeline/in_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

namespace policygraph::detail::pipeline {
namespace {

TEST(InOrder, HandsOnInOrderWhoeverMakes) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    std::vector<std::size_t> taken;
    InOrder<std::string>(200, threads)
        .run(
            [](std::size_t number) {
              if (number % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
              return std::to_string(number);
            },
            [&](std::size_t number, std::string made) {
              EXPECT_EQ(made, std::to_string(number));
              taken.push_back(number);
            });
    ASSERT_EQ(taken.size(), 200U);
    EXPECT_TRUE(std::ranges::is_sorted(taken));
  }
}

TEST(InOrder, MakesOnlyAFewAhead) {
  for (const unsigned threads : {1U, 2U, 4U}) {
    std::atomic<std::size_t> held = 0, most = 0;
    InOrder<int>(300, threads)
        .run(
            [&](std::size_t) {
              const auto now = ++held;
              for (auto seen = most.load(); seen < now && !most.compare_exchange_weak(seen, now);) {
              }
              return 0;
            },
            [&](std::size_t, int) { --held; });
    EXPECT_LE(most, threads == 1 ? 1U : 4U * threads + 1);  // those ahead, and the one being taken
    EXPECT_EQ(held, 0U);
  }
}

TEST(InOrder, ThrowsTheFirstFailureInOrder) {
  for (const unsigned threads : {1U, 3U}) {
    std::size_t taken = 0;
    const auto run = [&] {
      InOrder<int>(100, threads)
          .run(
              [](std::size_t number) {
                if (number == 40 || number == 41) throw std::runtime_error(std::to_string(number));
                return 0;
              },
              [&](std::size_t, int) { ++taken; });
    };
    try {
      run();
      FAIL() << "did not throw";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "40");
    }
    EXPECT_EQ(taken, 40U);
  }
}

TEST(InOrder, EndsWhenTakingFails) {
  const auto run = [] {
    InOrder<int>(1000, 4).run([](std::size_t) { return 0; },
                              [](std::size_t number, int) {
                                if (number == 10) throw std::runtime_error("enough");
                              });
  };
  EXPECT_THROW(run(), std::runtime_error);
}

TEST(InOrder, NothingIsNothing) {
  InOrder<int>(0, 2).run([](std::size_t) { return 0; }, [](std::size_t, int) { FAIL() << "nothing was to be made"; });
}

}  // namespace
}  // namespace policygraph::detail::pipeline
