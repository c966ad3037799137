#include "policygraph/graph/graph.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "graph/derivation.hpp"
#include "graph/graph_state.hpp"
#include "graph/image_snapshot.hpp"
#include "graph/joined_news.hpp"
#include "graph/memory_journal.hpp"
#include "graph/packed_journal.hpp"
#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {

Graph::State::State(Schema rules, std::unique_ptr<Journal> journal)
    : schema(std::move(rules)),
      texts(std::make_shared<detail::graph::Texts>(std::move(journal))),
      packed_(dynamic_cast<detail::graph::PackedJournal*>(&texts->journal())) {
  retired_.reserve(kMostRetired);
  if (open_image()) return;
  publish(replayed());
  texts->journal().keep_image(Snapshot(current_));
}

bool Graph::State::open_image() {
  const auto image = texts->journal().image();
  if (image == nullptr) return false;
  try {
    publish(detail::graph::read_image(schema, image, [this](const auto& history) { return detail::graph::fetch_for(texts, history); }));
    is_mapped_ = true;
    if (has_news()) take_news();
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::format) throw;
    return false;  // replaying tells what is damaged, if it is not the image alone
  }
}

std::shared_ptr<const Snapshot::Data> Graph::State::replayed() const {
  detail::graph::History history;
  texts->journal().replay([&](const Batch& batch) { history.push(batch); });
  auto fetch = detail::graph::fetch_for(texts, history);
  return detail::graph::derive(schema, std::move(history), std::move(fetch));
}

std::shared_ptr<const Snapshot::Data> Graph::State::current() const {
  const std::lock_guard lock(mutex_);
  if (!is_open_) throw Error(ErrorCode::closed, "the graph is closed");
  return current_;
}

void Graph::State::publish(std::shared_ptr<const Snapshot::Data> data) {
  {
    const std::lock_guard lock(mutex_);
    current_.swap(data);
  }
  last_commit_.store(current_->history.counters().commit, std::memory_order_release);
  retire(std::move(data));
}

// A state is taken apart by whoever lets go of it last. That is to be the writer, which made it, and not a reader that looks
// something up: so it keeps those that readers have when they are replaced, until they are its alone. What stands on another
// base is not kept, as it would keep that.
void Graph::State::retire(std::shared_ptr<const Snapshot::Data> old) noexcept {
  const auto base_of = [](const auto& data) { return data->base == nullptr ? data.get() : data->base.get(); };
  std::erase_if(retired_, [&](const auto& data) { return data.use_count() == 1 || base_of(data) != base_of(current_); });
  if (old == nullptr || old.use_count() == 1 || old->base == nullptr || base_of(old) != base_of(current_)) return;
  if (retired_.size() == kMostRetired) retired_.erase(retired_.begin());
  retired_.push_back(std::move(old));
}

void Graph::State::close() {
  {
    const std::lock_guard lock(mutex_);
    if (!is_open_) return;
    is_open_ = false;
  }
  const std::lock_guard turn(turn_mutex_);
  if (is_writing_) return;  // it closes when it ends
  retired_.clear();
  keep_image();
  texts->journal().close();
}

// So that whoever opens it next need not derive what is at hand. What rests on an image cannot be one; when too much came since
// for that one to be read, all is derived anew: the next to open would have to, and may be one of many who cannot write.
void Graph::State::keep_image() noexcept {
  try {
    const auto data = current_->base == nullptr ? current_ : current_->base;
    auto& journal = texts->journal();
    if (journal.image() != nullptr) return;
    if (!is_mapped_ && detail::graph::is_writable(*data)) return journal.keep_image(Snapshot(data));
    if (packed_ != nullptr && packed_->wants_image(current_->history.record_count())) journal.keep_image(Snapshot(replayed()));
  } catch (...) {
    return;
  }
}

bool Graph::State::is_open() const {
  const std::lock_guard lock(mutex_);
  return is_open_;
}

// In the order in which they are taken elsewhere.
void Graph::State::before_fork() noexcept {
  turn_mutex_.lock();
  mutex_.lock();
  texts->rest();
}

// Those who wait for their turn do so in the parent alone; nobody tells the child's copy that they are gone.
void Graph::State::after_fork(bool is_child) noexcept {
  texts->go_on();
  mutex_.unlock();
  if (is_child) ::new (&turn_ended_) std::condition_variable;
  turn_mutex_.unlock();
}

bool Graph::State::take_turn(std::string_view author, std::chrono::milliseconds timeout) {
  std::unique_lock lock(turn_mutex_);
  if (!turn_ended_.wait_for(lock, timeout, [this] { return !is_writing_; })) return false;
  writer_ = author;  // first: it may find no memory
  is_writing_ = true;
  return true;
}

void Graph::State::begin_writing(std::string_view author, std::chrono::milliseconds timeout) {
  if (packed_ != nullptr) packed_->refuse_if_forked();  // whoever has the turn may have stayed in the parent
  const auto end = std::chrono::steady_clock::now() + timeout;
  if (!take_turn(author, timeout)) {
    const std::lock_guard lock(turn_mutex_);
    throw Error(ErrorCode::busy,
                "'" + writer_ + "' is writing to the graph; waited " + std::to_string(timeout.count()) + " ms");
  }
  try {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    texts->journal().lock(author, std::max(left, std::chrono::milliseconds(0)));
  } catch (...) {
    end_turn();
    throw;
  }
  try {
    const auto last = current()->history.counters().commit;
    if (packed_ == nullptr ? has_news() : !packed_->is_newest(CommitId{last})) take_news();
  } catch (...) {
    end_writing();
    throw;
  }
  is_locked_.store(true, std::memory_order_release);
}

