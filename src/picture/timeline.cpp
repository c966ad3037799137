// Three columns: what, the bars above an axis of years, the dates in words. Every line has a height of its own, so no words meet.
#include "policygraph/picture/timeline.hpp"

#include <algorithm>
#include <array>

#include "picture/dated_lines.hpp"
#include "picture/markup.hpp"
#include "picture/named.hpp"
#include "picture/selection.hpp"
#include "picture/svg_frame.hpp"

namespace policygraph::inline v0 {
namespace detail::picture {
namespace {

constexpr double kMargin = 20;
constexpr double kHead = 52;           // title and years
constexpr double kLine = 32;
constexpr double kBar = 10;
constexpr double kChart = 560;         // width
constexpr double kGutter = 18;
constexpr double kLetter = 6.7;        // at 12 px, generously
constexpr double kSmallLetter = 5.6;   // at 10 px
constexpr std::size_t kMaxCaption = 44;
constexpr int kMaxYears = 12;          // named on the axis
constexpr std::size_t kColours = 8;

class Timeline {
 public:
  Timeline(const Snapshot& snapshot, NodeRow thing, const TimelineOptions& options)
      : snapshot_(snapshot), families_(snapshot), lines_(dated_lines(snapshot, thing, options.hops)) {
    const auto name = shortened(snapshot.caption(thing), kMaxCaption * 2);
    title_ = options.title.empty() ? "Timeline of " + name : options.title;
    left_out_ = lines_.size() - std::min(lines_.size(), options.max_lines);
    lines_.resize(lines_.size() - left_out_);
    measure();
  }

  std::string draw() {
    const double height = kHead + static_cast<double>(lines_.size()) * kLine + (left_out_ > 0 || lines_.empty() ? kLine : 0) + kMargin;
    const double width = std::max(chart_ + kChart + kGutter + dates_width_, letters_wide(title_) * kLetter * 1.1 + kMargin) + kMargin;
    out_ = open_svg({title_, description(), {width, height}}, picture_id(title_ + description()));
    text(kMargin, 24, title_, "pg-start pg-strong");
    if (!lines_.empty()) add_axis(height);
    for (std::size_t i = 0; i < lines_.size(); ++i) add_line(lines_[i], kHead + (static_cast<double>(i) + 0.5) * kLine);
    const double below = kHead + (static_cast<double>(lines_.size()) + 0.6) * kLine;
    if (lines_.empty()) text(kMargin, below, "No document read states a date of it.", "pg-start pg-soft");
    else if (left_out_ > 0) text(kMargin, below, "and " + std::to_string(left_out_) + " later ones", "pg-start pg-soft");
    return std::move(out_ += "</svg>\n");
  }

 private:
  void measure() {
    double captions = 0;
    for (const auto& line : lines_) {
      captions = std::max({captions, letters_wide(shortened(line.caption, kMaxCaption)) * kLetter, letters_wide(line.what) * kSmallLetter});
      dates_width_ = std::max(dates_width_, letters_wide(line.dates()) * kLetter);
      first_ = i_min(first_, year_month_day(line.first()).year);
      last_ = std::max(last_, year_month_day(line.last()).year + 1);
    }
    chart_ = kMargin + captions + kGutter;
  }
  static int i_min(int known, int year) { return known == 0 ? year : std::min(known, year); }

  double x_of(Day day) const {
    const auto start = make_day(first_, 1, 1).days, end = make_day(last_, 1, 1).days;
    return chart_ + kChart * static_cast<double>(day.days - start) / static_cast<double>(std::max<std::int64_t>(end - start, 1));
  }

  std::string description() const {
    std::string all = std::to_string(lines_.size()) + (lines_.size() == 1 ? " line" : " lines");
    for (const auto& line : lines_) all += "; " + line.dates() + ": " + line.caption + (line.what.empty() ? "" : " (" + line.what + ")");
    return all;
  }

