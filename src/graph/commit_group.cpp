#include "policygraph/graph/commit_group.hpp"

#include <utility>

#include "graph/graph_state.hpp"
#include "graph/grouping_journal.hpp"
#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

detail::graph::GroupingJournal* grouping(Journal& journal) noexcept { return dynamic_cast<detail::graph::GroupingJournal*>(&journal); }

[[noreturn]] void refuse_busy() {
  throw Error(ErrorCode::busy, "a transaction of this group is open; commit it or roll it back first");
}

[[noreturn]] void throw_lost(const Error& error, std::size_t count) {
  throw Error(error.code(), error.text() + "; " + std::to_string(count) + " commits that waited are gone");
}

}  // namespace

// ---- of a graph

std::uint64_t Graph::State::open_group(const GroupOptions& options) {
  const std::lock_guard lock(turn_mutex_);
  waiting_.emplace();
  waiting_->id = ++last_group_;
  waiting_->options = options;
  waiting_->is_busy = true;
  if (auto* journal = grouping(texts->journal())) journal->open_group();
  return last_group_;
}

bool Graph::State::go_on(std::uint64_t group, std::string_view author) {
  {
    const std::lock_guard lock(turn_mutex_);
    if (!waiting_ || waiting_->id != group) return false;
    if (waiting_->is_busy) refuse_busy();
    if (!is_open()) throw Error(ErrorCode::closed, "the graph is closed");
    texts->journal().lock(author, std::chrono::milliseconds(0));
    waiting_->is_busy = true;
  }
  return true;
}

std::shared_ptr<const Snapshot::Data> Graph::State::newest() const {
  {
    const std::lock_guard lock(turn_mutex_);
    if (waiting_ && waiting_->newest != nullptr) return waiting_->newest;
  }
  return current();
}

std::uint64_t Graph::State::group() const {
  const std::lock_guard lock(turn_mutex_);
  return waiting_ ? waiting_->id : 0;
}

std::size_t Graph::State::waiting_in(std::uint64_t group) const {
  const std::lock_guard lock(turn_mutex_);
  return waiting_ && waiting_->id == group ? waiting_->count : 0;
}

void Graph::State::add_waiting(std::shared_ptr<const Snapshot::Data> data, detail::graph::HeldTexts held) noexcept {
  const std::lock_guard lock(turn_mutex_);
  if (waiting_->count++ == 0) waiting_->first = std::chrono::steady_clock::now();
  waiting_->newest.swap(data);
  waiting_->texts.splice(waiting_->texts.end(), held);
}

void Graph::State::lose_waiting(const Error& error) {
  const auto count = forget_waiting();
  if (count == 0) throw error;
  throw_lost(error, count);
}

std::size_t Graph::State::forget_waiting() noexcept {
  detail::graph::WaitingCommits lost;
  {
    const std::lock_guard lock(turn_mutex_);
    if (!waiting_) return 0;
    lost.count = std::exchange(waiting_->count, 0);
    lost.newest.swap(waiting_->newest);
    lost.texts.swap(waiting_->texts);
  }
  for (const auto& [id, sha256] : lost.texts) texts->release(id, sha256);
  return lost.count;
}

void Graph::State::flush(std::uint64_t group) {
  {
    const std::lock_guard lock(turn_mutex_);
    if (!waiting_ || waiting_->id != group) return;
    if (waiting_->is_busy) refuse_busy();
  }
  auto data = newest();
  try {
    if (auto* journal = grouping(texts->journal())) journal->close_group();
  } catch (const Error& error) {
    const auto count = forget_waiting();
    end_writing();
    throw_lost(error, count);
  } catch (...) {
    forget_waiting();
    end_writing();
    throw;
  }
  publish(std::move(data));
  forget_waiting();
  end_writing();
}

void Graph::State::flush_if_due(std::uint64_t group) {
  {
    const std::lock_guard lock(turn_mutex_);
    if (!waiting_ || waiting_->id != group) return;
    const auto& options = waiting_->options;
    if (waiting_->count < options.most_commits && std::chrono::steady_clock::now() - waiting_->first < options.longest) return;
  }
  flush(group);
}

// Between the transactions of a group the turn stays with it; when the group is gone, its last one flushes.
bool Graph::State::stays_with_group() noexcept {
  std::uint64_t left = 0;
  {
    const std::lock_guard lock(turn_mutex_);
    if (!waiting_) return false;
    waiting_->is_busy = false;
    if (waiting_->count > 0 && !waiting_->is_left) return true;
    if (waiting_->count > 0) left = waiting_->id;
    else waiting_.reset();
  }
  if (left == 0) return false;
  try {
    flush(left);
  } catch (...) {
    return true;  // flushing ended the turn
  }
  return true;
}

void Graph::State::leave_group(std::uint64_t group) noexcept {
  {
    const std::lock_guard lock(turn_mutex_);
    if (!waiting_ || waiting_->id != group) return;
    waiting_->is_left = true;
    if (waiting_->is_busy) return;
  }
  end_writing();
}

// ---- the handle

CommitGroup::CommitGroup(Graph graph, const GroupOptions& options) : graph_(std::move(graph)), options_(options) {}
CommitGroup::CommitGroup(CommitGroup&& other) noexcept
    : graph_(other.graph_), options_(other.options_), state_(std::move(other.state_)), id_(std::exchange(other.id_, 0)) {}

CommitGroup::~CommitGroup() {
  if (state_ != nullptr) state_->leave_group(id_);
}

Transaction CommitGroup::begin(std::string_view author) {
  if (state_ != nullptr && state_->go_on(id_, author)) {
    try {
      return Transaction(std::make_unique<Transaction::State>(state_, author));
    } catch (...) {
      state_->end_writing();
      throw;
    }
  }
  auto transaction = graph_.begin(author, options_.timeout);
  state_ = transaction.open_state().graph;
  id_ = state_->open_group(options_);
  return transaction;
}

void CommitGroup::flush() {
  if (state_ != nullptr) state_->flush(id_);
}

std::size_t CommitGroup::waiting() const { return state_ == nullptr ? 0 : state_->waiting_in(id_); }

}  // namespace policygraph::inline v0
