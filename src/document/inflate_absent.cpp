#include "document/inflate.hpp"

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

[[noreturn]] void refuse() {
  throw Error(ErrorCode::feature_not_built, "packed files cannot be read: zlib was not there when policygraph was built; install zlib1g-dev and build again");
}

}  // namespace

Unpacked unpack(std::string_view, Packing, std::size_t) { refuse(); }
PackedSize packed_size(std::string_view, Packing, std::size_t) { refuse(); }

}  // namespace policygraph::inline v0::detail::document
