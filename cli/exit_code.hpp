#pragma once

#include "policygraph/base/error.hpp"

namespace policygraph::cli {

/// What the program returns to the shell; stable, documented in docs/cli.md.
enum ExitCode : int {
  kOk = 0,
  kCheckFailed = 1,   ///< a check ran and found something false
  kUsage = 2,         ///< the command line itself is wrong
  kBadInput = 3,      ///< a file or a query that cannot be read as what it should be
  kInputOutput = 4,   ///< a file that is absent or that the system refuses
  kLimit = 5,         ///< time, rows or memory past the bound; another writer; something not built in
  kInternal = 70,     ///< our own mistake
  kInterrupted = 130  ///< Ctrl-C
};

constexpr ExitCode exit_code(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::io:
    case ErrorCode::not_found: return kInputOutput;
    case ErrorCode::limit:
    case ErrorCode::busy:
    case ErrorCode::feature_not_built: return kLimit;
    case ErrorCode::interrupted: return kInterrupted;
    case ErrorCode::invalid_argument: return kUsage;
    case ErrorCode::encoding:
    case ErrorCode::format:
    case ErrorCode::schema:
    case ErrorCode::conflict:
    case ErrorCode::syntax:
    case ErrorCode::bind:
    case ErrorCode::run:
    case ErrorCode::closed: return kBadInput;
  }
  return kInternal;
}

}  // namespace policygraph::cli
