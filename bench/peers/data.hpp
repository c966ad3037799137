#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The graph that engines are compared on, as one set of CSV files and the arguments of the queries asked of it.
namespace bench::peers {

/// Writes the CSV set of about `edges` edges to the folder: documents mention acts; acts cite acts (several times
/// over), amend them in chains of 1 to 40, are issued by agencies that form a tree, and authorise sums; partners
/// provide sums and programmes receive them; titles in four languages and two scripts. Each mention and each
/// authorisation states the words it rests on. The same seed gives the same bytes. And increment/, a hundredth more,
/// that begins where the set ends.
void write_data(const std::string& folder, std::uint32_t edges, std::uint64_t seed);

/// An argument of a query: an integer, a text, or a day, as text (YYYY-MM-DD) and as a number (YYYYMMDD).
struct Argument {
  enum class Kind : std::uint8_t { integer, text, day };
  Kind kind = Kind::integer;
  std::int64_t number = 0;
  std::string text;
};
using Arguments = std::vector<Argument>;
/// The argument lists that the data has for a query; a query without arguments has one empty list. Requires: a query of
/// the set.
std::vector<Arguments> read_arguments(const std::string& folder, std::string_view query);

/// One text a query: "// name" or "-- name" begins each.
struct QueryText {
  std::string name, text;
};
std::vector<QueryText> read_queries(const std::string& path);

/// A CSV file of the set, a line at a time; no field is quoted. Ends the program when the file is not there.
class CsvFile {
 public:
  explicit CsvFile(const std::string& path);
  /// The next line's fields, valid until the next call; empty at the end.
  const std::vector<std::string_view>& next();

 private:
  std::string text_;
  std::size_t at_ = 0;
  std::vector<std::string_view> fields_;
};
std::int64_t number_of(std::string_view field);
/// "1234.50" to 123450.
std::int64_t cents_of(std::string_view field);
/// 123450 to "1234.50".
std::string money_text(std::int64_t cents);

/// Says it on standard error and ends the program.
[[noreturn]] void fail(const std::string& what);

}  // namespace bench::peers
