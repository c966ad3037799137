#include "graph/resting.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

#include "graph/snapshot_data.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::testing {
namespace {

using detail::graph::read_resting;
using detail::graph::Resting;

// Claims by document, as the assertions themselves say.
std::map<std::uint64_t, std::vector<std::uint32_t>> claims_of_documents(const Snapshot& snapshot) {
  std::map<std::uint64_t, std::vector<std::uint32_t>> claims;
  for (const auto& assertion : snapshot.assertions()) {
    const auto id = static_cast<std::uint32_t>(assertion.id.value);
    for (const auto evidence : assertion.evidence) {
      auto& list = claims[snapshot.evidence(evidence).document.value];
      if (list.empty() || list.back() != id) list.push_back(id);
    }
  }
  return claims;
}

std::vector<std::uint32_t> plain(std::span<const std::uint32_t> items) { return {items.begin(), items.end()}; }

// What was kept up from commit to commit, what is read anew, and what the assertions say are one.
void check(const Snapshot& snapshot, std::size_t documents) {
  const auto& kept = snapshot.data().resting();
  const auto read = read_resting(snapshot.data());
  auto said = claims_of_documents(snapshot);
  for (std::size_t id = 0; id <= documents + 1; ++id) {
    EXPECT_EQ(plain(read.claims[id]), said[id]) << "document " << id;
    EXPECT_EQ(plain(kept.claims[id]), said[id]) << "document " << id;
    EXPECT_EQ(plain(kept.mentions[id]), plain(read.mentions[id])) << "document " << id;
  }
}

// Documents that come, speak of one another's things, are read again and go.
class Documents {
 public:
  void change() {
    auto edit = graph_.begin("test");
    const auto text = std::make_shared<const std::string>(20, 'x');
    if (ids_.size() < 6 || below(3) == 0) ids_.push_back(edit.add_document({}, text));
    else if (below(4) != 0) edit.replace_document(ids_[below(ids_.size())], {}, text);
    for (auto count = below(8); count > 0; --count) speak(edit);
    edit.commit();
    check(graph_.snapshot(), ids_.size());
  }

 private:
  std::uint32_t below(std::size_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  EvidenceId shown(Transaction& edit) {
    const auto start = below(15);
    return edit.add_evidence({ids_[below(ids_.size())], {start, start + 1 + below(4)}, "test/1", 1.0F});
  }
  // A node that several documents may show, one of them perhaps twice.
  void speak(Transaction& edit) {
    Assertion claim;
    claim.evidence = {shown(edit)};
    claim.subject = edit.add_mention({{}, "Thing", "x", claim.evidence.front()});
    claim.name = "Thing";
    for (auto more = below(3); more > 0; --more) claim.evidence.push_back(shown(edit));
    edit.add_assertion(claim);
  }

  Graph graph_ = open_in_memory(Schema::open());
  std::mt19937 random_{7};
  std::vector<DocumentId> ids_;
};

TEST(Resting, KeptUpAndReadAnewAreOne) {
  Documents documents;
  for (int round = 0; round < 80; ++round) documents.change();
}

}  // namespace
}  // namespace policygraph::testing