void Graph::State::end_turn() noexcept {
  {
    const std::lock_guard lock(turn_mutex_);
    is_writing_ = false;
    if (!is_open()) texts->journal().close();
  }
  turn_ended_.notify_one();
}

void Graph::State::end_writing() noexcept {
  if (stays_with_group()) return;
  is_locked_.store(false, std::memory_order_release);
  texts->journal().unlock();
  end_turn();
}

void Graph::State::refresh() {
  if (is_locked_.load(std::memory_order_acquire) || is_too_early() || !has_news()) return;
  if (!take_turn("refreshing", std::chrono::milliseconds(0))) return;
  const auto begun = std::chrono::steady_clock::now();
  try {
    if (has_news()) take_news();
  } catch (...) {
    end_turn();
    throw;
  }
  pay_for(begun);
  end_turn();
}

// Whoever reads beside one that commits without a pause would do nothing but derive what comes.
bool Graph::State::is_too_early() const noexcept {
  const auto next = next_look_.load(std::memory_order_relaxed);
  return next != 0 && std::chrono::steady_clock::now().time_since_epoch().count() < next;
}

// Its share of the time passes to the reader's credit, up to a little; what comes now and then is seen at once.
void Graph::State::pay_for(std::chrono::steady_clock::time_point begun) noexcept {
  using Seconds = std::chrono::duration<double>;
  constexpr double kMostCredit = 0.01;
  const auto share = packed_ == nullptr ? 1 : packed_->share_for_news();
  if (share >= 1) return;
  const auto now = std::chrono::steady_clock::now();
  const auto rate = share / (1 - share);
  credit_ = std::min(kMostCredit, credit_ + rate * Seconds(begun - credit_at_).count()) - Seconds(now - begun).count();
  credit_at_ = now;
  if (credit_ >= 0) return;
  const auto rest = std::chrono::duration_cast<std::chrono::steady_clock::duration>(Seconds(-credit_ / rate));
  next_look_.store((now + rest).time_since_epoch().count(), std::memory_order_relaxed);
}

bool Graph::State::has_news() const {
  return texts->journal().has_news(CommitId{last_commit_.load(std::memory_order_acquire)});
}

// Commits of others cost what they touch, as those of our own do; what comes in many batches, or large ones, is derived once.
void Graph::State::take_news() {
  constexpr std::size_t kMostSteps = 256;
  auto data = current();
  auto history = data->history;
  const auto most = detail::graph::most_news(data->history.record_count());
  std::size_t steps = 0, records = 0;
  const auto is_step_by_step = [&] { return steps <= kMostSteps && records <= most; };
  const auto take = [&](const Batch& batch) {
    const auto number = static_cast<std::uint32_t>(history.part_count());
    const auto part = detail::graph::packed(batch, history.counters(), history.strings(), number);
    history.push(part);
    ++steps;
    records += detail::graph::JoinedNews::record_count(batch);
    if (is_step_by_step()) data = detail::graph::derive_on(data, history, part, detail::graph::fetch_for(texts, history));
  };
  detail::graph::JoinedNews news(history.counters().document);
  texts->journal().replay_after(CommitId{history.counters().commit}, [&](const Batch& batch) { news.add(batch, take); });
  news.flush(take);
  if (steps == 0) return;
  if (is_step_by_step()) return publish(std::move(data));
  auto fetch = detail::graph::fetch_for(texts, history);
  auto derived = detail::graph::derive(schema, std::move(history), std::move(fetch));
  derived->edition = data->edition + 1;
  publish(std::move(derived));
}

Graph::Graph(Schema schema, std::unique_ptr<Journal> journal)
    : state_(std::make_shared<State>(std::move(schema), std::move(journal))) {}

const Schema& Graph::schema() const noexcept { return state_->schema; }
Snapshot Graph::snapshot() const {
  state_->refresh();
  return Snapshot(state_->current());
}
void Graph::close() { state_->close(); }
bool Graph::is_open() const noexcept { return state_->is_open(); }

Transaction Graph::begin(std::string_view author, std::chrono::milliseconds timeout) {
  if (!state_->is_open()) throw Error(ErrorCode::closed, "the graph is closed");
  state_->begin_writing(author, timeout);
  try {
    return Transaction(std::make_unique<Transaction::State>(state_, author));
  } catch (...) {
    state_->end_writing();
    throw;
  }
}

void Graph::compact(std::chrono::milliseconds timeout) {
  const auto turn = begin("compaction", timeout);
  const auto current = state_->current();
  if (current->base == nullptr) return;
  auto data = detail::graph::derive(current->schema, current->history, current->fetch);
  data->edition = current->edition + 1;
  if (const auto* resting = current->resting_lists.made()) data->resting_lists.put(*resting);
  state_->publish(std::move(data));
}

Graph open_in_memory(Schema schema) { return Graph(std::move(schema), detail::graph::make_text_journal()); }

}  // namespace policygraph::inline v0
