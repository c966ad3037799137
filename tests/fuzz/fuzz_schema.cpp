#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "policygraph/base/error.hpp"
#include "policygraph/model/schema.hpp"

namespace {

using policygraph::Schema;

// What was read must write a text that reads back to the same text.
void round_trip(const Schema& schema) {
  const auto text = schema.to_json();
  if (Schema::from_json(schema.name(), {{"schema.json", text}}).to_json() != text) std::abort();
}

template <class Read>
void try_read(Read&& read) {
  try {
    round_trip(read());
  } catch (const policygraph::Error& error) {
    if (error.text().empty() || error.text().size() > 4096) std::abort();
  }
}

}  // namespace

// Bytes as a schema of their own, and as an extension of the built-in one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try_read([&] { return Schema::from_json("x", {{"a.json", text}}); });
  try_read([&] { return Schema::policy().extended({{"a.json", text}}); });
  return 0;
}
