#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace policygraph::inline v0::detail::document {

enum class Packing : unsigned char {
  raw,   // deflate, as in ZIP
  gzip,  // one member of a gzip file
};

// The first bytes of what one packed stream unfolds to.
struct Unpacked {
  std::string bytes;     // at most as many as asked for
  std::size_t used = 0;  // of the packed bytes
  bool is_whole = false; // the stream came to its end, and its check sum holds; all of it is in `bytes`
  bool is_broken = false;
};

// Unpacks until `most` bytes are there, or nothing more is to come. Throws Error(feature_not_built) where zlib was not there when
// this was built.
Unpacked unpack(std::string_view packed, Packing packing, std::size_t most);

// How many bytes a whole stream takes, packed and unfolded.
struct PackedSize {
  std::size_t packed = 0;
  std::size_t unpacked = 0;
};
// Goes over one packed stream without keeping what it unfolds to; both sizes are 0 when it is broken, is not ended, or unfolds to
// more than `most`.
PackedSize packed_size(std::string_view packed, Packing packing, std::size_t most);

}  // namespace policygraph::inline v0::detail::document
