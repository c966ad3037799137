#pragma once

namespace policygraph::inline v0::detail::store {

/// From now on the process may fork while SQLite is at work: the child finds it at rest, and what it opens there has locks of its own.
/// To be called before SQLite is; again it does nothing.
void let_sqlite_fork();

}  // namespace policygraph::inline v0::detail::store
