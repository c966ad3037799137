// Any bytes as a record of an archive of pages, and as a packed stream.

#include <algorithm>
#include <cstdint>

#include "document/inflate.hpp"
#include "document/warc.hpp"
#include "fuzz/document_checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace policygraph::detail::document;
  using policygraph::testing::require;
  constexpr std::size_t kMost = std::size_t{1} << 20;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto packing : {Packing::raw, Packing::gzip}) {
    const auto out = unpack(bytes, packing, kMost);
    const auto sizes = packed_size(bytes, packing, kMost);
    require(out.bytes.size() <= kMost && out.used <= size && !(out.is_whole && out.is_broken));
    require(!out.is_whole || (sizes.packed == out.used && sizes.unpacked == out.bytes.size()));
  }
  try {
    const auto page = read_warc_record(bytes, kMost);
    require(!page || (!page->uri.empty() && page->bytes.size() <= std::max(kMost, size)));
  } catch (const policygraph::Error& error) {
    require(error.code() == policygraph::ErrorCode::limit || error.code() == policygraph::ErrorCode::format);
  }
  return 0;
}
