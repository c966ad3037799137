// A block a currency, three columns of bars in each: givers, sums, what they are for. A bar has a slot as high as its words or as its
// amount, whichever is more, so no words meet.
#include "policygraph/picture/money_flow.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "picture/markup.hpp"
#include "picture/named.hpp"
#include "picture/stated_sums.hpp"
#include "picture/svg_frame.hpp"

namespace policygraph::inline v0 {
namespace detail::picture {
namespace {

constexpr double kMargin = 20;
constexpr double kHead = 40;
constexpr double kBlockHead = 30;
constexpr double kSlot = 32;            // least height of a bar with its words
constexpr double kGap = 8;
constexpr double kBarWidth = 12;
constexpr double kLargest = 130;        // height of a block's largest sum
constexpr double kSmallest = 2;
constexpr double kRibbon = 150;         // length of a flow where no words need more
constexpr double kLetter = 6.7;
constexpr std::size_t kMaxWords = 40;   // letters of a line
constexpr std::size_t kMaxNamed = 3;    // of those that stand together

/// A giver, or those that what they fund: one bar.
struct End {
  std::vector<NodeRow> rows;
  std::vector<std::size_t> sums;
  std::string name;
  double height = 0, y = 0;
};

struct Block {
  std::string currency;
  std::vector<StatedSum> sums;
  std::vector<double> heights, ys;
  std::vector<std::size_t> giver_of, recipient_of;
  std::vector<End> givers, recipients;
  std::size_t left_out = 0;
  double height = 0;
};

class Flow {
 public:
  Flow(const Snapshot& snapshot, std::span<const NodeRow> recipients, const MoneyFlowOptions& options) : snapshot_(snapshot) {
    title_ = options.title;
    if (title_.empty()) title_ = recipients.size() == 1 ? "Flow of money: " + shortened(snapshot.caption(recipients[0]), 2 * kMaxWords) : "Flow of money";
    auto stated = stated_sums(snapshot, recipients);
    called_off_ = stated.called_off;
    for (auto& [currency, sums] : stated.by_currency) blocks_.push_back(block_of(currency, std::move(sums), options.max_sums));
    for (auto& block : blocks_) place(block);
  }

  std::string draw() {
    double height = kHead + kMargin + kSlot;
    for (const auto& block : blocks_) height += kBlockHead + block.height + kGap;
    measure();
    const double width = right_ + kBarWidth + kGap + recipient_words_ + kMargin;
    out_ = open_svg({title_, description(), {std::max(width, letters_wide(title_) * kLetter * 1.1 + 2 * kMargin), height}}, picture_id(title_ + description()));
    text(kMargin, 24, title_, "pg-start pg-strong");
    double y = kHead;
    for (const auto& block : blocks_) {
      add_block(block, y);
      y += kBlockHead + block.height + kGap;
    }
    text(kMargin, y + 18, footnote(), "pg-start pg-soft");
    return std::move(out_ += "</svg>\n");
  }

 private:
  std::string footnote() const {
    std::string words = blocks_.empty() ? "No document read states a sum for it." : "Each sum as stated; one may be part of another, so nothing is added up.";
    if (called_off_ > 0) words += " Denied or cancelled, and not drawn: " + std::to_string(called_off_) + (called_off_ == 1 ? " sum." : " sums.");
    return words;
  }

  Block block_of(const std::string& currency, std::vector<StatedSum> sums, std::size_t most) const {
    Block block;
    block.currency = currency;
    block.left_out = sums.size() - std::min(sums.size(), most);
    sums.resize(sums.size() - block.left_out);
    block.sums = std::move(sums);
    const double largest = block.sums.empty() ? 0 : block.sums.front().amount.to_double();
    order_by_recipient(block);
    for (const auto& sum : block.sums)
      block.heights.push_back(largest > 0 ? std::max(kSmallest, kLargest * sum.amount.to_double() / largest) : kSmallest);
    for (std::size_t i = 0; i < block.sums.size(); ++i) {
      block.recipient_of.push_back(join(block.recipients, block.sums[i].recipients, i, block.heights[i], "purpose not stated"));
      block.giver_of.push_back(join(block.givers, block.sums[i].givers, i, block.heights[i], "giver not stated"));
    }
    return block;
  }