  int step() const {
    constexpr std::array kSteps{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    const auto found = std::ranges::find_if(kSteps, [this](int step) { return (last_ - first_) / step <= kMaxYears; });
    return found == kSteps.end() ? kSteps.back() : *found;
  }

  void add_axis(double height) {
    for (int year = (first_ + step() - 1) / step() * step(); year <= last_; year += step()) {
      const auto x = number(x_of(make_day(year, 1, 1)));
      out_ += "<path class=\"pg-rule\" d=\"M" + x + " " + number(kHead - 4) + "V" + number(height - kMargin) + "\"/>\n";
      text(x_of(make_day(year, 1, 1)), kHead - 8, std::to_string(year), "pg-soft");
    }
  }

  void add_line(const DatedLine& line, double y) {
    const auto tip = line.caption + (line.what.empty() ? "" : ", " + line.what) + ": " + line.dates();
    const auto colour = "pg-c" + std::to_string(families_.index(family(snapshot_, line.thing)) % kColours);
    out_ += "<g><title>" + escaped(tip) + "</title>";
    text(kMargin, line.what.empty() ? y + 4 : y - 1, shortened(line.caption, kMaxCaption), "pg-start");
    if (!line.what.empty()) text(kMargin, y + 12, line.what, "pg-start pg-soft pg-type");
    add_bars(line, y, colour);
    text(chart_ + kChart + kGutter, y + 4, line.dates(), "pg-start");
    out_ += "</g>\n";
  }

  void add_bars(const DatedLine& line, double y, const std::string& colour) {
    if (!line.is_period || line.from == line.to) {
      add_moment(line.from, y, colour);
      return;
    }
    const bool has_from = !line.from.is_unknown(), has_to = !line.to.is_unknown();
    const double start = has_from ? x_of(line.from.earliest()) : chart_, end = has_to ? x_of(next(line.to.latest())) : chart_ + kChart;
    if (!has_from || !has_to) {
      bar(start, end, y, "pg-open");
      if (has_from) add_moment(line.from, y, colour);
      else add_moment(line.to, y, colour);
      return;
    }
    bar(start, end, y, "pg-maybe " + colour);
    const double sure_start = x_of(line.from.latest()), sure_end = x_of(line.to.earliest());
    if (sure_end > sure_start) bar(sure_start, sure_end, y, colour);
  }

  /// A day is a mark; a month or a year is all the days it may be.
  void add_moment(const PartialDate& date, double y, const std::string& colour) {
    const double start = x_of(date.earliest()), end = x_of(next(date.latest()));
    if (!date.is_day()) {
      bar(start, end, y, "pg-maybe " + colour);
      return;
    }
    out_ += "<path class=\"pg-mark " + colour + "\" d=\"M" + number(start) + " " + number(y - 7) + "l7 7l-7 7l-7 -7z\"/>";
  }

  void bar(double start, double end, double y, const std::string& classes) {
    out_ += "<rect class=\"" + classes + "\" x=\"" + number(start) + "\" y=\"" + number(y - kBar / 2) + "\" width=\"" +
            number(std::max(end - start, 2.0)) + "\" height=\"" + number(kBar) + "\" rx=\"2\"/>";
  }

  static Day next(Day day) { return {std::min(day.days + 1, kLastDay.days)}; }

  void text(double x, double y, std::string_view words, std::string_view classes) {
    out_ += "<text class=\"" + std::string(classes) + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\">" + escaped(words) + "</text>";
  }

  const Snapshot& snapshot_;
  Families families_;
  std::vector<DatedLine> lines_;
  std::string title_;
  std::size_t left_out_ = 0;
  double chart_ = 0, dates_width_ = 0;
  int first_ = 0, last_ = 0;
  std::string out_;
};

}  // namespace
}  // namespace detail::picture

std::string draw_timeline(const Snapshot& snapshot, NodeRow thing, const TimelineOptions& options) {
  return detail::picture::Timeline(snapshot, thing, options).draw();
}

std::string draw_timeline(const Snapshot& snapshot, std::string_view name, const TimelineOptions& options) {
  return draw_timeline(snapshot, detail::picture::thing_named(snapshot, name), options);
}

}  // namespace policygraph::inline v0
