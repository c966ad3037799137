#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/pipeline/ingest.hpp"

namespace policygraph::cli {

bool is_terminal(int descriptor) noexcept;
/// Columns of the terminal on standard output; 0 when it is a pipe or a file: nothing is cut then.
std::size_t output_width() noexcept;

/// Without what would move a terminal's cursor or change its colours: names come from documents.
std::string printable(std::string_view text);

void show_error(const Error& error);
void show_error(std::string_view text);
void show_diagnostic(const Diagnostic& diagnostic);
void say_interrupted() noexcept;

/// One line on standard error that is drawn again, at most ten times a second, and wiped at the end; nothing unless a terminal.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const IngestProgress& progress);

 private:
  bool is_on_;
  bool is_drawn_ = false;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace policygraph::cli