  /// Sums for the same stand together, where the largest of them would; flows then cross little.
  static void order_by_recipient(Block& block) {
    std::map<std::vector<NodeRow>, std::size_t> first;
    for (std::size_t i = 0; i < block.sums.size(); ++i) first.emplace(block.sums[i].recipients, i);
    std::ranges::stable_sort(block.sums, [&](const StatedSum& a, const StatedSum& b) { return first.at(a.recipients) < first.at(b.recipients); });
  }

  std::size_t join(std::vector<End>& ends, const std::vector<NodeRow>& rows, std::size_t sum, double height, const char* unknown) const {
    auto found = std::ranges::find_if(ends, [&](const End& end) { return end.rows == rows; });
    if (found == ends.end()) found = ends.insert(ends.end(), End{rows, {}, rows.empty() ? unknown : names(rows), 0, 0});
    found->sums.push_back(sum);
    found->height += height;
    return static_cast<std::size_t>(found - ends.begin());
  }

  std::string names(const std::vector<NodeRow>& rows) const {
    std::string out;
    for (std::size_t i = 0; i < rows.size() && i < kMaxNamed; ++i) out += (i > 0 ? " + " : "") + snapshot_.caption(rows[i]);
    return out + (rows.size() > kMaxNamed ? " + " + std::to_string(rows.size() - kMaxNamed) + " more" : "");
  }

  static void place(Block& block) {
    double y = 0;
    for (const auto height : block.heights) {
      block.ys.push_back(y + (std::max(kSlot, height) - height) / 2);
      y += std::max(kSlot, height) + kGap;
    }
    block.height = std::max({y, place(block.givers, block), place(block.recipients, block)});
  }

  /// Each as near to the middle of its sums as those above allow; gives where the last one ends.
  static double place(std::vector<End>& ends, const Block& block) {
    std::vector<std::size_t> order(ends.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto middle = [&](std::size_t i) {
      double all = 0;
      for (const auto sum : ends[i].sums) all += block.ys[sum] + block.heights[sum] / 2;
      return all / static_cast<double>(ends[i].sums.size());
    };
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return middle(a) < middle(b); });
    double free = 0;
    for (const auto i : order) {
      const double slot = std::max(kSlot, ends[i].height), top = std::max(free, middle(i) - slot / 2);
      ends[i].y = top + (slot - ends[i].height) / 2;
      free = top + slot + kGap;
    }
    return free;
  }

  static double words_width(const std::string& words) { return letters_wide(shortened(words, kMaxWords)) * kLetter; }

  void measure() {
    double givers = 0, sums = 0;
    for (const auto& block : blocks_) {
      for (const auto& end : block.givers) givers = std::max(givers, words_width(end.name));
      for (const auto& end : block.recipients) recipient_words_ = std::max(recipient_words_, words_width(end.name));
      for (const auto& sum : block.sums) sums = std::max({sums, letters_wide(sum.text) * kLetter, letters_wide(sum.about) * kLetter * 0.85});
    }
    left_ = kMargin + givers + kGap;
    middle_ = left_ + kBarWidth + kRibbon;
    right_ = middle_ + kBarWidth + std::max(kRibbon, sums + 3 * kGap);
  }

  std::string description() const {
    std::string all;
    for (const auto& block : blocks_)
      for (std::size_t i = 0; i < block.sums.size(); ++i) all += (all.empty() ? "" : "; ") + sentence(block, i);
    return all.empty() ? "no sums" : all;
  }
  static std::string sentence(const Block& block, std::size_t i) {
    const auto& sum = block.sums[i];
    return block.givers[block.giver_of[i]].name + " → " + sum.text + (sum.about.empty() ? "" : " (" + sum.about + ")") + " → " +
           block.recipients[block.recipient_of[i]].name;
  }

  void add_block(const Block& block, double top) {
    const auto more = block.left_out > 0 ? ", and " + std::to_string(block.left_out) + " smaller ones" : std::string();
    text(kMargin, top + 18, (block.currency.empty() ? "no currency stated" : block.currency) + ": " + std::to_string(block.sums.size()) +
         (block.sums.size() == 1 ? " sum" : " sums") + more, "pg-start pg-soft");
    top += kBlockHead;
    add_ribbons(block, top);
    for (std::size_t i = 0; i < block.sums.size(); ++i) add_sum(block, i, top);
    for (std::size_t i = 0; i < block.givers.size(); ++i) add_end(block.givers[i], left_, top, colour(block, i), false);
    for (const auto& end : block.recipients) add_end(end, right_, top, "pg-c3", true);
  }

