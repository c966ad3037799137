#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::document {

// What another program may use before it is ended.
struct ProcessLimits {
  std::chrono::seconds time{120};  // on the clock, and of the processor
  std::size_t output_bytes = std::size_t{256} << 20;
  std::size_t memory_bytes = std::size_t{2} << 30;
};

struct ProcessResult {
  enum class End : unsigned char { exited, killed, out_of_time, too_much_output };
  End end = End::exited;
  int exit_code = 0;       // where it exited
  std::string output;      // at most as much as allowed
  std::string complaints;  // the beginning of what it wrote to its standard error
};

// The first executable file of this name in the folders of PATH; empty: there is none.
std::string find_program(std::string_view name);

// Runs a program (a path) on a copy of `input` as its standard input, which it may seek in. It inherits nothing else, may write no
// file, and has ended when this returns. Throws Error(io) when it cannot be started.
ProcessResult run_process(const std::string& program, const std::vector<std::string>& arguments, std::string_view input, const ProcessLimits& limits);

}  // namespace policygraph::inline v0::detail::document
