#include "graph/resting.hpp"

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "graph/grouped.hpp"
#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

struct Lists {
  std::vector<std::uint32_t> claims;
  std::vector<std::uint32_t> mentions;
};
using ByDocument = std::map<std::uint64_t, Lists>;

template <class Visit>
void visit_documents(const History& history, Claim claim, Visit visit) {
  for (const auto id : claim.evidence()) {
    if (const auto document = history.document_of(id)) visit(document.value);
  }
}

void add_claim(ByDocument& documents, const History& history, Claim claim) {
  const auto id = static_cast<std::uint32_t>(claim.id().value);
  visit_documents(history, claim, [&](std::uint64_t document) {
    auto& claims = documents[document].claims;
    if (claims.empty() || claims.back() != id) claims.push_back(id);
  });
}

void add_mention(ByDocument& documents, const Snapshot::Data& data, std::uint32_t number, KeptMention mention) {
  const auto key = static_cast<std::uint32_t>(mention.key().value);
  if (data.mention_of_key[key] == number)
    documents[data.history.document_of(mention.evidence()).value].mentions.push_back(key);
}

// The whole graph is read, so each step is a few cycles: the documents of evidence in an array, what rests on them as
// pairs that are then counted into place.
class WholeReader {
 public:
  explicit WholeReader(const Snapshot::Data& data)
      : data_(data), document_of_(data.history.counters().evidence + 1), rows_(data.history.counters().document + 1) {
    data.history.visit_evidence([&](EvidenceId id, DocumentId where) {
      if (id.value < document_of_.size() && where.value < rows_)  // a damaged file may say anything
        document_of_[id.value] = static_cast<std::uint32_t>(where.value);
    });
  }

  Resting::Lists claims() const {
    std::vector<Pair> pairs;
    std::vector<std::uint32_t> last(rows_);  // by document: the claim that rests on it
    data_.history.visit_claims([&](Claim claim) {
      const auto id = static_cast<std::uint32_t>(claim.id().value);
      for (const auto evidence : claim.evidence()) {
        const auto document = document_of(evidence);
        if (document != 0 && std::exchange(last[document], id) != id) pairs.push_back({document, id});
      }
    });
    return lists(pairs);
  }

  Resting::Lists mentions() const {
    std::vector<Pair> pairs;
    data_.history.visit_mentions([&](std::uint32_t number, KeptMention mention) {
      const auto key = static_cast<std::uint32_t>(mention.key().value);
      if (data_.mention_of_key[key] == number) pairs.push_back({document_of(mention.evidence()), key});
    });
    return lists(pairs);
  }

 private:
  struct Pair {
    std::uint32_t document, item;
  };

  std::uint32_t document_of(EvidenceId id) const noexcept {
    return id.value < document_of_.size() ? document_of_[id.value] : 0;
  }
  Resting::Lists lists(const std::vector<Pair>& pairs) const {
    return Resting::Lists(grouped<std::uint32_t>(rows_, [&](auto put) {
      for (const auto& [document, item] : pairs) put(document, item);
    }));
  }

  const Snapshot::Data& data_;
  std::vector<std::uint32_t> document_of_;  // by evidence; 0: it lies in none
  std::size_t rows_;
};

}  // namespace

Resting read_resting(const Snapshot::Data& data) {
  const WholeReader reader(data);
  return {reader.claims(), reader.mentions()};
}

Resting changed_resting(const Resting& before, const Snapshot::Data& data, const Part& part) {
  const auto& history = data.history;
  std::set<std::uint64_t> touched;
  for (const auto id : part.removed_documents) touched.insert(id.value);
  for (const auto& item : part.documents) touched.insert(item.document.id.value);
  for (const auto id : part.withdrawn) {
    if (const auto claim = history.find_claim(id))
      visit_documents(history, *claim, [&](std::uint64_t document) { touched.insert(document); });
  }
  ByDocument added;
  for (std::uint32_t place = 0; place < part.claims->size(); ++place) {
    const auto claim = (*part.claims)[place];
    if (!history.is_withdrawn(claim.id())) add_claim(added, history, claim);
  }
  const auto first = history.mention_count() - part.mentions->size();
  for (std::uint32_t place = 0; place < part.mentions->size(); ++place)
    add_mention(added, data, first + place, (*part.mentions)[place]);
  for (const auto& [id, lists] : added) touched.insert(id);

  auto after = before;
  for (const auto id : touched) {
    Lists lists;
    for (const auto claim : before.claims[id]) {
      if (!history.is_withdrawn(AssertionId{claim})) lists.claims.push_back(claim);
    }
    const bool is_gone = history.document({id}) == nullptr || history.document({id})->since + 1 == history.part_count();
    if (!is_gone) lists.mentions.assign(before.mentions[id].begin(), before.mentions[id].end());
    const auto& more = added[id];
    lists.claims.insert(lists.claims.end(), more.claims.begin(), more.claims.end());
    lists.mentions.insert(lists.mentions.end(), more.mentions.begin(), more.mentions.end());
    after.claims.set(id, lists.claims, data.edition);
    after.mentions.set(id, lists.mentions, data.edition);
  }
  return after;
}

}  // namespace policygraph::inline v0::detail::graph
