#include "policygraph/model/sources.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <string>
#include <thread>

namespace policygraph {
namespace {

SourceDocument document(std::uint64_t id, std::string uri) {
  SourceDocument result;
  result.id = {id};
  result.uri = std::move(uri);
  return result;
}

TEST(Sources, FindsByIdAndByUri) {
  const Sources sources({document(7, "b"), document(3, "c"), document(5, "a")}, nullptr);
  ASSERT_EQ(sources.documents().size(), 3U);
  EXPECT_EQ(sources.documents().front().id, DocumentId{3});
  EXPECT_EQ(sources.find(DocumentId{5})->uri, "a");
  EXPECT_EQ(sources.find(DocumentId{4}), nullptr);
  EXPECT_EQ(sources.find_uri("c")->id, DocumentId{3});
  EXPECT_EQ(sources.find_uri("d"), nullptr);
}

// Rounds of changes against a plain map; the sources before each round stay as they were.
TEST(Sources, ShareWhatStaysWhenDocumentsChange) {
  std::map<std::uint64_t, std::string> expected;
  Sources sources;
  const auto check = [](const Sources& seen, const std::map<std::uint64_t, std::string>& wanted) {
    ASSERT_EQ(seen.documents().size(), wanted.size());
    auto at = wanted.begin();
    for (const auto& held : seen.documents()) {
      EXPECT_EQ(held.id.value, at->first);
      EXPECT_EQ(held.uri, at->second);
      const auto first = std::ranges::find(wanted, held.uri, [](const auto& entry) { return entry.second; });
      EXPECT_EQ(seen.find_uri(held.uri)->id.value, first->first);
      EXPECT_EQ(seen.find(held.id)->uri, (at++)->second);
    }
    for (std::uint64_t id = 1; id < 130; ++id) EXPECT_EQ(seen.find({id}) != nullptr, wanted.contains(id));
    for (int i = 0; i < 60; ++i) {
      const auto uri = "uri " + std::to_string(i);
      const bool is_there = std::ranges::any_of(wanted, [&](const auto& entry) { return entry.second == uri; });
      EXPECT_EQ(seen.find_uri(uri) != nullptr, is_there);
    }
  };
  std::uint64_t state = 1;
  const auto below = [&](std::uint64_t bound) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33U) % bound;
  };
  for (int round = 0; round < 120; ++round) {
    const auto before = sources;
    const auto held = expected;
    std::vector<DocumentId> removed;
    std::vector<SourceDocument> added;
    for (auto i = below(3); i > 0; --i) {
      removed.push_back({1 + below(120)});
      expected.erase(removed.back().value);
    }
    for (auto i = below(4); i > 0; --i) {
      added.push_back(document(1 + below(120), "uri " + std::to_string(below(60))));
      expected[added.back().id.value] = added.back().uri;
    }
    sources = sources.with(added, removed, nullptr);
    check(sources, expected);
    check(before, held);
  }
}

TEST(Sources, AreEmptyByDefault) {
  const Sources sources;
  EXPECT_TRUE(sources.documents().empty());
  EXPECT_EQ(sources.find(DocumentId{1}), nullptr);
  EXPECT_EQ(sources.find_uri(""), nullptr);
  EXPECT_EQ(sources.text(DocumentId{1}), nullptr);
}

TEST(Sources, FetchATextOnceAndShareIt) {
  int fetched = 0;
  const Sources sources({document(1, "a")}, [&](DocumentId) {
    ++fetched;
    return std::make_shared<const std::string>("words");
  });
  const auto copy = sources;
  const auto first = sources.text(DocumentId{1});
  EXPECT_EQ(*first, "words");
  EXPECT_EQ(copy.text(DocumentId{1}).get(), first.get());
  EXPECT_EQ(fetched, 1);
}

TEST(Sources, FetchNoTextThatIsWithheld) {
  auto redacted = document(1, "a");
  redacted.is_redacted = true;
  auto bare = document(2, "b");
  bare.has_text = false;
  const Sources sources({redacted, bare}, [](DocumentId) { return std::make_shared<const std::string>("secret"); });
  EXPECT_EQ(sources.text(DocumentId{1}), nullptr);
  EXPECT_EQ(sources.text(DocumentId{2}), nullptr);
  EXPECT_EQ(sources.text(DocumentId{9}), nullptr);
}

TEST(Sources, HoldABoundedAmountOfText) {
  std::atomic<int> fetched = 0;
  std::vector<SourceDocument> documents;
  for (std::uint64_t id = 1; id <= 20; ++id) documents.push_back(document(id, std::to_string(id)));
  const Sources sources(documents, [&](DocumentId) {
    ++fetched;
    return std::make_shared<const std::string>(std::size_t{8} << 20, 'x');
  });
  std::weak_ptr<const std::string> first = sources.text(DocumentId{1});
  for (std::uint64_t id = 2; id <= 20; ++id) sources.text(DocumentId{id});
  EXPECT_TRUE(first.expired());
  sources.text(DocumentId{20});
  EXPECT_EQ(fetched, 20);
  EXPECT_EQ(sources.text(DocumentId{1})->size(), std::size_t{8} << 20);
}

TEST(Sources, BearManyThreads) {
  const Sources sources({document(1, "a"), document(2, "b")},
                        [](DocumentId id) { return std::make_shared<const std::string>(std::to_string(id.value)); });
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (std::uint64_t turn = 0; turn < 1000; ++turn) {
        const DocumentId id{turn % 2 + 1};
        if (*sources.text(id) != std::to_string(id.value)) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(SourceTier, NamesGoBothWays) {
  for (auto tier : {SourceTier::official, SourceTier::igo, SourceTier::academic, SourceTier::media, SourceTier::social,
                    SourceTier::unknown}) {
    EXPECT_EQ(tier_by_name(tier_name(tier)), tier);
  }
  EXPECT_EQ(tier_by_name("blog"), std::nullopt);
}

}  // namespace
}  // namespace policygraph
