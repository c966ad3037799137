#include <cstdint>
#include <vector>

#include "graph/history.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

/// Numbers as they are first met.
class FirstMet {
 public:
  explicit FirstMet(std::size_t count) : is_met_(count) {}
  void add(std::uint32_t number) {
    if (is_met_[number]) return;
    is_met_[number] = true;
    order_.push_back(number);
  }
  std::vector<std::uint32_t> take() { return std::move(order_); }

 private:
  std::vector<bool> is_met_;
  std::vector<std::uint32_t> order_;
};

/// The mentions of a history one by one, as claims come to speak of them.
class NextMention {
 public:
  NextMention(const History& history, FirstMet& met) : history_(history), met_(met), left_(history.mention_count()) { look(); }
  void pass(std::uint64_t key) {
    while (left_ > 0 && key_ <= key) pass_one();
  }
  void pass_all() {
    while (left_ > 0) pass_one();
  }

 private:
  void pass_one() {
    const auto mention = history_.mention(next_);
    met_.add(mention.type_number());
    met_.add(mention.surface_number());
    ++next_, --left_;
    look();
  }
  void look() {
    if (left_ > 0) key_ = history_.mention(next_).key().value;
  }
  const History& history_;
  FirstMet& met_;
  std::uint32_t next_ = 0, left_;
  std::uint64_t key_ = 0;
};

}  // namespace

// Mentions and values by turns, as most who write bring them: then the order is that of the numbers, nearly everywhere.
std::vector<std::uint32_t> History::strings_in_order() const {
  FirstMet met(strings_->size());
  evidence_.visit([&](const EvidenceTable& table) { table.visit_extractors([&](std::uint32_t number) { met.add(number); }); });
  claims_.visit([&](const ClaimTable& table) {
    for (std::size_t i = 0; i < table.shapes().size(); ++i) met.add(table.shapes()[i].name);
  });
  NextMention mentions(*this, met);
  claims_.visit([&](const ClaimTable& table) {
    for (std::uint32_t place = 0, end = table.size(); place < end; ++place) {
      const auto claim = table[place];
      if (claim.shape().has_subject) mentions.pass(claim.subject().value);
      if (claim.shape().form == ValueForm::string) met.add(claim.value_number());
    }
  });
  mentions.pass_all();
  return met.take();
}

}  // namespace policygraph::inline v0::detail::graph
