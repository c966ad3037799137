#pragma once

#include <array>
#include <string>

#include "store/database.hpp"

namespace policygraph::inline v0::detail::store {

/// A database under another name until it is whole; what is left of one that failed goes.
class NewFile {
 public:
  /// For what shall be called `to`. Throws Error(conflict) where that, or a log of it, is there.
  explicit NewFile(const std::string& to, const char* part = "");
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  const std::string& path() const noexcept { return files_.front(); }
  /// Never in place of another. Requires: it is closed. Throws Error(io, conflict).
  void give_name();

 private:
  const std::string to_;
  const std::array<std::string, 4> files_;  // with what SQLite puts beside it
};

/// All pages, as of the newest commit. Throws Error.
void copy_pages(const Database& from, const Database& to);

}  // namespace policygraph::inline v0::detail::store
