#pragma once

#include <memory>
#include <vector>

#include "graph/claim_table.hpp"
#include "graph/record_tables.hpp"
#include "policygraph/graph/journal.hpp"

namespace policygraph::inline v0::detail::graph {

/// The highest id of each kind given so far.
struct Counters {
  std::uint64_t commit = 0, document = 0, evidence = 0, node = 0, edge = 0, assertion = 0, judgement = 0, run = 0;
};

/// What a part of a commit brings and withdraws: a `Batch` whose many records are packed. It grows while a transaction
/// writes.
struct Part {
  Part(std::shared_ptr<StringTable> strings, CommitId of);

  CommitId commit;
  std::vector<Batch::NewDocument> documents;
  std::vector<DocumentId> removed_documents;
  std::shared_ptr<EvidenceTable> evidence;
  std::shared_ptr<MentionTable> mentions;
  std::shared_ptr<ClaimTable> claims;
  std::vector<AssertionId> withdrawn;
  std::shared_ptr<std::vector<Judgement>> judgements;  // as the tables: the history that takes the part shares them
  std::vector<JudgementId> withdrawn_judgements;
  std::vector<Run> runs;
  std::vector<Finding> findings;

  bool is_empty() const noexcept;
};

/// Throws Error(format) or Error(limit) where ids do not count up from `last`, are out of range, or say nonsense.
Part packed(const Batch& batch, const Counters& last, std::shared_ptr<StringTable> strings, std::uint32_t number);
/// Adds the records of a part to a batch.
void unpack(const Part& part, Batch& batch);

}  // namespace policygraph::inline v0::detail::graph
