#pragma once

#include "picture/layout.hpp"

namespace policygraph::inline v0::detail::picture {

/// A quadratic Bézier curve; `handle` is the point between its ends.
struct Curve {
  Point from, handle, to;

  /// Its point at a share of 0 (from) to 1 (to).
  Point at(double share) const { return blossom(share, share); }
  /// The piece between two shares.
  Curve between(double start, double end) const { return {at(start), blossom(start, end), at(end)}; }

 private:
  Point blossom(double a, double b) const {
    const double of_from = (1 - a) * (1 - b), of_handle = a * (1 - b) + b * (1 - a), of_to = a * b;
    return {of_from * from.x + of_handle * handle.x + of_to * to.x, of_from * from.y + of_handle * handle.y + of_to * to.y};
  }
};

}  // namespace policygraph::inline v0::detail::picture
