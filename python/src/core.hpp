#pragma once

// What the files of the extension share: each bind_<module>.cpp adds one module of the library to _core, thinly. What only Python can
// do lives in python/policygraph.

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

#include "policygraph/base/error.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/value.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::python {

namespace py = pybind11;

void bind_base(py::module_& core);
void bind_model(py::module_& core);
void bind_graph(py::module_& core);
void bind_measures(py::module_& core);
void bind_extract(py::module_& core);
void bind_query(py::module_& core);
/// After query's Rows.
void bind_prepared(py::module_& core);
void bind_exchange(py::module_& core);
/// After graph and query: answers as columns, tables as nodes and edges.
void bind_columns(py::module_& core);
void bind_csv(py::module_& core);
void bind_picture(py::module_& core);
void bind_pipeline(py::module_& core);
void bind_store(py::module_& core);
void bind_commit_group(py::module_& core);
/// Once all is bound.
void guard_allocations(const py::module_& core);
void bind_knowledge(py::module_& core);
/// Of graph, before what uses them: the iterators of neighbours, and parts.
void bind_cursors(py::module_& core);
void bind_only(py::module_& core);

/// A value as Python's own types where there are any: decimal.Decimal, datetime.date and so on; PartialDate, Duration, Node, Edge and
/// Path are ours. Nodes and edges are looked up in `snapshot`.
py::object to_python(const Value& value, const Snapshot& snapshot);
/// The values of a row, and those of several: first, first + step, ...
py::tuple row_of(const Rows& rows, std::size_t row);
py::list tuples_of(const Rows& rows, std::size_t first, std::size_t count, std::ptrdiff_t step);
/// The other way. Throws Error(invalid_argument) for types that no value has and for nesting deeper than 200. Scalars of numpy and its
/// like are taken by their `item()`.
Value from_python(py::handle object);
/// UTF-8. Throws Error(invalid_argument) for half a surrogate pair, which is no character; `what` begins the text.
std::string text_of(py::handle text, std::string_view what);
Parameters parameters_of(const py::dict& parameters);
/// Functions by signature, and money.convert where there are rates (None, or tuples), for CALL; null when there is neither.
std::shared_ptr<const Procedures> procedures_of(const py::dict& bodies, const py::object& rates);
/// A datetime, of UTC where it names no zone; None: none.
std::optional<std::chrono::sys_time<std::chrono::nanoseconds>> now_of(const py::object& now);
std::vector<std::pair<std::string, Value>> properties_of(const py::dict& properties);

/// What an argument is called and what it is: {"label", "a text"}.
using ArgumentNames = std::vector<std::pair<std::string, std::string>>;

/// Says which argument of a call is wrong; the first `required` have to be given.
[[noreturn]] void refuse_call(const char* method, const ArgumentNames& names, std::size_t required, const py::args& given, const py::kwargs& named);

/// A last overload of a method, which takes what no other took and says what is wrong with it: those before it pay nothing for that. The
/// documentation stays that of the overload before it.
template <class Class>
void refuse_others(Class& bound, const char* method, ArgumentNames names, std::size_t required) {
  py::options options;
  options.disable_function_signatures();
  bound.def(method, [method, names = std::move(names), required](const py::object&, const py::args& given, const py::kwargs& named) {
    refuse_call(method, names, required, given, named);
  });
}

/// A node or an edge that Python holds: the snapshot it was read from keeps it good.
struct HeldNode {
  Snapshot snapshot;
  NodeKey key;
  NodeRow row() const;  ///< throws Error(not_found) when the node is not in its snapshot any more
};
struct HeldEdge {
  Snapshot snapshot;
  EdgeKey key;
  EdgeRow row() const;
};
struct HeldPath {
  Snapshot snapshot;
  Path path;
};
/// Walking from a node: neighbours, what lies around it, paths.
void bind_neighbours(py::class_<HeldNode>& node);

