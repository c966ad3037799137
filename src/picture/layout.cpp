#include "picture/layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/steps.hpp"
#include "picture/chain.hpp"
#include "picture/quadtree.hpp"

namespace policygraph::inline v0::detail::picture {
namespace {

using Links = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

constexpr double kGap = 14;           // between boxes
constexpr double kMargin = 24;        // round the whole
constexpr double kSpring = 80;        // length a link would like to have
constexpr double kAspect = 1.5;       // width to height of the whole
constexpr std::size_t kReadable = 80;  // boxes of a part whose links are given room for their types
constexpr double kRoom = 1.35;
constexpr double kGravity = 1.0;       // towards the middle
constexpr double kRepulsion = 0.4;
constexpr double kTurn = 6.283185307179586;
constexpr double kReach = 0.3;        // of the part's size, a box may move in the first round
constexpr double kMaxMoves = 3.6e5;
constexpr int kMinRounds = 40;
constexpr int kMaxRounds = 400;
constexpr std::size_t kMaxInRow = 6;  // of a chain
constexpr double kStride = 96;        // between boxes of a chain: room for the type
constexpr int kMaxPushes = 60;
constexpr int kMaxGrowths = 40;
constexpr double kGrowth = 1.05;

/// Boxes that links join, with numbers of their own.
struct Part {
  std::vector<std::uint32_t> members;
  Links links;
  std::vector<Point> centres;
  Point corner;  ///< upper left, once arranged
  Size size;
};

std::uint32_t root_of(std::vector<std::uint32_t>& parent, std::uint32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

/// Largest first; ties by first member.
std::vector<Part> parts_of(std::size_t count, const Links& links) {
  std::vector<std::uint32_t> parent(count);
  std::iota(parent.begin(), parent.end(), 0U);
  for (const auto& [a, b] : links) {
    const auto x = root_of(parent, a), y = root_of(parent, b);
    parent[std::max(x, y)] = std::min(x, y);
  }
  std::vector<std::uint32_t> part_of(count), place(count);
  std::vector<Part> parts;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto root = root_of(parent, i);
    if (root == i) {
      part_of[i] = static_cast<std::uint32_t>(parts.size());
      parts.emplace_back();
    }
    auto& part = parts[part_of[i] = part_of[root]];
    place[i] = static_cast<std::uint32_t>(part.members.size());
    part.members.push_back(i);
  }
  for (const auto& [a, b] : links)
    if (a != b) parts[part_of[a]].links.emplace_back(place[a], place[b]);
  std::ranges::stable_sort(parts, [](const Part& a, const Part& b) { return a.members.size() > b.members.size(); });
  return parts;
}

/// The part as a tree from its first member (the one with most links), each branch in a sector as wide as it has leaves: a start that
/// is already untangled for the most part.
class Sectors {
 public:
  explicit Sectors(Part& part) : part_(part), neighbours_(part.members.size()), parent_(part.members.size(), kNone), width_(part.members.size()) {
    for (const auto& [a, b] : part.links) {
      neighbours_[a].push_back(b);
      neighbours_[b].push_back(a);
    }
  }

  void place() {
    find_order();
    for (auto at = order_.rbegin(); at != order_.rend(); ++at) {
      width_[*at] = std::max(width_[*at], 1.0);
      if (parent_[*at] != *at) width_[parent_[*at]] += width_[*at];
    }
    part_.centres.assign(part_.members.size(), {});
    std::vector<double> sector(part_.members.size()), depth(part_.members.size());
    for (const auto i : order_) {
      double angle = sector[i];
      for (const auto k : neighbours_[i]) {
        if (parent_[k] != i || k == i || depth[k] > 0) continue;
        sector[k] = angle;
        depth[k] = depth[i] + 1;
        const double turn = kTurn * width_[k] / width_[order_.front()], middle = angle + turn / 2;
        part_.centres[k] = {depth[k] * kSpring * std::cos(middle), depth[k] * kSpring * std::sin(middle)};
        angle += turn;
      }
    }
  }

 private:
  static constexpr std::uint32_t kNone = ~0U;

  std::uint32_t start() const {
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < neighbours_.size(); ++i)
      if (neighbours_[i].size() > neighbours_[best].size()) best = i;
    return best;
  }

  void find_order() {
    order_.push_back(start());
    parent_[order_.front()] = order_.front();
    for (std::size_t at = 0; at < order_.size(); ++at) {
      for (const auto k : neighbours_[order_[at]]) {
        if (parent_[k] != kNone) continue;
        parent_[k] = order_[at];
        order_.push_back(k);
      }
    }
  }

