#include "query/limits.hpp"

#include <string>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::query {

Limits::Limits(const QueryOptions& options) : options_(options) {
  if (options.timeout.count() > 0) end_ = std::chrono::steady_clock::now() + options.timeout;
}

void Limits::tick() {
  if (options_.stop.stop_requested()) throw Error(ErrorCode::interrupted, "the query was stopped");
  if (options_.timeout.count() > 0 && std::chrono::steady_clock::now() > end_) {
    throw Error(ErrorCode::limit, "the query took longer than " + std::to_string(options_.timeout.count()) + " ms");
  }
}

void Limits::refuse_bytes() const {
  throw Error(ErrorCode::limit, "the query needs more than " + std::to_string(options_.max_memory) + " bytes; raise max_memory or add LIMIT");
}

}  // namespace policygraph::inline v0::detail::query
