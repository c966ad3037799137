#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "policygraph/exchange/json.hpp"

// Whatever is read must write bytes that read back to the same bytes; whatever is refused leaves the graph as it was.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& schema : {policygraph::Schema::policy(), policygraph::Schema::open()}) {
    auto graph = policygraph::open_in_memory(schema);
    try {
      policygraph::read_json_text(graph, text);
    } catch (const policygraph::Error&) {
      if (graph.snapshot().commit().value != 0) std::abort();
      continue;
    }
    const auto once = policygraph::to_json(graph.snapshot());
    auto copy = policygraph::open_in_memory(schema);
    policygraph::read_json_text(copy, once);
    if (policygraph::to_json(copy.snapshot()) != once) std::abort();
  }
  return 0;
}