/// Waits for work on another thread without the interpreter's lock, and asks every 20 ms whether Python was interrupted. Once it was,
/// asks the work to stop and waits `patience` for that. Says whether the work is over; what Python raised is set.
bool wait_for(const std::function<bool(std::chrono::milliseconds)>& is_done, std::stop_source& stop, std::chrono::milliseconds patience);
/// What a query has on the caller's own thread.
inline constexpr std::chrono::milliseconds kMoment{1};
inline constexpr std::chrono::milliseconds kForever = std::chrono::hours(24 * 365);
/// How long work that may be left behind is waited for.
inline constexpr std::chrono::milliseconds kPatience{60};
/// Keeps a thread that was left behind; the interpreter waits for it when it ends.
void leave_behind(std::thread thread);

/// Runs `work(stop_token)` on a thread of its own, the interpreter's lock released; Ctrl-C asks it to stop, and KeyboardInterrupt is
/// raised when it has. Requires: `work` heeds the token, and takes the lock itself where it needs Python.
template <class Work>
auto run_interruptibly(Work work) {
  using Result = decltype(work(std::stop_token{}));
  std::stop_source stop;
  std::optional<Result> result;
  std::exception_ptr failure;
  std::mutex mutex;
  std::condition_variable ended;
  bool is_over = false;
  std::thread thread([&] {
    try {
      result.emplace(work(stop.get_token()));
    } catch (...) {
      failure = std::current_exception();
    }
    const std::scoped_lock lock(mutex);
    is_over = true;
    ended.notify_all();
  });
  const auto is_done = [&](std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex);
    return ended.wait_for(lock, patience, [&] { return is_over; });
  };
  wait_for(is_done, stop, kForever);
  thread.join();
  if (PyErr_Occurred() != nullptr) throw py::error_already_set();
  if (failure) std::rethrow_exception(failure);
  return std::move(*result);
}

/// The same for work whose pieces are long and that changes nothing once it was told to stop: Ctrl-C does not wait for the piece in hand.
/// Requires: `work` owns all it uses.
template <class Work>
auto run_or_leave(Work work) {
  using Result = decltype(work(std::stop_token{}));
  struct State {
    Work work;
    std::stop_source stop{};
    std::optional<Result> result{};
    std::exception_ptr failure{};
    std::mutex mutex{};
    std::condition_variable ended{};
    bool is_over = false;
  };
  const auto state = std::shared_ptr<State>(new State{std::move(work)});
  std::thread thread([state] {
    try {
      state->result.emplace(state->work(state->stop.get_token()));
    } catch (...) {
      state->failure = std::current_exception();
    }
    const std::scoped_lock lock(state->mutex);
    state->is_over = true;
    state->ended.notify_all();
  });
  const auto is_done = [&](std::chrono::milliseconds patience) {
    std::unique_lock lock(state->mutex);
    return state->ended.wait_for(lock, patience, [&] { return state->is_over; });
  };
  if (wait_for(is_done, state->stop, kPatience)) {
    const py::gil_scoped_release unlocked;
    thread.join();
  } else {
    leave_behind(std::move(thread));
  }
  if (PyErr_Occurred() != nullptr) throw py::error_already_set();
  if (state->failure) std::rethrow_exception(state->failure);
  return std::move(*state->result);
}

/// The same, on the caller's own thread where `size` says that it is a matter of milliseconds: a thread costs tens of microseconds.
template <class Work>
auto run_by_size(std::size_t size, Work work) {
  constexpr std::size_t kShort = 20'000;
  if (size > kShort) return run_or_leave(std::move(work));
  const py::gil_scoped_release unlocked;
  return work(std::stop_token{});
}
/// What a walk over a whole snapshot takes.
inline std::size_t size_of(const Snapshot& snapshot) { return snapshot.node_count() + snapshot.edge_count(); }

/// In a loop that makes Python's objects, with the interpreter's lock held: Ctrl-C is heard once in 4,096 turns.
inline void hear(std::size_t turn) {
  if ((turn & 0xFFFU) == 0xFFFU && PyErr_CheckSignals() != 0) throw py::error_already_set();
}
/// A list of what `make` gives for each of them.
template <class Items, class Make>
py::list list_of_each(const Items& items, Make make) {
  py::list out;
  std::size_t turn = 0;
  for (const auto& item : items) {
    hear(turn++);
    out.append(make(item));
  }
  return out;
}

}  // namespace policygraph::python
