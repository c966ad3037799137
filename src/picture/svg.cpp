// The picture: boxes of a mark and a caption, links as arrows between marks.
#include "picture/svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/steps.hpp"
#include "picture/called_off.hpp"
#include "picture/curve.hpp"
#include "picture/dates.hpp"
#include "picture/layout.hpp"
#include "picture/markup.hpp"
#include "picture/svg_frame.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace detail::picture {
namespace {

constexpr double kRadius = 9;          // of a mark
constexpr double kStep = 0.01;         // along a link, in search of the edge of a box
constexpr double kLineHeight = 14;     // of a caption
constexpr double kLetterWidth = 6.7;   // at 12 px, on average, generously
constexpr std::size_t kLineLetters = 24;
constexpr std::size_t kMaxTyped = 1500;  // links; nobody reads the types of more, and finding room for them takes long
constexpr std::size_t kColours = 8;
constexpr std::size_t kShapes = 4;

/// A caption in one or two lines, broken at a blank where there is one.
std::vector<std::string> caption_lines(std::string_view caption) {
  if (count_code_points(caption) <= kLineLetters) return {std::string(caption)};
  auto first = shortened(caption, kLineLetters);
  first.resize(first.size() - std::string_view("…").size());
  auto next = first.size();
  if (const auto blank = first.rfind(' '); caption[next] != ' ' && blank != std::string::npos && blank > 0) {
    first.resize(blank);
    next = blank;
  }
  while (next < caption.size() && caption[next] == ' ') ++next;
  return {first, shortened(caption.substr(next), kLineLetters)};
}

struct Box {
  std::vector<std::string> lines;
  Size size;
};

Box box_of(std::string_view caption) {
  Box box{caption_lines(caption), {}};
  double letters = 0;
  for (const auto& line : box.lines) letters = std::max(letters, letters_wide(line));
  box.size.width = std::max(2 * kRadius, letters * kLetterWidth);
  box.size.height = 2 * kRadius + 3 + static_cast<double>(box.lines.size()) * kLineHeight;
  return box;
}

std::string pair(double x, double y) { return number(x) + " " + number(y); }

std::string mark_at(std::size_t family, const Point& at) {
  const auto shape = family / kColours % kShapes;
  const auto name = "<path class=\"pg-mark pg-c" + std::to_string(family % kColours) + "\" d=\"";
  const auto circle = "M" + pair(at.x - kRadius, at.y) + "a9 9 0 1 0 18 0a9 9 0 1 0 -18 0z";
  const auto square = "M" + pair(at.x - 8, at.y - 8) + "h16v16h-16z";
  const auto diamond = "M" + pair(at.x, at.y - 11) + "l11 11l-11 11l-11 -11z";
  const auto triangle = "M" + pair(at.x, at.y - 10) + "l10 17h-20z";
  const std::array<std::string, kShapes> shapes{circle, square, diamond, triangle};
  return name + shapes[shape] + "\"/>";
}

class Drawing {
 public:
  Drawing(const Snapshot& snapshot, const PageOptions& options, bool is_in_page)
      : snapshot_(snapshot), options_(options), is_in_page_(is_in_page), steps_(options.stop, "drawing"), families_(snapshot), selection_(select(snapshot, options.max_nodes, options.loose_nodes)) {}

  std::string draw() {
    steps_.check();
    place();
    open();
    count_parallels();
    for (const auto& link : selection_.links) add_link(link);
    if (selection_.links.size() <= kMaxTyped)
      for (const auto& link : selection_.links) add_type(link);
    for (std::size_t i = 0; i < selection_.nodes.size(); ++i) add_node(i);
    return std::move(out_ += "</svg>\n");
  }

 private:
  void place() {
    std::vector<Size> sizes;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> links;
    for (const auto row : selection_.nodes) {
      boxes_.push_back(box_of(grouped(snapshot_.caption(row))));
      sizes.push_back(boxes_.back().size);
    }
    for (const auto& link : selection_.links) links.emplace_back(link.from, link.to);
    layout_ = lay_out(sizes, links, options_.stop);
    for (std::size_t i = 0; i < boxes_.size(); ++i) taken_.push_back({layout_.centres[i], boxes_[i].size});
  }

