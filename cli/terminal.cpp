#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

#include "policygraph/text/utf8.hpp"

namespace policygraph::cli {
namespace {

constexpr std::size_t kShownName = 48;

bool moves_cursor(char32_t c) {
  return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

bool is_terminal(int descriptor) noexcept { return isatty(descriptor) == 1; }

std::size_t output_width() noexcept {
  winsize size{};
  if (!is_terminal(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto point = code_point_at(text, i);
    append_utf8(out, moves_cursor(point.value) ? U' ' : point.value);
    i += point.size;
  }
  return out;
}

void show_error(const Error& error) { show_error(error.report()); }
void show_error(std::string_view text) { std::cerr << "policygraph: " << printable(text) << '\n'; }

void show_diagnostic(const Diagnostic& diagnostic) {
  std::cerr << severity_name(diagnostic.severity) << ": ";
  if (!diagnostic.document.empty()) std::cerr << printable(diagnostic.document) << ": ";
  std::cerr << printable(diagnostic.text) << '\n';
}

void say_interrupted() noexcept {
  static constexpr std::string_view kText = "policygraph: interrupted\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, kText.data(), kText.size());
}

ProgressLine::ProgressLine() : is_on_(is_terminal(STDERR_FILENO)) {}

ProgressLine::~ProgressLine() {
  if (is_drawn_) std::cerr << "\r\x1b[K" << std::flush;
}

void ProgressLine::show(const IngestProgress& progress) {
  const auto now = std::chrono::steady_clock::now();
  if (!is_on_ || now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  is_drawn_ = true;
  auto name = printable(std::string_view(progress.document).substr(progress.document.find_last_of('/') + 1));
  if (name.size() > kShownName) name.resize(kShownName);
  std::cerr << "\r\x1b[K" << progress.documents_done << " of " << progress.documents_total << " documents  " << name << std::flush;
}

}  // namespace policygraph::cli
