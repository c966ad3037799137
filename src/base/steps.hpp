#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <utility>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::base {

/// Long work in small steps, that may be asked to stop: the token is looked at once in 256 of them.
class Steps {
 public:
  /// `doing` completes "stopped while ...".
  Steps(std::stop_token stop, std::string doing) : stop_(std::move(stop)), doing_(std::move(doing)) {}

  void step() {
    if ((++taken_ & 0xFFU) == 0) check();
  }
  /// Throws Error(interrupted).
  void check() const {
    if (stop_.stop_requested()) throw Error(ErrorCode::interrupted, "stopped while " + doing_);
  }

 private:
  std::stop_token stop_;
  std::string doing_;
  std::uint64_t taken_ = 0;
};

}  // namespace policygraph::inline v0::detail::base