  Point mark_of(std::size_t i) const {
    return {layout_.centres[i].x, layout_.centres[i].y - boxes_[i].size.height / 2 + kRadius};
  }

  void open() {
    id_ = picture_id(options_.title + all_captions());
    out_ += open_svg({options_.title, description(), layout_.size}, id_);
    out_ += "<defs><marker id=\"" + id_ + "-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\" "
            "markerUnits=\"userSpaceOnUse\"><path class=\"pg-head\" d=\"M0 0.5L8 4L0 7.5z\"/></marker></defs>\n";
  }

  std::string all_captions() const {
    std::string all;
    for (const auto row : selection_.nodes) all += "\n" + snapshot_.caption(row);
    return all;
  }

  std::string description() const {
    auto text = std::to_string(selection_.nodes.size()) + " of " + std::to_string(snapshot_.node_count()) + " nodes and " +
                std::to_string(selection_.links.size()) + " of " + std::to_string(snapshot_.edge_count()) + " edges";
    for (const auto& family : families_.present())
      text += ", " + (family.name.empty() ? "without label" : family.name) + ": " + std::to_string(family.nodes);
    return text;
  }

  void count_parallels() {
    for (const auto& link : selection_.links) ++parallels_[std::minmax(link.from, link.to)].first;
  }

  /// How far the middle of a link stands off the straight line: links between the same two nodes fan out.
  double bend(const Selection::Link& link) {
    auto& [count, used] = parallels_[std::minmax(link.from, link.to)];
    const double offset = (static_cast<double>(used++) - static_cast<double>(count - 1) / 2) * 26;
    return link.from < link.to ? offset : -offset;
  }

  void add_link(const Selection::Link& link) {
    steps_.step();
    const std::string kind = is_called_off(snapshot_.modality(link.edge)) ? "\"pg-link pg-off\"" : "\"pg-link\"";
    out_ += (is_in_page_ ? "<a class=" + kind + data_of(link) + ">" : "<g class=" + kind + ">");
    out_ += "<title>" + escaped(snapshot_.caption(selection_.nodes[link.from])) + " " + escaped(type_words(snapshot_, link.edge)) + " " +
            escaped(snapshot_.caption(selection_.nodes[link.to])) + "</title>";
    const auto way = link.from == link.to ? loop(mark_of(link.from)) : curve(link, bend(link));
    out_ += "<path marker-end=\"url(#" + id_ + "-arrow)\" d=\"" + way + (is_in_page_ ? "\"/></a>\n" : "\"/></g>\n");
  }

  /// What the page's script reads.
  std::string data_of(const Selection::Link& link) const {
    const auto key = std::to_string(snapshot_.key(link.edge).value);
    return " href=\"#e" + key + "\" data-edge=\"" + key + "\" data-kind=\"" + type_of(link) + "\" data-source=\"" + key_of(link.from) +
           "\" data-target=\"" + key_of(link.to) + "\"" + attributes(dates_of(snapshot_, link.edge));
  }
  std::string data_of(std::size_t i) const {
    const auto label = escaped(family(snapshot_, selection_.nodes[i]));
    return " href=\"#n" + key_of(i) + "\" data-node=\"" + key_of(i) + "\" data-kind=\"" + label + "\"" +
           attributes(dates_of(snapshot_, selection_.nodes[i]));
  }
  std::string key_of(std::size_t i) const { return std::to_string(snapshot_.key(selection_.nodes[i]).value); }

  std::string loop(const Point& at) {
    places_.push_back({{{at.x, at.y - 28}, {at.x, at.y - 28}, {at.x, at.y - 28}}});
    return "M" + pair(at.x + 6, at.y - 8) + "c24 -30 -36 -30 -13 -2";
  }

  /// From the edge of one box to that of the other: an arrow that ended behind a caption would not be seen.
  std::string curve(const Selection::Link& link, double bend) {
    const auto from = mark_of(link.from), to = mark_of(link.to);
    const double x = to.x - from.x, y = to.y - from.y;
    const double length = std::max(std::sqrt(x * x + y * y), 1.0);
    const Curve whole{from, {(from.x + to.x) / 2 - y / length * bend * 2, (from.y + to.y) / 2 + x / length * bend * 2}, to};
    double start = 0, end = 1;
    while (start < 0.45 && covers(link.from, whole.at(start), 0)) start += kStep;
    while (end > 0.55 && covers(link.to, whole.at(end), 3)) end -= kStep;
    const auto seen = whole.between(start, end);
    places_.push_back({{seen.at(0.5), seen.at(0.36), seen.at(0.64)}});
    return "M" + pair(seen.from.x, seen.from.y) + "Q" + pair(seen.handle.x, seen.handle.y) + " " + pair(seen.to.x, seen.to.y);
  }

