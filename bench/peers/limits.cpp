#include "limits.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace bench::peers {
namespace {

using Ids = std::vector<std::uint32_t>;

std::uint32_t id_of(const Argument& argument) { return static_cast<std::uint32_t>(argument.number); }

std::size_t give(const Ids& ids, AnswerLines* lines) {
  if (lines != nullptr)
    for (const auto id : ids) lines->push_back(std::to_string(id));
  return ids.size();
}

std::size_t point(const HandTables& t, const Arguments& a, AnswerLines* lines) {
  const std::string number = t.act_numbers[id_of(a[0]) - t.first_act];
  if (lines != nullptr) lines->push_back(number);
  return number.size() == 0 ? 0 : 1;
}

std::size_t name_exact(const HandTables& t, const Arguments& a, AnswerLines* lines) {
  const auto found = t.programme_by_name.find(a[0].text);
  return give(found == t.programme_by_name.end() ? Ids() : Ids{found->second}, lines);
}

std::size_t name_prefix(const HandTables& t, const Arguments& a, AnswerLines* lines) {
  const std::string_view prefix = a[0].text;
  Ids ids;
  for (auto at = std::ranges::lower_bound(t.programmes_in_order, prefix, {},
                                          &std::pair<std::string_view, std::uint32_t>::first);
       at != t.programmes_in_order.end() && at->first.starts_with(prefix) && ids.size() < 20; ++at)
    ids.push_back(at->second);
  return give(ids, lines);
}

std::size_t full_text(const HandTables& t, const Arguments& a, AnswerLines* lines) {
  const auto one = t.acts_by_word.find(a[0].text), other = t.acts_by_word.find(a[1].text);
  Ids ids;
  if (one != t.acts_by_word.end() && other != t.acts_by_word.end())
    std::ranges::set_intersection(one->second, other->second, std::back_inserter(ids));
  return give(ids, lines);
}

std::size_t one_hop(const HandTables& t, const Arguments& a, AnswerLines* lines) {
  const auto since = day_number(a[1].text);
  Ids ids;
  for (const auto act : t.cites.of(id_of(a[0])))
    if (t.act_date[act - t.first_act] >= since) ids.push_back(act);
  return give(ids, lines);
}

std::size_t money_path(const HandTables& t, const Arguments& a, AnswerLines* lines) {
  struct Found {
    std::int64_t cents;
    std::uint32_t programme, partner;
  };
  std::vector<Found> found;
  for (const auto sum : t.authorises.of(id_of(a[0]))) {
    const auto programme = t.programme[sum - t.first_sum];
    for (const auto partner : t.partners_of.of(programme))
      found.push_back({t.sum_cents[sum - t.first_sum], programme, partner});
  }
  if (lines != nullptr)
    for (const auto& row : found)
      lines->push_back(row_text(money_text(row.cents), t.programme_names[row.programme - t.first_programme],
                                t.partner_names[row.partner - t.first_partner]));
  return found.size();
}

std::size_t provenance(const HandTables& t, const Arguments& a, AnswerLines* lines) {
  const auto& edges = t.authorises;
  std::size_t count = 0;
  for (auto at = edges.starts[id_of(a[0]) - edges.first]; at < edges.starts[id_of(a[0]) - edges.first + 1]; ++at) {
    if (edges.ends[at] != id_of(a[1])) continue;
    const auto& words = t.authorised[edges.places[at]];
    const auto title = t.document_titles[words.document - t.first_document];
    const auto quote =
        t.document_texts[words.document - t.first_document].substr(words.begins, words.ends - words.begins);
    if (lines != nullptr)
      lines->push_back(row_text(title, std::to_string(words.begins), std::to_string(words.ends), quote));
    ++count;
  }
  return count;
}

/// Which acts were seen in this search; a new search forgets them at once.
class Marks {
 public:
  explicit Marks(std::size_t size) : marks_(size, 0) {}
  void begin() { ++turn_; }
  bool add(std::uint32_t row) { return std::exchange(marks_[row], turn_) != turn_; }
  bool has(std::uint32_t row) const { return marks_[row] == turn_; }

