// Any bytes as a saved page.

#include <cstdint>

#include "fuzz/document_checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return policygraph::testing::unpack_and_check({reinterpret_cast<const char*>(data), size}, "a.mhtml");
}
