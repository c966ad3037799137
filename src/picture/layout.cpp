#include "picture/layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace policygraph::inline v0::detail::picture {
namespace {

using Links = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

constexpr double kGap = 14;           // between boxes
constexpr double kMargin = 24;        // round the whole
constexpr double kSpring = 80;        // length a link would like to have
constexpr double kAspect = 1.5;       // width to height of the whole
constexpr double kGravity = 1.0;       // towards the middle
constexpr double kRepulsion = 0.4;
constexpr double kGoldenAngle = 2.399963229728653;
constexpr double kMaxPairs = 3e7;
constexpr int kMaxRounds = 400;
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

/// Springs along links, repulsion between all, after Fruchterman and Reingold; the steps shrink to nothing.
class Springs {
 public:
  explicit Springs(Part& part) : part_(part), pushes_(part.members.size()) {}

  void settle() {
    start();
    const auto count = static_cast<double>(part_.members.size());
    const int rounds = std::clamp(static_cast<int>(kMaxPairs / (count * count + 1)), 20, kMaxRounds);
    const double reach = kSpring * std::sqrt(count) * 0.3;
    for (int round = 0; round < rounds; ++round) step(reach * (1.0 - static_cast<double>(round) / rounds));
  }

 private:
  void start() {
    part_.centres.clear();
    for (std::size_t i = 0; i < part_.members.size(); ++i) {
      const double angle = kGoldenAngle * static_cast<double>(i);
      const double radius = kSpring * 0.6 * std::sqrt(static_cast<double>(i));
      part_.centres.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    }
  }

  void step(double reach) {
    std::ranges::fill(pushes_, Point{});
    for (std::size_t i = 0; i < pushes_.size(); ++i)
      for (std::size_t k = i + 1; k < pushes_.size(); ++k) push_apart(i, k);
    for (const auto& [a, b] : part_.links) pull(a, b);
    for (std::size_t i = 0; i < pushes_.size(); ++i) move(i, reach);
  }

  void add(std::size_t i, std::size_t k, const Point& along, double force) {
    pushes_[i].x += along.x * force;
    pushes_[i].y += along.y * force;
    pushes_[k].x -= along.x * force;
    pushes_[k].y -= along.y * force;
  }

  void push_apart(std::size_t i, std::size_t k) {
    const Point along{part_.centres[i].x - part_.centres[k].x, part_.centres[i].y - part_.centres[k].y};
    const double square = std::max(along.x * along.x + along.y * along.y, 1.0);
    add(i, k, along, kSpring * kSpring * kRepulsion / square);
  }

  void pull(std::size_t i, std::size_t k) {
    const Point along{part_.centres[i].x - part_.centres[k].x, part_.centres[i].y - part_.centres[k].y};
    add(i, k, along, -std::sqrt(along.x * along.x + along.y * along.y) / kSpring);
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
  std::vector<Point> pushes_;
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

/// One round over all pairs; says whether any overlapped.
bool push_boxes_once(Part& part, const std::vector<Size>& boxes) {
  bool is_moved = false;
  for (std::size_t i = 0; i < part.members.size(); ++i)
    for (std::size_t k = i + 1; k < part.members.size(); ++k)
      is_moved |= separate(part.centres[i], part.centres[k], boxes[part.members[i]], boxes[part.members[k]]);
  return is_moved;
}

/// Where pushing alone finds no room, the whole part grows a little and is pushed again.
void push_boxes_apart(Part& part, const std::vector<Size>& boxes) {
  for (int growth = 0; growth < kMaxGrowths; ++growth) {
    for (int round = 0; round < kMaxPushes; ++round)
      if (!push_boxes_once(part, boxes)) return;
    for (auto& centre : part.centres) centre = {centre.x * kGrowth, centre.y * kGrowth};
  }
}

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

void arrange(Part& part, const std::vector<Size>& boxes) {
  Springs(part).settle();
  for (auto& centre : part.centres) centre.x *= kAspect;  // captions are wide
  push_boxes_apart(part, boxes);
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

Layout lay_out(const std::vector<Size>& boxes, const Links& links) {
  auto parts = parts_of(boxes.size(), links);
  for (auto& part : parts) arrange(part, boxes);
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
