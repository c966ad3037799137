#include "resolve/intake.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <tuple>
#include <utility>

#include "graph/node_preview.hpp"
#include "resolve/candidates.hpp"
#include "resolve/claims.hpp"
#include "resolve/decisions.hpp"
#include "resolve/identity.hpp"
#include "resolve/unique.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

void add_counts(ResolveCounts& counts, WrittenClaims written) {
  counts.mentions += written.mentions;
  counts.assertions += written.assertions;
  counts.judgements += written.judgements;
  counts.findings += written.findings;
  std::ranges::move(written.diagnostics, std::back_inserter(counts.diagnostics));
}

std::string own_address(const SourceDocument& source) { return source.uri + "#sha256-" + source.sha256.substr(0, 12); }

/// Two different documents of one call under one address: the later one gets an address of its own, so that none is
/// lost.
SourceDocument apart(SourceDocument source, const std::map<std::string, std::string>& met) {
  if (const auto at = met.find(source.uri); at != met.end() && at->second != source.sha256) source.uri = own_address(source);
  return source;
}

/// What identity is judged by.
graph::WantedValues wanted_values(const Schema& schema) {
  auto wanted = wanted_of_candidates();
  const auto of_sums = wanted_of_sums();
  wanted.labels.insert(wanted.labels.end(), of_sums.labels.begin(), of_sums.labels.end());
  wanted.properties.insert(wanted.properties.end(), of_sums.properties.begin(), of_sums.properties.end());
  for (const auto& label : schema.labels()) {
    for (const auto& property : label.properties) {
      if (!property.is_unique) continue;
      wanted.labels.push_back(label.name);
      wanted.properties.push_back(property.name);
    }
  }
  return wanted;
}

}  // namespace

bool comes_before(const SourceDocument& a, const SourceDocument& b) noexcept {
  return std::tie(a.uri, a.sha256) < std::tie(b.uri, b.sha256);
}

Intake::Intake(Transaction& transaction, const ResolveOptions& options, Met met)
    : transaction_(transaction), options_(options), before_(transaction.snapshot()), met_(std::move(met)) {}

/// The document of the graph that was read from an address; null: none was.
const SourceDocument* Intake::known(std::string_view uri) const {
  constexpr auto kRead = SourceDocument::Kind::read;
  const auto* found = before_.sources().find_uri(uri);
  if (found == nullptr || found->kind == kRead) return found;
  const auto& all = before_.sources().documents();  // an edit has that address too: mostly none at all
  const auto read = std::ranges::find_if(all, [&](const auto& one) { return one.kind == kRead && one.uri == uri; });
  return read == all.end() ? nullptr : &*read;
}

std::optional<Placing> Intake::place(const SourceDocument& source) {
  const auto* apart_before = known(own_address(source));
  if (apart_before != nullptr && apart_before->sha256 == source.sha256) {
    ++counts_.unchanged;
    return std::nullopt;
  }
  Placing placing{apart(source, met_), std::nullopt};
  const auto* old = known(placing.source.uri);
  const bool is_known = old != nullptr && old->sha256 == placing.source.sha256;
  const bool is_first = met_.emplace(placing.source.uri, placing.source.sha256).second;  // a known one too: another may have its address
  if (is_known || !is_first) {
    ++counts_.unchanged;
    return std::nullopt;
  }
  if (old != nullptr) placing.old = old->id;
  return placing;
}

/// The record under which it is kept: new, or in the place of the one with the same address.
DocumentId Intake::put(const Placing& placing, std::string_view text) {
  auto shared = std::make_shared<const std::string>(text);
  if (!placing.old) return transaction_.add_document(placing.source, std::move(shared));
  transaction_.replace_document(*placing.old, placing.source, std::move(shared));
  ++counts_.replaced;
  return *placing.old;
}

void Intake::add(const Placing& placing, const Document& document, Extraction extraction) {
  const auto id = put(placing, document.text());
  ++counts_.documents;
  auto written = write_claims(transaction_, before_.schema(), id, placing.source, document, std::move(extraction));
  std::ranges::move(written.sum_ends, std::back_inserter(sum_ends_));
  std::ranges::move(written.namings, std::back_inserter(namings_));
  add_counts(counts_, std::move(written));
}

/// Of the documents that the graph had, and of the new ones.
std::vector<Naming> Intake::all_namings() const {
  auto all = namings(before_);
  all.insert(all.end(), namings_.begin(), namings_.end());
  return all;
}

/// Sums of the new documents that are one with each other, or with those that the graph had.
std::vector<Judgement> Intake::same_as_told(const Snapshot& written, const std::vector<Judgement>& same) const {
  if (sum_ends_.empty()) return {};
  auto ends = sum_ends(before_);
  ends.insert(ends.end(), sum_ends_.begin(), sum_ends_.end());
  return same_sums(read_sums(written, ends, same), options_.same_threshold);
}

ResolveCounts Intake::finish() {
  if (counts_.documents == 0) return std::move(counts_);
  const auto written = graph::preview_nodes(transaction_, wanted_values(before_.schema()));
  const auto lexicon = lexicon_of(options_.packs.get());
  auto same = same_nodes(written, all_namings(), *lexicon, options_.same_threshold);
  std::ranges::move(same_by_unique(written), std::back_inserter(same));
  std::ranges::move(same_as_told(written, same), std::back_inserter(same));
  counts_.judgements += same.size();
  for (auto& judgement : same) transaction_.add_judgement(std::move(judgement));
  for (auto& decision : decisions_to_carry(before_, written)) transaction_.add_judgement(std::move(decision));
  return std::move(counts_);
}

}  // namespace policygraph::inline v0::detail::resolve
