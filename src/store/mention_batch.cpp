// The formats are docs/store_format.md, "Mentions" and "Withdrawn".
#include "store/claim_batch.hpp"
#include "store/columns.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

enum Column : std::uint8_t { kStrings = 1, kKey = 2, kType = 3, kSurface = 4, kEvidence = 5 };
constexpr std::uint8_t kIds = 1;

}  // namespace

std::string mention_batch(std::span<const Mention> mentions) {
  Dictionary strings;
  std::vector<std::uint64_t> key, type, surface, evidence;
  for (const auto& mention : mentions) {
    key.push_back(mention.key.value);
    type.push_back(strings.number(mention.type));
    surface.push_back(strings.number(mention.surface));
    evidence.push_back(mention.evidence.value);
  }
  BatchOut out(BatchKind::mentions, mentions.size());
  out.strings(kStrings, strings.strings());
  out.numbers(kKey, key);
  out.numbers(kType, type);
  out.numbers(kSurface, surface);
  out.numbers(kEvidence, evidence);
  return out.take();
}

void read_mentions(std::string_view bytes, std::vector<Mention>& mentions) {
  const BatchView batch(BatchKind::mentions, bytes);
  const auto strings = batch.strings(kStrings);
  Taken key(batch.numbers(kKey, batch.rows())), type(batch.numbers(kType, batch.rows()));
  Taken surface(batch.numbers(kSurface, batch.rows())), evidence(batch.numbers(kEvidence, batch.rows()));
  for (std::size_t i = 0; i < batch.rows(); ++i) {
    Mention mention;
    mention.key.value = key.next();
    mention.type = entry(strings, type.next());
    mention.surface = entry(strings, surface.next());
    mention.evidence.value = evidence.next();
    mentions.push_back(std::move(mention));
  }
  for (const auto* column : {&key, &type, &surface, &evidence}) column->end();
}

std::string withdrawn_batch(std::span<const std::uint64_t> ids) {
  BatchOut out(BatchKind::withdrawn, ids.size());
  out.numbers(kIds, ids);
  return out.take();
}

std::vector<std::uint64_t> read_withdrawn(std::string_view bytes) {
  const BatchView batch(BatchKind::withdrawn, bytes);
  auto ids = batch.numbers(kIds, batch.rows());
  if (ids.size() != batch.rows()) refuse_bytes("a column is shorter than the rows it is of");
  return ids;
}

}  // namespace policygraph::inline v0::detail::store
