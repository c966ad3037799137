#pragma once

#include <exception>
#include <memory>
#include <thread>
#include <vector>

#include "graph/packed_journal.hpp"

namespace policygraph::inline v0::detail::graph {

/// A commit that its journal writes on another thread while the writer derives the snapshot of it. Dropped unless finished.
class WriteAhead {
 public:
  /// Records from which on that is worth a thread.
  static constexpr std::size_t kWorthAThread = std::size_t{1} << 16U;

  /// The journal must outlive it. Where no thread is to be had, `finish` writes.
  WriteAhead(PackedJournal& journal, Batch rest, std::vector<std::shared_ptr<Part>> parts, bool in_thread);
  ~WriteAhead();
  WriteAhead(const WriteAhead&) = delete;
  WriteAhead& operator=(const WriteAhead&) = delete;
  /// Waits, and makes it last; throws what went wrong.
  void finish();

 private:
  void write() noexcept;

  PackedJournal& journal_;
  const Batch rest_;
  const std::vector<std::shared_ptr<Part>> parts_;
  std::exception_ptr failure_;
  bool is_finished_ = false;
  std::thread thread_;
};

}  // namespace policygraph::inline v0::detail::graph
