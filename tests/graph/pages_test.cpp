#include "graph/packed_pages.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace policygraph::detail::graph {
namespace {

using List = std::vector<std::uint32_t>;

List some_list(std::mt19937& random) {
  List list(random() % 5);
  for (auto& item : list) item = static_cast<std::uint32_t>(random() % 100);
  return list;
}

TEST(PackedPages, EqualPlainNumbersOfAllWidths) {
  std::mt19937_64 random(5);
  for (std::uint32_t width = 0; width <= 32; ++width) {
    const auto some = [&] { return NodeKey{random() % (std::uint64_t{1} << width)}; };
    std::vector<NodeKey> plain(random() % 5000);
    for (auto& key : plain) key = some();
    const PackedPages<NodeKey> before(plain);
    auto after = before;
    auto changed = plain;
    changed.resize(6000);
    for (int i = 0; i < 3000; ++i) {
      const auto at = random() % changed.size();
      changed[at] = random() % 50 == 0 ? NodeKey{random() % 0xFFFFFFF0U} : some();
      after.set(at, changed[at], 1 + static_cast<Edition>(i) / 1000);
    }
    for (std::size_t i = 0; i < 6000; ++i) {
      ASSERT_EQ(before[i], i < plain.size() ? plain[i] : NodeKey());
      ASSERT_EQ(after[i], changed[i]);
    }
  }
}

TEST(PackedPages, KeysThatCountUpCostNothing) {
  std::vector<EdgeKey> keys;
  for (std::uint64_t key = 1; key <= 102'400; ++key) keys.push_back(EdgeKey{key + 4'000'000'000U});
  const PackedPages<EdgeKey> packed(keys);
  EXPECT_LT(packed.memory_bytes(), 15'000U);
  EXPECT_EQ(packed[77'777], keys[77'777]);
}

// Editions on top of one another, each against a plain map; those before go on reading as they did.
TEST(Pages, EditionsShareAndDoNotShow) {
  std::mt19937 random(3);
  PagedLists<std::uint32_t> lists;
  PagedNumbers numbers;
  RowSet rows;
  std::map<std::size_t, List> expected_lists;
  std::map<std::size_t, std::uint32_t> expected_numbers;
  std::set<std::uint32_t> expected_rows;
  for (Edition edition = 1; edition < 60; ++edition) {
    const auto old = std::tuple(lists, numbers, rows, expected_lists, expected_numbers, expected_rows);
    for (auto i = random() % 30; i > 0; --i) {
      const auto at = static_cast<std::uint32_t>(random() % 40000);
      const auto list = some_list(random);
      lists.set(at, list, edition);
      expected_lists[at] = list;
      const auto number = random() % 4 == 0 ? 0xFFFFFFFFU : static_cast<std::uint32_t>(random() % 9);
      numbers.set(at, number, edition);
      expected_numbers[at] = number;
      rows.insert(at, edition);
      expected_rows.insert(at);
    }
    const auto check = [](const auto& seen_lists, const auto& seen_numbers, const RowSet& seen_rows, auto& wanted_lists,
                          auto& wanted_numbers, auto& wanted_rows) {
      for (std::uint32_t at = 0; at < 40100; at += 1) {
        const auto list = wanted_lists.find(at);
        ASSERT_TRUE(std::ranges::equal(seen_lists[at], list == wanted_lists.end() ? List() : list->second));
        const auto number = wanted_numbers.find(at);
        ASSERT_EQ(seen_numbers[at], number == wanted_numbers.end() ? 0xFFFFFFFFU : number->second);
        ASSERT_EQ(seen_rows.has(at), wanted_rows.contains(at));
      }
      ASSERT_EQ(seen_rows.size(), wanted_rows.size());
      List visited;
      seen_rows.visit([&](std::uint32_t row) { visited.push_back(row); });
      ASSERT_TRUE(std::ranges::equal(visited, wanted_rows));
    };
    check(lists, numbers, rows, expected_lists, expected_numbers, expected_rows);
    if (edition % 8 == 0) std::apply(check, old);
  }
}

TEST(Pages, ListsComeFromGroups) {
  const auto groups = grouped<std::uint32_t>(1000, [](auto place) {
    for (std::uint32_t row = 0; row < 1000; ++row)
      for (std::uint32_t i = 0; i < row % 3; ++i) place(row, row * 10 + i);
  });
  const PagedLists<std::uint32_t> lists(groups);
  for (std::uint32_t row = 0; row < 1000; ++row) ASSERT_TRUE(std::ranges::equal(lists[row], groups[row]));
  EXPECT_TRUE(lists[1000].empty());
  EXPECT_TRUE(lists[100000].empty());
}

}  // namespace
}  // namespace policygraph::detail::graph
