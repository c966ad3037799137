#include "graph/write_ahead.hpp"

#include <system_error>
#include <utility>

namespace policygraph::inline v0::detail::graph {

WriteAhead::WriteAhead(PackedJournal& journal, Batch rest, std::vector<std::shared_ptr<Part>> parts, bool in_thread)
    : journal_(journal), rest_(std::move(rest)), parts_(std::move(parts)) {
  if (!in_thread) return;
  try {
    thread_ = std::thread([this] { write(); });
  } catch (const std::system_error&) {
    return;
  }
}

WriteAhead::~WriteAhead() {
  const bool has_written = thread_.joinable();
  if (has_written) thread_.join();
  if (has_written && !is_finished_ && failure_ == nullptr) journal_.drop();
}

void WriteAhead::write() noexcept {
  try {
    journal_.write(rest_, parts_);
  } catch (...) {
    failure_ = std::current_exception();
  }
}

void WriteAhead::finish() {
  if (thread_.joinable())
    thread_.join();
  else
    write();
  is_finished_ = true;
  if (failure_ != nullptr) std::rethrow_exception(failure_);
  journal_.finish();
}

}  // namespace policygraph::inline v0::detail::graph