 private:
  std::vector<std::uint32_t> marks_;
  std::uint32_t turn_ = 0;
};

class Closure {
 public:
  explicit Closure(const HandTables& tables) : t_(&tables), seen_(tables.act_numbers.size()) {}
  std::size_t operator()(const Arguments& a, AnswerLines* lines) {
    Ids reached;
    seen_.begin();
    const auto add = [&](std::uint32_t from) {
      for (const auto act : t_->amends.of(from))
        if (seen_.add(act - t_->first_act)) reached.push_back(act);
    };
    add(id_of(a[0]));
    for (std::size_t i = 0; i < reached.size(); ++i) add(reached[i]);
    return give(reached, lines);
  }

 private:
  const HandTables* t_;
  Marks seen_;
};

/// Breadth first from both ends, the smaller front first; arrows do not count.
class Way {
 public:
  explicit Way(const HandTables& tables)
      : t_(&tables), sides_{Side(tables.act_numbers.size()), Side(tables.act_numbers.size())} {}
  std::size_t operator()(const Arguments& a, AnswerLines* lines) {
    for (std::size_t side = 0; side < 2; ++side) {
      sides_[side].seen.begin();
      sides_[side].front = {id_of(a[side])};
      sides_[side].seen.add(id_of(a[side]) - t_->first_act);
    }
    for (std::uint32_t length = id_of(a[0]) == id_of(a[1]) ? 0 : 1;; ++length) {
      if (length == 0 || meets()) {
        if (lines != nullptr) lines->push_back(std::to_string(length));
        return 1;
      }
      if (sides_[0].front.empty() || sides_[1].front.empty()) return 0;
    }
  }

 private:
  struct Side {
    explicit Side(std::size_t size) : seen(size) {}
    Marks seen;
    Ids front;
  };
  bool meets() {
    auto& side = sides_[sides_[0].front.size() <= sides_[1].front.size() ? 0 : 1];
    const auto& other = sides_[&side == &sides_[0] ? 1 : 0].seen;
    Ids next;
    for (const auto from : side.front)
      for (const auto* edges : {&t_->cites, &t_->cited_by})
        for (const auto act : edges->of(from)) {
          if (other.has(act - t_->first_act)) return true;
          if (side.seen.add(act - t_->first_act)) next.push_back(act);
        }
    side.front = std::move(next);
    return false;
  }

  const HandTables* t_;
  Side sides_[2];
};

class Limits : public Engine {
 public:
  explicit Limits(const Places& places) : places_(places) {}
  std::string version() override { return "g++ " __VERSION__; }
  void import() override { tables_.emplace(places_.folder); }
  Runner runner(const std::string& query) override {
    auto found = hand_lookup(*tables_, query);
    return found ? found : hand_scan(*tables_, query);
  }

 private:
  Places places_;
  std::optional<HandTables> tables_;
};

}  // namespace

Runner hand_lookup(const HandTables& tables, const std::string& query) {
  const auto loop = [&tables](auto* act) {
    return [&tables, act](const Arguments& a, AnswerLines* lines) { return act(tables, a, lines); };
  };
  if (query == "point_by_key") return loop(point);
  if (query == "name_exact") return loop(name_exact);
  if (query == "name_prefix") return loop(name_prefix);
  if (query == "full_text") return loop(full_text);
  if (query == "one_hop") return loop(one_hop);
  if (query == "money_path") return loop(money_path);
  if (query == "provenance") return loop(provenance);
  if (query == "closure") return Closure(tables);
  if (query == "shortest_path") return Way(tables);
  return {};
}

std::unique_ptr<Engine> make_limits(const Places& places) { return std::make_unique<Limits>(places); }

}  // namespace bench::peers
