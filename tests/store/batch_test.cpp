#include "store/claim_batch.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "policygraph/base/error.hpp"
#include "store/columns.hpp"
#include "store/packed_claims.hpp"
#include "store/value_bytes.hpp"

namespace policygraph {
namespace {

using detail::store::claim_batch;
using detail::store::kMostRows;
using detail::store::mention_batch;
using detail::store::read_claims;
using detail::store::read_mentions;
using detail::store::read_value;
using detail::store::read_withdrawn;
using detail::store::value_bytes;
using detail::store::withdrawn_batch;

std::vector<Value> every_kind() {
  return {nullptr,
          true,
          false,
          std::int64_t{0},
          std::numeric_limits<std::int64_t>::min(),
          std::numeric_limits<std::int64_t>::max(),
          Decimal::parse("4.90"),
          Decimal::parse("-0.5"),
          Decimal::parse("-9223372036854775809.00"),
          Decimal::parse("12345678901234567890123456789012345678"),
          2.5,
          std::nan(""),
          -0.0,
          "",
          "O\xCA\xBB" "zbekiston",
          std::string("a\0b", 3),
          PartialDate(),
          PartialDate::parse("2024"),
          PartialDate::parse("2024-10-05"),
          PartialDate::parse("2024-21"),
          PartialDate::parse("2004-06~"),
          PartialDate::parse("2018/.."),
          parse_day("-999999999-01-01"),
          parse_local_time("21:40:32.142"),
          parse_zoned_time("21:40+05:00"),
          parse_local_date_time("2015-07-21T21:40"),
          parse_zoned_date_time("2015-07-21T21:40+01:00"),
          parse_duration("P14DT16H12M"),
          ValueList{},
          ValueList{Value(ValueList{1, "two"}), Value(ValueMap{{"a", nullptr}, {"b", ValueList{2.5}}}), 3},
          ValueMap{},
          NodeKey{17},
          EdgeKey{9},
          Path{{NodeKey{1}, NodeKey{2}}, {EdgeKey{3}}}};
}

TEST(ValueBytes, OfEveryKindComeBack) {
  for (const auto& value : every_kind()) {
    const auto again = read_value(value_bytes(value));
    EXPECT_EQ(again, value) << value.to_string();
    EXPECT_EQ(again.to_string(), value.to_string());
  }
}

TEST(ValueBytes, NestUpToAThousand) {
  Value value = 1;
  for (int i = 0; i < 1000; ++i) value = Value(ValueList{std::move(value)});
  EXPECT_EQ(read_value(value_bytes(value)), value);
  value = Value(ValueList{std::move(value)});
  EXPECT_THROW(value_bytes(value), Error);
  EXPECT_THROW(read_value(std::string(100'000, '\x0E')), Error);
}

// Claims that differ in all they can differ in.
std::vector<Assertion> claims() {
  std::vector<Assertion> all;
  std::mt19937 random(3);
  const auto values = every_kind();
  for (std::uint32_t i = 0; i < 3000; ++i) {
    Assertion claim;
    claim.id.value = 100 + i * 2;
    claim.kind = static_cast<ClaimKind>(random() % 4);
    if (random() % 4 != 0) claim.subject.value = 1 + random() % 500;
    if (random() % 2 != 0) claim.object.value = 1 + random() % 500;
    if (random() % 2 != 0) claim.edge.value = 1 + random() % 500;
    claim.name = random() % 3 == 0 ? "name" : "depth" + std::to_string(random() % 5);
    claim.value = values[random() % values.size()];
    claim.modality = static_cast<Modality>(random() % 13);
    claim.rank = static_cast<Rank>(random() % 3);
    claim.review = static_cast<Review>(random() % 4);
    claim.confidence = static_cast<float>(random() % 100) / 99.0F;
    if (random() % 5 == 0) claim.valid_from = PartialDate::parse("2018-05");
    if (random() % 5 == 0) claim.valid_to = PartialDate::parse("2019/2020");
    if (random() % 9 == 0) claim.attributed_to.value = random() % 500;
    for (auto left = random() % 3; left > 0 || claim.evidence.empty(); --left) {
      claim.evidence.push_back({1 + random() % 10'000});
      if (left == 0) break;
    }
    claim.recorded_from.value = 7;
    all.push_back(std::move(claim));
  }
  return all;
}

TEST(ClaimBatch, ComesBack) {
  const auto written = claims();
  std::vector<Assertion> read;
  read_claims(claim_batch(written), CommitId{7}, read);
  ASSERT_EQ(read.size(), written.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_EQ(read[i], written[i]) << i;
    EXPECT_EQ(read[i].value.to_string(), written[i].value.to_string()) << i;
  }
}

TEST(ClaimBatch, OfNothingIsEmpty) {
  std::vector<Assertion> read;
  read_claims(claim_batch({}), CommitId{7}, read);
  EXPECT_TRUE(read.empty());
}

// What repeats is told once, numbers take the bits they need: a claim of a number about a node, 9 bytes at most.
TEST(ClaimBatch, PacksWhatIsAlike) {
  std::vector<Assertion> all(kMostRows);
  std::mt19937 random(4);
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto& claim = all[i];
    claim.id.value = i + 1;
    claim.kind = ClaimKind::property;
    claim.subject.value = i / 4 + 1;
    claim.name = i % 2 == 0 ? "depth" : "area";
    claim.value = static_cast<std::int64_t>(random() % 10000);
    claim.evidence = {EvidenceId{i / 2 + 1}};
  }
  EXPECT_LT(claim_batch(all).size(), 3 * all.size());
}

TEST(ClaimBatch, ReadsAnyBytes) {
  std::mt19937 random(5);
  const auto all = claims();
  const auto whole = claim_batch(std::span(all).first(200));
  std::size_t refused = 0;
  for (int i = 0; i < 5000; ++i) {
    auto bytes = whole.substr(0, random() % 4 == 0 ? random() % whole.size() : whole.size());
    for (int flips = 0; flips < 3 && !bytes.empty(); ++flips) bytes[random() % bytes.size()] ^= static_cast<char>(random());
    std::vector<Assertion> read;
    try {
      read_claims(bytes, CommitId{7}, read);
    } catch (const Error&) {
      ++refused;
    }
    EXPECT_LE(read.size(), kMostRows);
  }
  EXPECT_GT(refused, 1000U);
}

TEST(MentionBatch, ComesBack) {
  std::vector<Mention> written;
  for (std::uint64_t i = 1; i <= 1000; ++i) written.push_back({{i}, i % 3 == 0 ? "" : "Lake", "Como " + std::to_string(i % 7), {2 * i}});
  std::vector<Mention> read;
  read_mentions(mention_batch(written), read);
  EXPECT_EQ(read, written);
}

// Written twice by one writer, which must not remember the first.
TEST(PackedClaims, AreTheBytesOfTheirRecords) {
  const auto written = claims();
  auto strings = std::make_shared<detail::graph::StringTable>();
  detail::graph::ClaimTable table(strings);
  for (const auto& claim : written) table.add(claim);
  table.seal();
  detail::store::PackedClaims packed(*strings);
  for (int turn = 0; turn < 2; ++turn) {
    for (std::uint32_t i = turn == 0 ? 0 : 1000; i < table.size(); ++i) packed.add(table[i]);
    EXPECT_EQ(packed.take(), claim_batch(std::span(written).subspan(turn == 0 ? 0 : 1000))) << turn;
  }
  EXPECT_EQ(packed.take(), claim_batch({}));
}

TEST(PackedMentions, AreTheBytesOfTheirRecords) {
  std::vector<Mention> written;
  for (std::uint64_t i = 1; i <= 1000; ++i) written.push_back({{i}, i % 3 == 0 ? "" : "Lake", "Como " + std::to_string(i % 7), {2 * i}});
  auto strings = std::make_shared<detail::graph::StringTable>();
  detail::graph::MentionTable table(strings);
  for (const auto& mention : written) table.add(mention, 0);
  detail::store::PackedMentions packed(*strings);
  for (std::uint32_t i = 0; i < table.size(); ++i) packed.add(table[i]);
  EXPECT_EQ(packed.take(), mention_batch(written));
}

TEST(WithdrawnBatch, ComesBack) {
  const std::vector<std::uint64_t> ids = {9, 3, 4, 5'000'000'000};
  EXPECT_EQ(read_withdrawn(withdrawn_batch(ids)), ids);
  EXPECT_THROW(read_withdrawn(mention_batch({})), Error);
}

}  // namespace
}  // namespace policygraph
