#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>

#include "graph/history.hpp"
#include "graph/packed_values.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t below(std::uint64_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }
  bool one_in(std::uint32_t bound) { return below(bound) == 0; }

 private:
  std::mt19937_64 engine_;
};

TEST(PackedNumbers, ReadsWhatWasWritten) {
  Random random(1);
  for (std::uint32_t width = 0; width <= 32; ++width) {
    PackedNumbers packed;
    std::vector<std::uint32_t> plain;
    for (int i = 0; i < 2500; ++i) {
      plain.push_back(0x80U + random.below(std::uint64_t{1} << width) / (width == 32 ? 2 : 1));
      packed.push_back(plain.back());
      if (i == 300 || i == 1023 || i == 1500) packed.seal();
    }
    packed.seal();
    ASSERT_EQ(packed.size(), plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) ASSERT_EQ(packed[i], plain[i]) << width << " bits, place " << i;
    packed.push_back(plain.emplace_back(7));
    for (const std::size_t first : {0, 1, 1000, 2048, 2500}) {
      std::vector<std::uint32_t> some(plain.size() - first);
      packed.read(first, some.size(), some.data());
      ASSERT_TRUE(std::equal(some.begin(), some.end(), plain.end() - static_cast<std::ptrdiff_t>(some.size()))) << width << " bits from " << first;
    }
  }
}

