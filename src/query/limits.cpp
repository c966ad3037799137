#include "query/limits.hpp"

#include <string>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::query {

Limits::Limits(const QueryOptions& options) : options_(options) { begin_again(nullptr); }

void Limits::begin_again(const Limits* since) {
  if (since != nullptr) {
    end_ = since->end_;
  } else if (options_.timeout.count() > 0) {
    end_ = std::chrono::steady_clock::now() + options_.timeout;
  }
  held_ = 0;
  largest_ = 0;
  steps_ = 0;
  ticks_ = 0;
}

void Limits::refuse_to_go_on() { throw Error(ErrorCode::interrupted, "the query was stopped"); }

void Limits::look_at_clock() const {
  if (std::chrono::steady_clock::now() <= end_) return;
  throw Error(ErrorCode::limit, "the query took longer than " + std::to_string(options_.timeout.count()) + " ms");
}

void Limits::refuse_bytes() const {
  throw Error(ErrorCode::limit, "the query needs more than " + std::to_string(options_.max_memory) + " bytes; raise max_memory or add LIMIT");
}

const QueryOptions& checked(const QueryOptions& options) {
  if (options.vector_size == 0 || options.vector_size > 65'536) {
    throw Error(ErrorCode::invalid_argument,
                "a vector of " + std::to_string(options.vector_size) + " rows; 1 to 65,536");
  }
  return options;
}

}  // namespace policygraph::inline v0::detail::query
