#include "graph/part.hpp"

#include <string>
#include <utility>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

template <class Records, class IdOf>
void check_order(const Records& records, std::uint64_t last, const char* what, IdOf id_of) {
  for (const auto& record : records) {
    const std::uint64_t id = id_of(record);
    if (id <= last)
      throw Error(ErrorCode::format, std::string(what) + " ids of a commit do not count up at " + std::to_string(id));
    if (id > kMostKeys) throw Error(ErrorCode::limit, std::string("more than 4,294,967,280 ") + what + " ids");
    last = id;
  }
}

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

Part::Part(std::shared_ptr<StringTable> strings, CommitId of)
    : commit(of),
      evidence(std::make_shared<EvidenceTable>(strings)),
      mentions(std::make_shared<MentionTable>(strings)),
      claims(std::make_shared<ClaimTable>(std::move(strings))),
      judgements(std::make_shared<std::vector<Judgement>>()) {}

bool Part::is_empty() const noexcept {
  return documents.empty() && removed_documents.empty() && evidence->size() == 0 && mentions->size() == 0 &&
         claims->size() == 0 && withdrawn.empty() && judgements->empty() && withdrawn_judgements.empty() && runs.empty() &&
         findings.empty();
}

Part packed(const Batch& batch, const Counters& last, std::shared_ptr<StringTable> strings, std::uint32_t number) {
  check_order(batch.assertions, last.assertion, "assertion", [](const Assertion& a) { return a.id.value; });
  check_order(batch.evidence, last.evidence, "evidence", [](const Batch::NewEvidence& e) { return e.id.value; });
  check_order(batch.judgements, last.judgement, "judgement", [](const Judgement& j) { return j.id.value; });
  Part part(std::move(strings), batch.commit);
  part.documents = batch.documents;
  for (auto& item : part.documents) item.text.reset();  // texts stay with the journal
  part.removed_documents = batch.removed_documents;
  for (const auto& item : batch.evidence) part.evidence->add(item.id, view_of(item.evidence));
  for (const auto& mention : batch.mentions) part.mentions->add(mention, number);
  for (const auto& claim : batch.assertions) part.claims->add(claim);
  part.withdrawn = batch.withdrawn;
  *part.judgements = batch.judgements;
  part.withdrawn_judgements = batch.withdrawn_judgements;
  part.runs = batch.runs;
  part.findings = batch.findings;
  return part;
}

void unpack(const Part& part, Batch& batch) {
  append(batch.documents, part.documents);
  append(batch.removed_documents, part.removed_documents);
  for (std::uint32_t i = 0; i < part.evidence->size(); ++i)
    batch.evidence.push_back({part.evidence->id(i), (*part.evidence)[i]});
  for (std::uint32_t i = 0; i < part.mentions->size(); ++i) batch.mentions.push_back((*part.mentions)[i].record());
  for (std::uint32_t i = 0; i < part.claims->size(); ++i) batch.assertions.push_back((*part.claims)[i].record());
  append(batch.withdrawn, part.withdrawn);
  append(batch.judgements, *part.judgements);
  append(batch.withdrawn_judgements, part.withdrawn_judgements);
  append(batch.runs, part.runs);
  append(batch.findings, part.findings);
}

}  // namespace policygraph::inline v0::detail::graph