TEST(PackedNumbers, EqualNumbersCostNextToNothing) {
  PackedNumbers packed;
  for (int i = 0; i < 1'000'000; ++i) packed.push_back(77);
  packed.seal();
  EXPECT_LT(packed.memory_bytes(), 13'000U);
  for (int i = 0; i < 1'000'000; ++i) packed.push_back(77U + static_cast<std::uint32_t>(i % 2));
  packed.seal();
  EXPECT_LT(packed.memory_bytes(), 26'000U + 1'000'000U / 8 + 1000);
  EXPECT_EQ(packed[999'999], 77U);
  EXPECT_EQ(packed[1'999'999], 78U);
}

TEST(PackedIds, AreFoundWithAndWithoutGaps) {
  Random random(2);
  for (const std::uint32_t gap : {1U, 2U, 50U}) {
    PackedIds ids;
    std::map<std::uint32_t, std::size_t> places;
    std::uint32_t id = 1000;
    for (std::size_t i = 0; i < 3000; ++i) {
      id += 1 + (random.one_in(gap) && gap > 1 ? random.below(gap) : 0);
      places[id] = i;
      ids.push_back(id);
    }
    for (std::uint32_t wanted = 900; wanted < id + 100; ++wanted) {
      const auto known = places.find(wanted);
      ASSERT_EQ(ids.find(wanted), known == places.end() ? PackedIds::kNowhere : known->second);
    }
    for (const auto& [known, place] : places) ASSERT_EQ(ids[place], known);
  }
}

std::vector<std::uint32_t> random_list(Random& random, bool is_mostly_single) {
  std::vector<std::uint32_t> list(is_mostly_single ? !random.one_in(300) : random.below(4));
  for (auto& item : list) item = random.below(1000);
  return list;
}

TEST(PagedLists, EqualPlainListsBeforeAndAfterWriting) {
  Random random(8);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::vector<std::uint32_t>> plain(random.below(1200));
    for (auto& list : plain) list = random_list(random, round % 2 == 0);
    const PagedLists<std::uint32_t> before(grouped<std::uint32_t>(plain.size(), [&](auto place) {
      for (std::uint32_t row = 0; row < plain.size(); ++row)
        for (const auto item : plain[row]) place(row, item);
    }));
    auto after = before;
    auto changed = plain;
    for (int i = 0; i < 300; ++i) {
      const auto row = random.below(1500);
      if (row >= changed.size()) changed.resize(row + 1);
      changed[row] = random_list(random, random.one_in(2));
      after.set(row, changed[row], 1);
    }
    for (std::size_t row = 0; row < 1600; ++row) {
      ASSERT_TRUE(std::ranges::equal(before[row], row < plain.size() ? plain[row] : std::vector<std::uint32_t>()));
      ASSERT_TRUE(std::ranges::equal(after[row], row < changed.size() ? changed[row] : std::vector<std::uint32_t>()));
    }
  }
}

TEST(PagedLists, OfOneItemARowCostTheItems) {
  constexpr std::uint32_t kRows = 100'000;
  const PagedLists<std::uint32_t> lists(grouped<std::uint32_t>(kRows, [](auto place) {
    for (std::uint32_t row = 0; row < kRows; ++row) place(row, row);
  }));
  EXPECT_LT(lists.memory_bytes(), kRows * 5);
}

TEST(StringTable, NumbersEqualStringsAlike) {
  StringTable table;
  EXPECT_EQ(table.number(""), 0U);
  std::map<std::string, std::uint32_t> plain;
  Random random(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string text(random.one_in(500) ? random.below(300'000) : random.below(200), static_cast<char>('a' + random.below(26)));
    text += std::to_string(random.below(5000));
    const auto number = table.number(text);
    const auto [known, is_new] = plain.emplace(text, number);
    ASSERT_EQ(known->second, number);
    ASSERT_EQ(table[number], text);
  }
  for (const auto& [text, number] : plain) {
    ASSERT_EQ(table[number], text);
    ASSERT_EQ(table.find(text), number);
  }
  EXPECT_EQ(table.find("never said"), std::nullopt);
}

TEST(StringTable, IsReadWhileItGrows) {
  StringTable table;
  std::atomic<std::uint32_t> known = table.number("name 0");
  std::atomic<std::uint32_t> wrong = 0;
  const auto read = [&] {
    std::uint32_t last = 0;
    while (last < 20'000) {
      last = known.load(std::memory_order_acquire);
      const auto text = "name " + std::to_string(last - 1);
      if (table[last] != text || table.find(text) != last) ++wrong;
    }
  };
  std::thread first(read);
  std::thread second(read);
  for (std::uint32_t i = 1; i < 20'000; ++i) known.store(table.number("name " + std::to_string(i)), std::memory_order_release);
  first.join();
  second.join();
  EXPECT_EQ(wrong, 0U);
}

template <class T>
void expect_values(const std::vector<T>& plain, std::size_t most_bytes) {
  PackedValues<T> packed;
  for (const auto& value : plain) packed.push_back(value);
  packed.seal();
  ASSERT_EQ(packed.size(), plain.size());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    ASSERT_EQ(packed[i], plain[i]);
    if constexpr (std::is_same_v<T, Decimal>) {
      ASSERT_EQ(packed[i].scale(), plain[i].scale());
    }
  }
  EXPECT_LE(packed.memory_bytes(), most_bytes);
}

TEST(PackedValues, ArePackedWhileTheyCanBe) {
  Random random(9);
  std::vector<std::int64_t> integers;
  std::vector<Decimal> decimals;
  std::vector<PartialDate> dates;
  for (int i = 0; i < 2048; ++i) {
    integers.push_back(static_cast<std::int64_t>(random.below(200)) - 100);
    decimals.push_back(Decimal::parse("-" + std::to_string(random.below(99)) + ".25"));
    dates.push_back(PartialDate::day(2020, 1 + static_cast<int>(random.below(12)), 1 + static_cast<int>(random.below(28))));
  }
  expect_values(integers, 2300);
  expect_values(decimals, 4300);
  expect_values(dates, 2600);
  integers[1500] = std::int64_t{1} << 40;
  decimals[1500] = Decimal::parse("1.250");
  dates[1500] = PartialDate::parse("2024-06~");
  expect_values(integers, 2048 * 8 + 100);
  expect_values(decimals, 2048 * 24 + 100);
  expect_values(dates, 2048 * sizeof(PartialDate) + 100);
}

Value random_value(Random& random) {
  static const std::vector<std::string> kDates = {"2024", "2024-10", "2019-11-21", "2018/2021", "2024/..", "2004-06~", "201X", "0007"};
  switch (random.below(12)) {
    case 0: return random.one_in(2);
    case 1: return static_cast<std::int64_t>(random.below(100)) - 50;
    case 2: return std::numeric_limits<std::int64_t>::min() + random.below(9);
    case 3: return std::int64_t{std::numeric_limits<std::int32_t>::min()} - 1 + random.below(3);
    case 4: return std::int64_t{std::numeric_limits<std::int32_t>::max()} - 1 + random.below(3);
    case 5: return Decimal::parse(random.one_in(2) ? "-4.90" : std::to_string(random.below(9999)) + ".5");
    case 6: return Decimal::parse(random.one_in(2) ? "99999999999999999999.123" : "-2147483648");
    case 7: return 0.1 * random.below(100);
    case 8: return "words " + std::to_string(random.below(20));
    case 9: return PartialDate::parse(kDates[random.below(kDates.size())]);
    case 10: return ValueList{Value("a"), Value(std::int64_t{random.below(3)})};
    default: return Value();
  }
}

Assertion random_claim(Random& random, std::uint64_t id) {
  Assertion claim;
  claim.id = AssertionId{id};
  claim.kind = static_cast<ClaimKind>(random.below(4));
  if (!random.one_in(4)) claim.subject = NodeKey{1 + random.below(1000)};
  if (random.one_in(2)) claim.object = NodeKey{random.one_in(50) ? kMostKeys : 1 + random.below(1000)};
  if (random.one_in(2)) claim.edge = EdgeKey{1 + id / 2};
  claim.name = random.one_in(9) ? "" : "name" + std::to_string(random.below(5));
  claim.value = random_value(random);
  claim.modality = static_cast<Modality>(random.below(13));
  claim.rank = static_cast<Rank>(random.below(3));
  claim.review = static_cast<Review>(random.below(4));
  if (random.one_in(2)) claim.confidence = 0.01F * static_cast<float>(random.below(100));
  if (random.one_in(5)) claim.valid_from = PartialDate::parse("2020-05");
  if (random.one_in(5)) claim.valid_to = PartialDate::parse("../2029");
  if (random.one_in(5)) claim.attributed_to = NodeKey{3};
  if (random.one_in(20)) claim.recorded_to = CommitId{9};
  claim.recorded_from = CommitId{1 + id / 700};
  const auto evidence = random.one_in(3) ? random.below(4) : 1;
  for (std::uint32_t i = 0; i < evidence; ++i) claim.evidence.push_back(EvidenceId{1 + id + random.below(3)});
  return claim;
}

void expect_fields(Claim claim, const Assertion& record) {
  ASSERT_EQ(claim.record(), record);
  EXPECT_EQ(claim.id(), record.id);
  EXPECT_EQ(claim.kind(), record.kind);
  EXPECT_EQ(claim.name(), record.name);
  EXPECT_EQ(claim.value_kind(), record.value.kind());
  EXPECT_TRUE(claim.has_value(record.value));
  EXPECT_FALSE(claim.has_value(Value("never said")));
  EXPECT_EQ(claim.evidence().size(), record.evidence.size());
  EXPECT_EQ(claim.valid_from(), record.valid_from);
  EXPECT_EQ(claim.valid_to(), record.valid_to);
}

TEST(ClaimTable, GivesBackEveryField) {
  Random random(4);
  ClaimTable table(std::make_shared<StringTable>());
  std::vector<Assertion> plain;
  for (std::uint64_t id = 5; plain.size() < 5000; id += random.one_in(100) ? 7 : 1) {
    plain.push_back(random_claim(random, id));
    table.add(plain.back());
    if (random.one_in(700)) table.seal();  // goes on growing
  }
  table.seal();
  ASSERT_EQ(table.size(), plain.size());
  for (std::uint32_t i = 0; i < plain.size(); ++i) {
    expect_fields(table[i], plain[i]);
    const auto found = table.find(plain[i].id);
    ASSERT_TRUE(found.has_value());
    ASSERT_EQ(found->id(), plain[i].id);
    const auto other = random.below(plain.size());
    ASSERT_EQ(table[i].has_value_of(table[other]), plain[i].value == plain[other].value);
  }
  EXPECT_FALSE(table.find(AssertionId{4}).has_value());
  EXPECT_FALSE(table.find(AssertionId{plain.back().id.value + 1}).has_value());
}

TEST(ClaimTable, RefusesNumbersPastThirtyTwoBits) {
  ClaimTable table(std::make_shared<StringTable>());
  Assertion claim;
  claim.id = AssertionId{1};
  claim.evidence = {EvidenceId{1}};
  claim.subject = NodeKey{kMostKeys + 1};
  EXPECT_THROW(table.add(claim), Error);
  claim.subject = NodeKey{1};
  claim.evidence = {EvidenceId{std::uint64_t{1} << 40}};
  EXPECT_THROW(table.add(claim), Error);
  EXPECT_EQ(table.size(), 0U);
  claim.evidence = {EvidenceId{1}};
  table.add(claim);
  EXPECT_EQ(table[0].record(), claim);
}

TEST(ClaimTable, ClaimsOfOneShapeCostAFewBytes) {
  ClaimTable table(std::make_shared<StringTable>());
  Random random(5);
  constexpr std::uint32_t kCount = 100'000;
  for (std::uint32_t i = 1; i <= kCount; ++i) {
    Assertion claim;
    claim.id = AssertionId{i};
    claim.kind = ClaimKind::edge;
    claim.name = i % 2 == 0 ? "FUNDS" : "CITES";
    claim.subject = NodeKey{1 + random.below(kCount)};
    claim.object = NodeKey{1 + random.below(kCount)};
    claim.edge = EdgeKey{i};
    claim.evidence = {EvidenceId{i}};
    claim.recorded_from = CommitId{1};
    table.add(claim);
  }
  table.seal();
  EXPECT_LT(table.memory_bytes(), kCount * 9);
}

// Commits of all sizes: the tables are joined, what they hold stays.
TEST(History, FewTablesHoldWhatManyCommitsBrought) {
  Random random(6);
  History history;
  std::vector<Assertion> claims;
  std::vector<Mention> mentions;
  std::vector<Batch::NewEvidence> evidence;
  for (std::uint64_t commit = 1; commit <= 500; ++commit) {
    Batch batch;
    batch.commit = CommitId{commit};
    if (commit == 1) {
      SourceDocument document;
      document.id = DocumentId{1};
      batch.documents.push_back({document, nullptr});
    }
    for (auto i = random.below(random.one_in(50) ? 2000 : 5); i > 0; --i) {
      evidence.push_back({EvidenceId{evidence.size() + 1}, {DocumentId{1}, {i, i + random.below(9)}, random.one_in(3) ? "a/1" : "b/2", 0.5F}});
      batch.evidence.push_back(evidence.back());
      mentions.push_back({NodeKey{mentions.size() + 1}, "Act", "surface " + std::to_string(random.below(50)), evidence.back().id});
      batch.mentions.push_back(mentions.back());
      claims.push_back(random_claim(random, claims.size() + 1));
      batch.assertions.push_back(claims.back());
    }
    history.push(batch);
  }
  ASSERT_EQ(history.part_count(), 500U);
  std::size_t number = 0;
  history.visit_claims([&](Claim claim) { ASSERT_EQ(claim.record(), claims[number++]); });
  EXPECT_EQ(number, claims.size());
  for (const auto& claim : claims) ASSERT_EQ(history.find_claim(claim.id)->record(), claim);
  for (const auto& item : evidence) ASSERT_EQ(history.evidence(item.id), item.evidence);
  EXPECT_EQ(history.evidence(EvidenceId{evidence.size() + 1}), std::nullopt);
  history.visit_mentions([&](std::uint32_t place, KeptMention mention) { ASSERT_EQ(mention.record(), mentions[place]); });
  EXPECT_EQ(history.mention_count(), mentions.size());
  EXPECT_EQ(history.mention(7).record(), mentions[7]);
}

TEST(Degrees, OfASnapshotAreThoseOfItsEdges) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  const auto hub = transaction.create_node({"Hub"});
  for (int i = 0; i < 5; ++i) transaction.create_edge(hub, "HAS", transaction.create_node({"Leaf"}));
  transaction.create_edge(hub, "HAS", hub);
  transaction.commit();
  graph.compact();
  const auto snapshot = graph.snapshot();
  const auto& degrees = snapshot.degrees(*snapshot.edge_type("HAS"));
  EXPECT_EQ(degrees.edges, 6U);
  EXPECT_EQ(degrees.out.nodes, 1U);
  EXPECT_EQ(degrees.out.most, 6U);
  EXPECT_EQ(degrees.out.histogram[2], 1U);
  EXPECT_EQ(degrees.in.nodes, 6U);
  EXPECT_EQ(degrees.in.histogram[0], 6U);
  EXPECT_DOUBLE_EQ(degrees.mean_out(), 6.0);
  EXPECT_DOUBLE_EQ(degrees.walk_in(), 1.0);
}

TEST(History, RefusesIdsThatDoNotCountUp) {
  History history;
  Batch batch;
  batch.commit = CommitId{1};
  Assertion claim;
  claim.id = AssertionId{2};
  batch.assertions = {claim, claim};
  EXPECT_THROW(history.push(batch), Error);
  batch.assertions = {claim};
  batch.assertions.front().subject = NodeKey{std::uint64_t{1} << 33};
  EXPECT_THROW(history.push(batch), Error);
  EXPECT_EQ(history.part_count(), 0U);
}

}  // namespace
}  // namespace policygraph::inline v0::detail::graph
