#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "policygraph/exchange/from_table.hpp"
#include "policygraph/export.hpp"
#include "policygraph/graph/transaction.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0 {

/// How a CSV file is read. What is not said is told from the file and the schema.
struct CsvOptions {
  char delimiter = 0;                          ///< 0: that of , ; tab and | which the first line has most of
  std::map<std::string, PropertyType> types{};  ///< of columns; else what the schema says of the property, else by all its values
  std::set<std::string> left_out{};            ///< columns that are not read
  /// Each row's claims rest on its own line of the file, whose text is kept with the graph. Else, and for a file of more than 64
  /// MiB, they rest on the file.
  bool cite_rows = true;
  std::stop_token stop{};
};

/// What rows become nodes by.
struct NodesFromCsv {
  std::vector<std::string> labels;
  std::vector<std::string> key{};  ///< columns that say which node a row is, as of NodesFromTable
  /// A column of numbers that become the keys of the nodes (`id(n)`) and no property. Keys below those of earlier commits are given out:
  /// read files in order of their keys, or in one transaction.
  std::string id{};
};
/// What rows become edges by: ends as of EdgesFromTable; columns that are no end are properties.
struct EdgesFromCsv {
  std::string type;
  EdgeEnd source, target;
};

struct CsvCounts {
  std::size_t rows = 0;
  bool is_unchanged = false;                    ///< the graph has this file as it is, read the same way: nothing was written
  bool is_replaced = false;                     ///< what a file of this path said before is gone: it, or the way of reading it, changed
  std::size_t deleted = 0;                      ///< rows whose node somebody deleted by hand or by a query since: it stays deleted
  std::map<std::string, PropertyType> types{};  ///< of the columns that became properties
};

/// Reads CSV files (RFC 4180: a first line of names, UTF-8, quotes over lines) into a transaction, a row a node or an edge. It is read
/// in pieces of 1 MiB; what a transaction holds of a row is some 20 bytes a value.
///
/// A file is a document, known by its path as it is given and by what is made of it (labels or type): read again unchanged in the same
/// way (key, ends, columns, types, delimiter) it is left alone, else it replaces what it said. Rows with a key do as those of
/// `add_nodes`: the last one says, of one file as of several. A value other than what stands is preferred from then on, and an earlier
/// preferred value, one by hand too, is withdrawn; but a row that its file says again as it stood changes nothing, so what was set
/// right by hand since goes on standing. Nodes that were deleted by hand or by a query stay deleted.
///
///     auto edit = graph.begin("by:anna");
///     policygraph::CsvImport csv(edit);
///     csv.nodes("cities.csv", {.labels = {"City"}, .key = {"name"}});
///     csv.edges("roads.csv", {.type = "ROAD", .source = {"from", "City", "name"}, .target = {"to", "City", "name"}});
///     edit.commit();
///
/// Values of a column whose type nobody says are, where all are: true or false, integers (a leading 0 makes them text),
/// decimals ("12.50"), floats ("1e5"), dates ("2024-05-06", "2024-05"); else text. An empty field says nothing.
///
/// Throws Error(not_found) and Error(io) for the file, Error(encoding) for one that is not UTF-8, with what it seems to be,
/// Error(format) for a row of more or fewer fields than names, a quote that is not closed, or a value that is not of its type,
/// Error(schema), Error(conflict) and Error(not_found) as `add_nodes` and `add_edges`; with the file and the line. Rows before it stay
/// written in the transaction: drop it to be rid of them.
class POLICYGRAPH_EXPORT CsvImport {
 public:
  /// The transaction must outlive it. Nodes that were read through it by a key are found by edges read later.
  explicit CsvImport(Transaction& transaction);
  CsvImport(CsvImport&&) noexcept;
  ~CsvImport();

  CsvCounts nodes(const std::string& path, const NodesFromCsv& how, const CsvOptions& options = {});
  CsvCounts edges(const std::string& path, const EdgesFromCsv& how, const CsvOptions& options = {});

  struct State;  ///< private

 private:
  std::unique_ptr<State> state_;
};

}  // namespace policygraph::inline v0
