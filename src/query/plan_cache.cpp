#include "policygraph/query/plan_cache.hpp"

#include <iterator>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace policygraph::inline v0 {
namespace {

struct Entry {
  std::string text;
  bool has_evidence;
  bool is_optimised;
  std::shared_ptr<const Procedures> procedures;
  PreparedQuery plan;

  bool fits(const QueryOptions& options) const {
    return has_evidence == options.evidence && is_optimised == options.optimise && procedures == options.procedures;
  }
};

}  // namespace

struct PlanCache::State {
  std::size_t most;
  mutable std::mutex mutex;
  std::optional<Snapshot> snapshot;                                         // of all plans
  std::list<Entry> entries;                                                 // used last first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_text;  // the text is the entry's
  std::size_t hits = 0, misses = 0;

  const PreparedQuery* find(const Snapshot& of, std::string_view text, const QueryOptions& options) {
    if (!snapshot || &snapshot->data() != &of.data()) return nullptr;
    const auto found = by_text.find(text);
    if (found == by_text.end() || !found->second->fits(options)) return nullptr;
    entries.splice(entries.begin(), entries, found->second);
    return &entries.front().plan;
  }

  void keep(const Snapshot& of, Entry entry) {
    if (!snapshot || &snapshot->data() != &of.data()) clear();
    snapshot = of;
    if (const auto old = by_text.find(entry.text); old != by_text.end()) drop(old->second);
    entries.push_front(std::move(entry));
    by_text.emplace(entries.front().text, entries.begin());
    if (entries.size() > most) drop(std::prev(entries.end()));
  }

  void drop(std::list<Entry>::iterator entry) {
    by_text.erase(entry->text);
    entries.erase(entry);
  }

  void clear() {
    by_text.clear();
    entries.clear();
  }
};

PlanCache::PlanCache(std::size_t most) : state_(std::make_unique<State>()) { state_->most = most; }
PlanCache::~PlanCache() = default;

PreparedQuery PlanCache::prepare(const Snapshot& snapshot, std::string_view text, const QueryOptions& options) {
  const bool is_kept = options.rules_off.empty() && options.as_of.is_unknown();
  if (is_kept) {
    const std::lock_guard lock(state_->mutex);
    if (const auto* found = state_->find(snapshot, text, options)) return ++state_->hits, *found;
    ++state_->misses;
  }
  auto plan = policygraph::prepare(snapshot, text, options);
  if (!is_kept) return plan;
  const std::lock_guard lock(state_->mutex);
  state_->keep(snapshot, {std::string(text), options.evidence, options.optimise, options.procedures, plan});
  return plan;
}

std::size_t PlanCache::size() const {
  const std::lock_guard lock(state_->mutex);
  return state_->entries.size();
}

std::size_t PlanCache::hits() const {
  const std::lock_guard lock(state_->mutex);
  return state_->hits;
}

std::size_t PlanCache::misses() const {
  const std::lock_guard lock(state_->mutex);
  return state_->misses;
}

}  // namespace policygraph::inline v0
