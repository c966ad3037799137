#pragma once

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::exchange {

/// The records of a CSV file, read in pieces. Fields are views into its buffer; those in quotes are put right in place.
class CsvScanner {
 public:
  /// Throws Error(not_found), Error(io); `delimiter` 0: told from the first line.
  CsvScanner(const std::string& path, char delimiter);

  /// The next record that is no empty line; false at the end. Throws Error(format) and Error(encoding) with the line.
  bool next();
  /// Good until the next call.
  std::span<const std::string_view> fields() const noexcept { return fields_; }
  std::size_t line() const noexcept { return line_; }         ///< where the record begins, from 1
  std::uint64_t begin() const noexcept { return begin_; }     ///< bytes of the file, a byte order mark left out
  std::uint64_t end() const noexcept { return end_; }         ///< without the end of its line
  char delimiter() const noexcept { return delimiter_; }
  [[noreturn]] void refuse_returns() const;                   ///< lines that end with CR alone
  [[noreturn]] void refuse(const std::string& fact) const;    ///< with the file and the line of the record

 private:
  bool scan();
  bool scan_quoted(std::size_t& at);
  bool scan_plain(std::size_t& at);
  bool finish(std::size_t at, bool has_quotes);
  std::string_view put_right(std::string_view field);
  bool ends_here(std::size_t at) const noexcept;
  bool is_break(std::size_t at) const noexcept;
  bool load();
  void check_text();
  void skip_mark();
  char told_delimiter();

  std::string path_;
  std::ifstream in_;
  char delimiter_;
  std::string buffer_;
  std::size_t at_ = 0;       // where the next record begins in the buffer
  std::size_t checked_ = 0;  // so far it is known to be text
  std::uint64_t before_ = 0;  // bytes of the file before the buffer
  bool is_whole_ = false;    // the buffer holds all that is left
  std::vector<std::string_view> fields_;
  std::vector<std::size_t> doubled_;  // fields with quotes inside
  std::size_t line_ = 0, next_line_ = 1, lines_ = 0;
  std::uint64_t begin_ = 0, end_ = 0;
};

}  // namespace policygraph::inline v0::detail::exchange
