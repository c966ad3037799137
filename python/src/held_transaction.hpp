#pragma once

#include <atomic>

#include "core.hpp"
#include "policygraph/graph/transaction.hpp"

namespace policygraph::python {

/// A transaction belongs to one thread at a time; a second one that comes in between is refused, not let through.
class HeldTransaction {
 public:
  explicit HeldTransaction(Transaction transaction) : transaction_(std::move(transaction)) {}

  template <class Work>
  auto use(Work work) {
    if (is_used_.exchange(true)) throw Error(ErrorCode::busy, "the transaction is in use by another thread");
    const Turn turn{is_used_};
    if (is_over_) throw Error(ErrorCode::closed, "the transaction is over");
    return work(transaction_);
  }
  std::uint64_t commit() {
    return use([this](Transaction& transaction) {
      const py::gil_scoped_release unlocked;
      const auto commit = transaction.commit();
      is_over_ = true;
      return commit.value;
    });
  }
  void rollback() {
    use([this](Transaction& transaction) {
      transaction.rollback();
      is_over_ = true;
    });
  }
  bool is_over() const { return is_over_; }

 private:
  struct Turn {
    std::atomic<bool>& is_used;
    ~Turn() { is_used = false; }
  };
  Transaction transaction_;
  std::atomic<bool> is_used_ = false;
  std::atomic<bool> is_over_ = false;
};

}  // namespace policygraph::python