  Part& part_;
  std::vector<std::vector<std::uint32_t>> neighbours_;
  std::vector<std::uint32_t> parent_, order_;
  std::vector<double> width_;
};

/// Springs along links, repulsion between all, after Fruchterman and Reingold; the steps shrink to nothing.
class Springs {
 public:
  Springs(Part& part, const base::Steps& steps) : part_(part), steps_(steps), pushes_(part.members.size()) {}

  void settle() {
    Sectors(part_).place();
    const auto count = static_cast<double>(part_.members.size());
    const int rounds = std::clamp(static_cast<int>(kMaxMoves / count), kMinRounds, kMaxRounds);
    const double reach = kSpring * std::sqrt(count) * kReach;
    for (int round = 0; round < rounds; ++round) step(reach * (1.0 - static_cast<double>(round) / rounds));
  }

 private:
  void step(double reach) {
    steps_.check();
    tree_.fill(part_.centres);
    constexpr double kForce = kSpring * kSpring * kRepulsion;
    for (std::uint32_t i = 0; i < pushes_.size(); ++i) {
      const auto push = tree_.push_on(i, part_.centres[i]);
      pushes_[i] = {push.x * kForce, push.y * kForce};
    }
    for (const auto& [a, b] : part_.links) pull(a, b);
    for (std::size_t i = 0; i < pushes_.size(); ++i) move(i, reach);
  }

  void pull(std::size_t i, std::size_t k) {
    const Point along{part_.centres[i].x - part_.centres[k].x, part_.centres[i].y - part_.centres[k].y};
    const double force = -std::sqrt(along.x * along.x + along.y * along.y) / kSpring;
    pushes_[i] = {pushes_[i].x + along.x * force, pushes_[i].y + along.y * force};
    pushes_[k] = {pushes_[k].x - along.x * force, pushes_[k].y - along.y * force};
  }

  void move(std::size_t i, double reach) {
    auto push = pushes_[i];
    push.x -= part_.centres[i].x * kGravity;  // keeps loose ends from drifting off
    push.y -= part_.centres[i].y * kGravity;
    const double length = std::max(std::sqrt(push.x * push.x + push.y * push.y), 1e-9);
    const double step = std::min(length, reach);
    part_.centres[i].x += push.x / length * step;
    part_.centres[i].y += push.y / length * step;
  }

  Part& part_;
  const base::Steps& steps_;
  std::vector<Point> pushes_;
  Quadtree tree_;
};

/// Moves two overlapping boxes apart along the way that is shorter; says whether they overlapped.
bool separate(Point& a, Point& b, const Size& of_a, const Size& of_b) {
  const double x = b.x - a.x, y = b.y - a.y;
  const double over_x = (of_a.width + of_b.width) / 2 + kGap - std::abs(x);
  const double over_y = (of_a.height + of_b.height) / 2 + kGap - std::abs(y);
  if (over_x <= 0.01 || over_y <= 0.01) return false;
  if (over_x < over_y) {
    const double half = over_x / 2 * (x < 0 ? -1 : 1);
    a.x -= half;
    b.x += half;
  } else {
    const double half = over_y / 2 * (y < 0 ? -1 : 1);
    a.y -= half;
    b.y += half;
  }
  return true;
}

/// Boxes by squares as large as the largest of them, so that only those of nine squares can overlap one.
class Squares {
 public:
  Squares(Part& part, const std::vector<Size>& boxes, const base::Steps& steps) : part_(part), boxes_(boxes), steps_(steps) {
    for (const auto member : part.members) side_ = {std::max(side_.width, boxes[member].width + kGap), std::max(side_.height, boxes[member].height + kGap)};
  }

  /// Where pushing alone finds no room, the whole part grows a little and is pushed again.
  void push_apart() {
    for (int growth = 0; growth < kMaxGrowths; ++growth) {
      for (int round = 0; round < kMaxPushes; ++round)
        if (!push_once()) return;
      for (auto& centre : part_.centres) centre = {centre.x * kGrowth, centre.y * kGrowth};
    }
  }

 private:
  using Square = std::pair<std::int32_t, std::int32_t>;
  using Entry = std::pair<Square, std::uint32_t>;

  Square square_of(const Point& at) const {
    return {static_cast<std::int32_t>(std::floor(at.y / side_.height)), static_cast<std::int32_t>(std::floor(at.x / side_.width))};
  }

  /// One round over all neighbours; says whether any overlapped.
  bool push_once() {
    steps_.check();
    entries_.clear();
    for (std::uint32_t i = 0; i < part_.centres.size(); ++i) entries_.push_back({square_of(part_.centres[i]), i});
    std::ranges::sort(entries_);
    bool is_moved = false;
    for (std::size_t at = 0; at < entries_.size(); ++at) {
      const auto& [square, i] = entries_[at];
      is_moved |= push_row(i, at + 1, {square.first, square.second + 1});
      const auto below = std::ranges::lower_bound(entries_, Entry{{square.first + 1, square.second - 1}, 0});
      is_moved |= push_row(i, static_cast<std::size_t>(below - entries_.begin()), {square.first + 1, square.second + 1});
    }
    return is_moved;
  }

