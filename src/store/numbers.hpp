#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "store/bytes.hpp"

namespace policygraph::inline v0::detail::store {

/// A list of numbers in blocks of 1,024, each as distances from the least of them, or of the differences of neighbours
/// from the least difference, whichever takes fewer bits (docs/store_format.md, "Packed numbers").
void pack_numbers(std::span<const std::uint64_t> numbers, ByteOut& out);
/// Throws Error(format); also where there are more than `most`.
std::vector<std::uint64_t> unpack_numbers(ByteView& bytes, std::size_t most);

}  // namespace policygraph::inline v0::detail::store
