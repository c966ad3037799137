#include "policygraph/model/sources.hpp"

#include <algorithm>
#include <deque>
#include <iterator>
#include <map>
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

// Documents that changed, by id; null: removed. They lie in layers, each sorted and shared, a newer one before an older one
// and less than half as long: one more costs O(log n) on the average, and copying the whole a pointer a layer.
class Changes {
 public:
  struct Change {
    DocumentId id;
    std::shared_ptr<const SourceDocument> document;
  };
  using Layer = std::vector<Change>;

  bool empty() const noexcept { return layers_.empty(); }
  /// No less than there are.
  std::size_t size() const noexcept {
    std::size_t sum = 0;
    for (const auto& layer : layers_) sum += layer->size();
    return sum;
  }
  const Change* find(DocumentId id) const noexcept {
    for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
      const auto found = std::ranges::lower_bound(**layer, id, {}, &Change::id);
      if (found != (*layer)->end() && found->id == id) return &*found;
    }
    return nullptr;
  }
  /// Requires: sorted, each id once.
  void add(Layer newer) {
    if (newer.empty()) return;
    while (!layers_.empty() && layers_.back()->size() < 2 * newer.size()) {
      newer = merged(*layers_.back(), std::move(newer));
      layers_.pop_back();
    }
    layers_.push_back(std::make_shared<const Layer>(std::move(newer)));
  }
  /// All in one.
  Layer all() const {
    Layer all;
    for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) all = merged(**layer, std::move(all));
    return all;
  }

 private:
  // `set_union` takes what is in both from the first.
  static Layer merged(const Layer& older, Layer newer) {
    Layer both;
    both.reserve(older.size() + newer.size());
    std::ranges::set_union(newer, older, std::back_inserter(both), {}, &Change::id, &Change::id);
    return both;
  }

  std::vector<std::shared_ptr<const Layer>> layers_;  // the newest last
};

}  // namespace

struct Sources::State {
  struct Table {
    std::vector<SourceDocument> documents;  // by id
    std::vector<std::uint32_t> by_uri;      // rows of `documents`
  };

  static std::shared_ptr<const Table> make_table(std::vector<SourceDocument> documents) {
    auto table = std::make_shared<Table>();
    table->documents = std::move(documents);
    table->by_uri = ordered_by_uri(table->documents);
    return table;
  }

  // Base and changes in one.
  std::vector<SourceDocument> joined() const {
    std::vector<SourceDocument> all;
    const auto changed = changes.all();
    auto change = changed.begin();
    const auto take = [&] {
      if (change->document != nullptr) all.push_back(*change->document);
      ++change;
    };
    for (const auto& document : base->documents) {
      while (change != changed.end() && change->id < document.id) take();
      if (change == changed.end() || change->id != document.id) all.push_back(document);
    }
    while (change != changed.end()) take();
    return all;
  }

  const Table& table() {
    if (changes.empty()) return *base;
    std::call_once(once, [this] { whole = make_table(joined()); });
    return *whole;
  }

  // The first of that address, by id; null: there is none.
  const SourceDocument* find_uri(std::string_view uri) {
    const auto& all = base->documents;
    const auto uri_of = [&](std::uint32_t row) -> std::string_view { return all[row].uri; };
    const SourceDocument* found = nullptr;
    for (const auto row : std::ranges::equal_range(base->by_uri, uri, {}, uri_of)) {
      if (changes.find(all[row].id) != nullptr) continue;
      found = &all[row];
      break;
    }
    std::call_once(changes_once, [this] { order_changes(); });
    const auto changed = std::ranges::lower_bound(changed_by_uri, uri, {}, &SourceDocument::uri);
    if (changed == changed_by_uri.end() || (*changed)->uri != uri) return found;
    return found != nullptr && found->id < (*changed)->id ? found : *changed;
  }

  void order_changes() {
    for (const auto& change : changes.all())
      if (change.document != nullptr) changed_by_uri.push_back(change.document.get());
    std::ranges::stable_sort(changed_by_uri, {}, &SourceDocument::uri);
  }

  std::shared_ptr<const Table> base;
  Changes changes;  // since the base
  FetchText fetch;
  FetchedTexts texts;
  std::once_flag once;
  std::shared_ptr<const Table> whole;  // made when first asked for
  std::once_flag changes_once;
  std::vector<const SourceDocument*> changed_by_uri;  // of the changes; made when first asked for
};

Sources::Sources(std::vector<SourceDocument> documents, FetchText fetch) : state_(std::make_shared<State>()) {
  std::stable_sort(documents.begin(), documents.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  state_->base = State::make_table(std::move(documents));
  state_->fetch = std::move(fetch);
}

Sources Sources::with(std::vector<SourceDocument> documents, const std::vector<DocumentId>& removed,
                      FetchText fetch) const {
  std::map<DocumentId, std::shared_ptr<const SourceDocument>> changed;
  for (const auto id : removed) changed[id] = nullptr;
  for (auto& document : documents) {
    const auto id = document.id;
    changed[id] = std::make_shared<const SourceDocument>(std::move(document));
  }
  Changes::Layer layer;
  layer.reserve(changed.size());
  for (auto& [id, document] : changed) layer.push_back({id, std::move(document)});

  Sources next({}, std::move(fetch));
  if (state_) {
    next.state_->base = state_->base;
    next.state_->changes = state_->changes;
  }
  auto& changes = next.state_->changes;
  changes.add(std::move(layer));
  if (changes.size() > 32 + next.state_->base->documents.size() / 4) {
    next.state_->base = State::make_table(next.state_->joined());
    changes = {};
  }
  return next;
}

const std::vector<SourceDocument>& Sources::documents() const {
  static const std::vector<SourceDocument> none;
  return state_ ? state_->table().documents : none;
}

const SourceDocument* Sources::find(DocumentId id) const noexcept {
  if (!state_) return nullptr;
  if (const auto* change = state_->changes.find(id)) return change->document.get();
  const auto& all = state_->base->documents;
  auto found = std::lower_bound(all.begin(), all.end(), id,
                                [](const auto& document, DocumentId key) { return document.id < key; });
  return found != all.end() && found->id == id ? &*found : nullptr;
}

const SourceDocument* Sources::find_uri(std::string_view uri) const {
  return state_ ? state_->find_uri(uri) : nullptr;
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
