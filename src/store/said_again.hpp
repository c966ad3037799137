#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/journal.hpp"

namespace policygraph::inline v0::detail::store {

/// Says what commits of a damaged file said again, as new commits of another graph, where commits between are lost: under new
/// ids, and without what rests on something that is lost. The other graph begins as the damaged one did until `last`.
class SaidAgain {
 public:
  using Text = std::function<std::shared_ptr<const std::string>(DocumentId, const std::string& sha256)>;

  /// What has an id up to those of `last` is the same in both.
  SaidAgain(Graph& graph, const Batch& last, Text text);
  /// The batches of one commit; `author` is that of the new one.
  void say(const std::function<void(const Journal::Visit&)>& batches, const std::string& author);
  /// Claims, mentions, evidence and judgements that could not be said again.
  std::uint64_t lost() const noexcept { return lost_; }

 private:
  template <class Id>
  class Ids {
   public:
    explicit Ids(std::uint64_t same) : same_(same) {}
    void put(Id old, Id now) { now_[old] = now; }
    Id operator[](Id old) const {
      if (old.value <= same_) return old;
      const auto found = now_.find(old);
      return found == now_.end() ? Id{} : found->second;
    }

   private:
    std::uint64_t same_;
    std::map<Id, Id> now_;
  };
  void say(Transaction& transaction, const Batch& batch);
  void say_documents(Transaction& transaction, const Batch& batch);
  void say_mention(Transaction& transaction, Mention mention);
  void say_claim(Transaction& transaction, Assertion claim);
  void say_judgement(Transaction& transaction, Judgement judgement);
  void say_rest(Transaction& transaction, const Batch& batch);
  /// What the graph refuses is lost.
  void attempt(const std::function<bool()>& say_one);

  Graph& graph_;
  Text text_;
  Ids<DocumentId> documents_;
  Ids<EvidenceId> evidence_;
  Ids<NodeKey> nodes_;
  Ids<EdgeKey> edges_;
  Ids<AssertionId> claims_;
  Ids<JudgementId> judgements_;
  std::uint64_t lost_ = 0;
};

}  // namespace policygraph::inline v0::detail::store
