#include "graph/quotes.hpp"

#include <algorithm>

#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::graph {

IndexedText::IndexedText(std::shared_ptr<const std::string> held) : text(std::move(held)), code_points(*text), lines(*text) {
  for (auto at = text->find('\f'); at != std::string::npos; at = text->find('\f', at + 1)) page_ends.push_back(static_cast<std::uint32_t>(at));
}

std::uint32_t IndexedText::page(std::size_t offset) const noexcept {
  if (page_ends.empty()) return 0;
  return static_cast<std::uint32_t>(std::lower_bound(page_ends.begin(), page_ends.end(), offset) - page_ends.begin()) + 1;
}

std::shared_ptr<const IndexedText> Quotes::text(const Sources& sources, DocumentId document) const {
  {
    const std::lock_guard lock(mutex_);
    const auto found = texts_.find(document);
    if (found != texts_.end()) return found->second;
  }
  auto held = sources.text(document);  // may read a file: not under the lock
  auto indexed = held == nullptr ? nullptr : std::make_shared<const IndexedText>(std::move(held));
  const std::lock_guard lock(mutex_);
  return texts_.try_emplace(document, std::move(indexed)).first->second;
}

std::size_t Quotes::memory_bytes() const {
  const std::lock_guard lock(mutex_);
  std::size_t bytes = 0;
  for (const auto& [id, indexed] : texts_) bytes += indexed == nullptr ? 0 : indexed->text->size();
  return bytes;
}

Citation cite(const Snapshot::Data& data, EvidenceId id, const Evidence& evidence) {
  Citation citation;
  citation.evidence = id;
  citation.document = evidence.document;
  citation.span = evidence.span;
  citation.extractor = evidence.extractor;
  citation.confidence = evidence.confidence;
  const auto* document = data.sources().find(evidence.document);
  if (document == nullptr) return citation;
  citation.title = document->title;
  citation.uri = document->uri;
  citation.published = document->published.to_string();
  if (document->is_redacted) citation.quote = "redacted";
  const auto held = document->is_redacted ? nullptr : data.quotes.text(data.sources(), evidence.document);
  if (held == nullptr) return citation;
  const auto& text = *held->text;
  const auto start = std::min<std::size_t>(evidence.span.start, text.size());
  const auto end = std::clamp<std::size_t>(evidence.span.end, start, text.size());
  citation.quote = text.substr(start, end - start);
  citation.start = held->code_points.code_points_before(start);
  citation.end = held->code_points.code_points_before(end);
  citation.line = held->lines.at(start).line;
  citation.page = held->page(start);
  return citation;
}

}  // namespace policygraph::inline v0::detail::graph
