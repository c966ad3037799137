#include "policygraph/model/sources.hpp"

#include <algorithm>
#include <deque>
#include <mutex>
#include <numeric>
#include <unordered_map>

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kTextBytesHeld = std::size_t{64} << 20;

using Text = std::shared_ptr<const std::string>;

// Texts fetched so far. The latest are kept alive up to a bound; older ones are found while somebody else holds them.
class FetchedTexts {
 public:
  Text find(DocumentId id) {
    std::scoped_lock lock(mutex_);
    auto found = known_.find(id);
    return found == known_.end() ? nullptr : found->second.lock();
  }

  // What others should share: the text another thread put here meanwhile, else this one.
  Text put(DocumentId id, Text text) {
    std::scoped_lock lock(mutex_);
    auto& known = known_[id];
    if (auto earlier = known.lock()) return earlier;
    known = text;
    latest_.push_back(text);
    bytes_ += text->size();
    while (bytes_ > kTextBytesHeld && latest_.size() > 1) {
      bytes_ -= latest_.front()->size();
      latest_.pop_front();
    }
    return text;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<DocumentId, std::weak_ptr<const std::string>> known_;
  std::deque<Text> latest_;
  std::size_t bytes_ = 0;
};

std::vector<std::uint32_t> ordered_by_uri(const std::vector<SourceDocument>& documents) {
  std::vector<std::uint32_t> rows(documents.size());
  std::iota(rows.begin(), rows.end(), 0U);
  std::stable_sort(rows.begin(), rows.end(), [&](auto a, auto b) { return documents[a].uri < documents[b].uri; });
  return rows;
}

}  // namespace

struct Sources::State {
  std::vector<SourceDocument> documents;  // by id
  std::vector<std::uint32_t> by_uri;      // rows of `documents`
  FetchText fetch;
  FetchedTexts texts;
};

Sources::Sources(std::vector<SourceDocument> documents, FetchText fetch) : state_(std::make_shared<State>()) {
  std::stable_sort(documents.begin(), documents.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  state_->documents = std::move(documents);
  state_->by_uri = ordered_by_uri(state_->documents);
  state_->fetch = std::move(fetch);
}

const std::vector<SourceDocument>& Sources::documents() const noexcept {
  static const std::vector<SourceDocument> none;
  return state_ ? state_->documents : none;
}

const SourceDocument* Sources::find(DocumentId id) const noexcept {
  const auto& all = documents();
  auto found = std::lower_bound(all.begin(), all.end(), id,
                                [](const auto& document, DocumentId key) { return document.id < key; });
  return found != all.end() && found->id == id ? &*found : nullptr;
}

const SourceDocument* Sources::find_uri(std::string_view uri) const noexcept {
  if (!state_) return nullptr;
  const auto& all = state_->documents;
  auto found = std::lower_bound(state_->by_uri.begin(), state_->by_uri.end(), uri,
                                [&](std::uint32_t row, std::string_view key) { return all[row].uri < key; });
  return found != state_->by_uri.end() && all[*found].uri == uri ? &all[*found] : nullptr;
}

std::shared_ptr<const std::string> Sources::text(DocumentId id) const {
  const auto* document = find(id);
  if (document == nullptr || document->is_redacted || !document->has_text || !state_->fetch) return nullptr;
  if (auto known = state_->texts.find(id)) return known;
  auto fetched = state_->fetch(id);
  return fetched ? state_->texts.put(id, std::move(fetched)) : nullptr;
}

std::string_view tier_name(SourceTier tier) noexcept {
  switch (tier) {
    case SourceTier::official:
      return "official";
    case SourceTier::igo:
      return "igo";
    case SourceTier::academic:
      return "academic";
    case SourceTier::media:
      return "media";
    case SourceTier::social:
      return "social";
    case SourceTier::unknown:
      break;
  }
  return "unknown";
}

std::optional<SourceTier> tier_by_name(std::string_view name) noexcept {
  for (auto tier : {SourceTier::official, SourceTier::igo, SourceTier::academic, SourceTier::media, SourceTier::social,
                    SourceTier::unknown}) {
    if (tier_name(tier) == name) return tier;
  }
  return std::nullopt;
}

}  // namespace policygraph::inline v0