  /// Against the entries from `at` to the end of the square `last`.
  bool push_row(std::uint32_t i, std::size_t at, const Square& last) {
    bool is_moved = false;
    for (; at < entries_.size() && entries_[at].first <= last; ++at) {
      const auto k = entries_[at].second;
      is_moved |= separate(part_.centres[i], part_.centres[k], boxes_[part_.members[i]], boxes_[part_.members[k]]);
    }
    return is_moved;
  }

  Part& part_;
  const std::vector<Size>& boxes_;
  const base::Steps& steps_;
  Size side_{1, 1};
  std::vector<Entry> entries_;
};

void measure(Part& part, const std::vector<Size>& boxes) {
  Point low{1e300, 1e300}, high{-1e300, -1e300};
  for (std::size_t i = 0; i < part.members.size(); ++i) {
    const auto& box = boxes[part.members[i]];
    low = {std::min(low.x, part.centres[i].x - box.width / 2), std::min(low.y, part.centres[i].y - box.height / 2)};
    high = {std::max(high.x, part.centres[i].x + box.width / 2), std::max(high.y, part.centres[i].y + box.height / 2)};
  }
  for (auto& centre : part.centres) centre = {centre.x - low.x, centre.y - low.y};
  part.size = {high.x - low.x, high.y - low.y};
}

/// A chain reads as lines of text do, every other row backwards so that the way goes on below.
void place_in_rows(Part& part, const std::vector<std::uint32_t>& order, const std::vector<Size>& boxes) {
  Size step;
  for (const auto member : part.members) step = {std::max(step.width, boxes[member].width), std::max(step.height, boxes[member].height)};
  const auto rows = (order.size() + kMaxInRow - 1) / kMaxInRow, in_row = (order.size() + rows - 1) / rows;
  part.centres.assign(order.size(), {});
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto row = i / in_row, place = row % 2 == 0 ? i % in_row : in_row - 1 - i % in_row;
    const auto height = boxes[part.members[order[i]]].height;  // marks, on top of the boxes, stand in line
    part.centres[order[i]] = {static_cast<double>(place) * (step.width + kStride), static_cast<double>(row) * (step.height + kSpring / 2) + height / 2};
  }
}

void arrange(Part& part, const std::vector<Size>& boxes, const base::Steps& steps) {
  if (const auto order = chain_of(part.members.size(), part.links); !order.empty()) {
    place_in_rows(part, order, boxes);
  } else {
    Springs(part, steps).settle();
    const double stretch = part.members.size() <= kReadable ? kRoom : 1.0;
    for (auto& centre : part.centres) centre = {centre.x * kAspect * stretch, centre.y * stretch};  // captions are wide
    Squares(part, boxes, steps).push_apart();
  }
  measure(part, boxes);
}

/// Rows of parts, each as high as its highest, filled up to a width that gives the whole its shape.
Size pack(std::vector<Part>& parts) {
  double area = 0, widest = 0;
  for (const auto& part : parts) {
    area += (part.size.width + 2 * kGap) * (part.size.height + 2 * kGap);
    widest = std::max(widest, part.size.width);
  }
  const double limit = std::max(widest, std::sqrt(area * kAspect) * 1.15);
  Point at;
  double row_height = 0, used = 0;
  for (auto& part : parts) {
    if (at.x > 0 && at.x + part.size.width > limit) {
      at = {0, at.y + row_height + 2 * kGap};
      row_height = 0;
    }
    part.corner = at;
    at.x += part.size.width + 2 * kGap;
    used = std::max(used, at.x - 2 * kGap);
    row_height = std::max(row_height, part.size.height);
  }
  return {used, at.y + row_height};
}

}  // namespace

Layout lay_out(const std::vector<Size>& boxes, const Links& links, const std::stop_token& stop) {
  const base::Steps steps(stop, "placing nodes");
  auto parts = parts_of(boxes.size(), links);
  for (auto& part : parts) arrange(part, boxes, steps);
  const auto size = pack(parts);
  Layout layout;
  layout.centres.resize(boxes.size());
  for (const auto& part : parts)
    for (std::size_t i = 0; i < part.members.size(); ++i)
      layout.centres[part.members[i]] = {kMargin + part.corner.x + part.centres[i].x, kMargin + part.corner.y + part.centres[i].y};
  layout.size = {size.width + 2 * kMargin, size.height + 2 * kMargin};
  return layout;
}

}  // namespace policygraph::inline v0::detail::picture
