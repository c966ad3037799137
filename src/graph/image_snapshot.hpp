#pragma once

#include <functional>
#include <memory>

#include "graph/image.hpp"
#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::graph {

/// Whether that snapshot can be an image: it is compacted, and no part of it lies in an image.
bool is_writable(const Snapshot::Data& data) noexcept;
/// Writes it; equal histories give equal bytes.
void write_image(const Snapshot::Data& data, ImageOut& out);

using MakeFetch = std::function<Sources::FetchText(const History& history)>;
/// The snapshot of an image. Reads its head: O(tables, names, documents, judgements), not O(nodes, edges, claims). Throws
/// Error(format).
std::shared_ptr<Snapshot::Data> read_image(const Schema& schema, const std::shared_ptr<const Image>& image, const MakeFetch& make_fetch);

}  // namespace policygraph::inline v0::detail::graph
