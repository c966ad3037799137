#pragma once

namespace policygraph::inline v0::detail::graph {

/// Beside Journal, one that can make several commits last at once: from `open_group` on `append` makes none last, until
/// `close_group` does, of all or, when it throws, of none. An `append` that throws meanwhile takes along all since
/// `open_group`, which is over then. Between them `lock` only says who writes now. Requires: the lock.
class GroupingJournal {
 public:
  virtual ~GroupingJournal() = default;
  virtual void open_group() noexcept = 0;
  virtual void close_group() = 0;
};

}  // namespace policygraph::inline v0::detail::graph
