#include "cli/output.hpp"

#include <algorithm>
#include <iostream>

#include "cli/terminal.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/exchange/csv.hpp"

namespace policygraph::cli {

void print_rows(const Rows& rows, std::string_view format, bool cites, std::string_view query_text) {
  for (auto notification : rows.notifications()) {
    if (notification.span && !query_text.empty()) {
      notification.text = Error(notification.code, notification.text, place_in(query_text, notification.span->start)).report();
    }
    show_diagnostic(notification);
  }
  if (format == "json") {
    write_rows_json(rows, std::cout, cites);
  } else if (format == "csv") {
    WriteCsvOptions options;
    options.evidence = cites;
    write_csv(rows, std::cout, options);
  } else {
    std::cout << to_table(rows, output_width(), cites);
  }
}

void gather_evidence(const Rows& rows, const QueryOptions& options, std::chrono::steady_clock::time_point start) {
  using std::chrono::milliseconds;
  auto bounds = options;
  const auto taken = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
  if (options.timeout > milliseconds{0}) bounds.timeout = std::max(milliseconds{1}, options.timeout - taken);
  rows.gather_evidence(0, rows.size(), bounds);
}

void finish_output() {
  std::cout.flush();
  if (!std::cout) throw Error(ErrorCode::io, "cannot write to standard output");
}

}  // namespace policygraph::cli