  /// Grey is for those that are not stated.
  static std::string colour(const Block& block, std::size_t giver) {
    if (block.givers[giver].rows.empty()) return "pg-c3";
    constexpr std::array<std::string_view, 7> kShades{"pg-c1", "pg-c4", "pg-c2", "pg-c7", "pg-c0", "pg-c6", "pg-c5"};
    return std::string(kShades[giver % kShades.size()]);
  }

  void add_ribbons(const Block& block, double top) {
    std::vector<double> given(block.givers.size()), taken(block.recipients.size());
    for (std::size_t i = 0; i < block.sums.size(); ++i) {
      const auto g = block.giver_of[i], r = block.recipient_of[i];
      const auto& giver = block.givers[g];
      const auto& recipient = block.recipients[r];
      const auto shade = "pg-flow " + colour(block, g);
      out_ += "<g><title>" + escaped(sentence(block, i)) + "</title>";
      ribbon(left_ + kBarWidth, top + giver.y + given[g], middle_, top + block.ys[i], block.heights[i], shade);
      ribbon(middle_ + kBarWidth, top + block.ys[i], right_, top + recipient.y + taken[r], block.heights[i], shade);
      out_ += "</g>\n";
      given[g] += block.heights[i];
      taken[r] += block.heights[i];
    }
  }

  void ribbon(double x, double y, double to_x, double to_y, double height, const std::string& classes) {
    const auto half = number((x + to_x) / 2) + " ";
    const auto at = [](double a, double b) { return number(a) + " " + number(b); };
    out_ += "<path class=\"" + classes + "\" d=\"M" + at(x, y) + "C" + half + number(y) + " " + half + number(to_y) + " " + at(to_x, to_y) + "v" +
            number(height) + "C" + half + number(to_y + height) + " " + half + number(y + height) + " " + at(x, y + height) + "z\"/>";
  }

  void add_sum(const Block& block, std::size_t i, double top) {
    const auto& sum = block.sums[i];
    const double y = top + block.ys[i] + block.heights[i] / 2;
    bar(middle_, top + block.ys[i], block.heights[i], "pg-mark " + colour(block, block.giver_of[i]), sentence(block, i));
    text(middle_ + kBarWidth + kGap, sum.about.empty() ? y + 4 : y - 1, sum.text, "pg-start pg-strong");
    if (!sum.about.empty()) text(middle_ + kBarWidth + kGap, y + 12, sum.about, "pg-start pg-soft pg-type");
  }

  void add_end(const End& end, double x, double top, const std::string& shade, bool is_right) {
    bar(x, top + end.y, end.height, end.rows.empty() ? "pg-open" : "pg-mark " + shade, end.name);
    text(is_right ? x + kBarWidth + kGap : x - kGap, top + end.y + end.height / 2 + 4, shortened(end.name, kMaxWords),
         std::string(is_right ? "pg-start" : "pg-end") + (end.rows.empty() ? " pg-soft" : ""));
  }

  void bar(double x, double y, double height, const std::string& classes, const std::string& tip) {
    out_ += "<rect class=\"" + classes + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(kBarWidth) + "\" height=\"" +
            number(height) + "\"><title>" + escaped(tip) + "</title></rect>\n";
  }

  void text(double x, double y, std::string_view words, std::string_view classes) {
    out_ += "<text class=\"" + std::string(classes) + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\">" + escaped(words) + "</text>\n";
  }

  const Snapshot& snapshot_;
  std::string title_;
  std::size_t called_off_ = 0;
  std::vector<Block> blocks_;
  double left_ = kMargin, middle_ = 0, right_ = 0, recipient_words_ = 0;
  std::string out_;
};

}  // namespace
}  // namespace detail::picture

std::string draw_money_flow(const Snapshot& snapshot, std::span<const NodeRow> recipients, const MoneyFlowOptions& options) {
  return detail::picture::Flow(snapshot, recipients, options).draw();
}

std::string draw_money_flow(const Snapshot& snapshot, std::string_view name, const MoneyFlowOptions& options) {
  const auto row = detail::picture::thing_named(snapshot, name);
  return draw_money_flow(snapshot, std::span(&row, 1), options);
}

}  // namespace policygraph::inline v0
