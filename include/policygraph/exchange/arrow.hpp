#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/model/value.hpp"
#include "policygraph/query/columns.hpp"

// The structures of the Arrow C data interface and the Arrow C stream interface, word for word as
// https://arrow.apache.org/docs/format/CDataInterface.html and .../CStreamInterface.html give them to be copied: an ABI,
// which no library has to be linked for. The guards are theirs too, so that a program may include Arrow's own headers.
extern "C" {
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
#endif
}

namespace policygraph::inline v0 {

/// Fills `out` with the schema of the columns, as one struct; whoever takes it calls `out->release(out)`.
POLICYGRAPH_EXPORT void export_schema(const Columns& columns, ArrowSchema* out);
/// Fills `out` with a stream of batches, each made when asked for; it keeps the answer alive until released. One thread at a
/// time; batches outlive the stream, and any thread may release them.
///
///     ArrowArrayStream stream;
///     policygraph::export_stream(policygraph::Columns(rows), &stream);
///     auto reader = arrow::ImportRecordBatchReader(&stream);           // with Arrow C++, for instance
POLICYGRAPH_EXPORT void export_stream(const Columns& columns, ArrowArrayStream* out);

/// A column that was read: a value for each row.
struct ValueColumn {
  std::string name;
  std::vector<Value> values;
};

/// Reads a stream to its end and releases it, whatever happens. Integers of all widths, floats (16 bits apart), booleans,
/// text (views too), decimals up to 128 bits, dates, times, timestamps (with a zone: zoned date-times), durations,
/// month-day-nano and other intervals, lists of every layout, structs (as maps, their nulls left out), maps from text, and
/// dictionaries of those.
/// Throws Error(invalid_argument) for a column of another type (binary, unions, run-end encoding, extension storage of those), and for
/// an integer past 63 bits, naming the column; Error(io) with the stream's own words where it fails.
/// What is no struct is one column; it is called `name` where it has no name of its own.
/// As the interface has it, pointers and lengths are trusted: they come from the same process.
/// Error(interrupted) between two batches once `stop` is requested.
POLICYGRAPH_EXPORT std::vector<ValueColumn> read_stream(ArrowArrayStream* stream, std::string_view name = {}, const std::stop_token& stop = {});
/// The same of one array, which is a table where it is a struct; both structures are released.
POLICYGRAPH_EXPORT std::vector<ValueColumn> read_array(ArrowSchema* schema, ArrowArray* array, std::string_view name = {});

}  // namespace policygraph::inline v0
