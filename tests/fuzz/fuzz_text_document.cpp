// Any bytes as a plain text document.

#include <cstdint>

#include "fuzz/document_checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return policygraph::testing::read_and_check({reinterpret_cast<const char*>(data), size}, "a.txt");
}
