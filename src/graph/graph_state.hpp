#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "graph/snapshot_data.hpp"
#include "graph/texts.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::inline v0 {

/// What the copies of a handle share. The pointer to the newest state has a lock of its own, held for a copy and no
/// longer, so readers do not wait for a writer.
struct Graph::State {
  State(Schema rules, std::unique_ptr<Journal> journal);

  std::shared_ptr<const Snapshot::Data> current() const;  ///< throws Error(closed)
  void publish(std::shared_ptr<const Snapshot::Data> data);
  void close();
  bool is_open() const;

  /// The writer's turn. Not a mutex: a transaction may move to another thread.
  void begin_writing(std::string_view author, std::chrono::milliseconds timeout);
  void end_writing() noexcept;

  const Schema schema;
  const std::shared_ptr<detail::graph::Texts> texts;

 private:
  mutable std::mutex mutex_;  // current_, is_open_
  std::shared_ptr<const Snapshot::Data> current_;
  bool is_open_ = true;

  std::mutex turn_mutex_;
  std::condition_variable turn_ended_;
  bool is_writing_ = false;
  std::string writer_;
};

}  // namespace policygraph::inline v0