  /// Whether a point lies on a node's mark or caption, or that near.
  bool covers(std::size_t i, const Point& at, double near) const {
    const auto mark = mark_of(i);
    const double x = at.x - mark.x, y = at.y - mark.y, reach = kRadius + near;
    if (x * x + y * y < reach * reach) return true;
    const auto& size = boxes_[i].size;
    return y > kRadius && std::abs(at.x - layout_.centres[i].x) < size.width / 2 && at.y - layout_.centres[i].y < size.height / 2 + near;
  }

  /// The type in the middle of its link, or a little off it, where there is room.
  void add_type(const Selection::Link& link) {
    steps_.step();
    const auto type = escaped(type_words(snapshot_, link.edge));
    const Size size{letters_wide(type) * 6 + 4, 11};
    const auto is_free = [&](const Point& at) {
      return std::ranges::none_of(taken_, [&](const Taken& other) { return overlap({at, size}, other); });
    };
    const auto& places = places_[next_place_++];
    const auto found = std::ranges::find_if(places, is_free);
    if (found == places.end()) return;
    const auto& middle = *found;
    taken_.push_back({middle, size});
    out_ += "<text class=\"pg-type\"" + (is_in_page_ ? " data-of=\"" + std::to_string(snapshot_.key(link.edge).value) + "\"" : std::string()) + " x=\"" + number(middle.x) + "\" y=\"" + number(middle.y + 3) + "\">" + std::string(type) + "</text>\n";
  }

  std::string type_of(const Selection::Link& link) const { return escaped(snapshot_.name(snapshot_.type(link.edge))); }

  void add_node(std::size_t i) {
    steps_.step();
    const auto row = selection_.nodes[i];
    const auto centre = layout_.centres[i];
    const auto label = family(snapshot_, row);
    out_ += is_in_page_ ? "<a class=\"pg-node\"" + data_of(i) + ">" : "<g>";
    out_ += "<title>" + escaped(std::string(label) + " " + snapshot_.caption(row)) + "</title>" + mark_at(families_.index(label), mark_of(i));
    double y = mark_of(i).y + kRadius + 12;
    for (const auto& line : boxes_[i].lines) {
      out_ += "<text x=\"" + number(centre.x) + "\" y=\"" + number(y) + "\">" + escaped(line) + "</text>";
      y += kLineHeight;
    }
    out_ += is_in_page_ ? "</a>\n" : "</g>\n";
  }

  struct Taken {
    Point centre;
    Size size;
  };
  static bool overlap(const Taken& a, const Taken& b) {
    return std::abs(a.centre.x - b.centre.x) * 2 < a.size.width + b.size.width &&
           std::abs(a.centre.y - b.centre.y) * 2 < a.size.height + b.size.height;
  }

  const Snapshot& snapshot_;
  const PageOptions& options_;
  bool is_in_page_;
  base::Steps steps_;
  Families families_;
  Selection selection_;
  std::vector<Box> boxes_;
  Layout layout_;
  std::vector<Taken> taken_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<std::uint32_t, std::uint32_t>> parallels_;
  std::vector<std::array<Point, 3>> places_;  ///< where the type of a link may stand
  std::size_t next_place_ = 0;
  std::string id_;
  std::string out_;
};

}  // namespace

std::string draw(const Snapshot& snapshot, const PageOptions& options, bool is_in_page) {
  return Drawing(snapshot, options, is_in_page).draw();
}

std::string mark(std::size_t family_index) {
  return "<svg class=\"mark\" aria-hidden=\"true\" width=\"24\" height=\"24\" viewBox=\"0 0 24 24\">" + mark_at(family_index, {12, 12}) + "</svg>";
}

}  // namespace detail::picture

std::string to_svg(const Snapshot& snapshot, const PageOptions& options) { return detail::picture::draw(snapshot, options, false); }

}  // namespace policygraph::inline v0
