#include <algorithm>
#include <string>

#include "graph/lean_search.hpp"
#include "graph/naming.hpp"
#include "policygraph/graph/search.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/transliterate.hpp"
#include "text/name_words.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::Claim;
using detail::graph::NameTable;
using detail::graph::SeenNodes;
using detail::graph::visit_names;

const NameTable& names_of(const Snapshot::Data& data) {
  return data.name_table.get([&] { return NameTable(data); });
}

// What a question finds in the base, but for the nodes that changed since, and among those.
template <class Ask>
auto ask_parts(const Snapshot& snapshot, const Label* label, Ask ask) {
  const auto& data = snapshot.data();
  auto out = ask(names_of(data), SeenNodes{snapshot, label, nullptr});
  if (data.base == nullptr) return out;
  const auto more = ask(names_of(*data.base), SeenNodes{snapshot, label, &data.changed_nodes});
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

// Whether there can be an answer: no label is wanted, or one that the graph has.
bool find_label(const Snapshot& snapshot, std::string_view name, std::optional<Label>& out) {
  if (name.empty()) return true;
  snapshot.schema().check_label(name);
  out = snapshot.label(name);
  return out.has_value();
}

const Label* pointer(const std::optional<Label>& label) { return label ? &*label : nullptr; }

// The likest of a node's names, and the claims that say it.
template <class ScoreOf>
NameMatch match_of(const Snapshot& snapshot, NodeRow row, double score, ScoreOf score_of) {
  NameMatch out{row, score, {}, {}};
  double best = -1;
  visit_names(snapshot.data(), row, [&](const std::string& name, Claim claim) {
    const double found = score_of(name);
    if (found > best) {
      best = found;
      out.name = name;
      out.evidence.clear();
    }
    if (name != out.name) return;
    for (const auto id : claim.evidence()) out.evidence.push_back(id);
  });
  std::ranges::sort(out.evidence);
  out.evidence.erase(std::unique(out.evidence.begin(), out.evidence.end()), out.evidence.end());
  return out;
}

template <class Wanted>
double is_equal(std::string_view name, const Wanted& folded) {
  return fold_name(name) == folded ? 1 : 0;
}

// Nodes in order of the folded name that begins so.
std::vector<NameTable::Folded> beginning(const Snapshot& snapshot, std::string_view text, std::size_t limit, std::string_view label_name) {
  std::optional<Label> label;
  const auto folded = fold_name(text);
  if (!find_label(snapshot, label_name, label) || limit == 0 || folded.empty()) return {};
  auto found = ask_parts(snapshot, pointer(label), [&](const NameTable& names, const SeenNodes& is_seen) { return names.beginning(folded, limit, is_seen); });
  const auto place = [&](const NameTable::Folded& one) { return std::pair(one.name, snapshot.key(NodeRow{one.row})); };
  std::ranges::sort(found, {}, place);
  if (found.size() > limit) found.resize(limit);
  return found;
}

}  // namespace

std::vector<NameMatch> similar_names(const Snapshot& snapshot, std::string_view text, std::size_t limit, std::string_view label_name) {
  std::optional<Label> label;
  const auto key = name_key(text.substr(0, detail::text::kMostNameBytes));
  const auto words = detail::text::name_words(key);
  if (!find_label(snapshot, label_name, label) || limit == 0 || words.empty()) return {};
  auto found = ask_parts(snapshot, pointer(label), [&](const NameTable& names, const SeenNodes& is_seen) { return names.similar(words, limit, is_seen); });
  const auto place = [&](const NameTable::Scored& one) { return std::pair(-one.score, snapshot.key(NodeRow{one.row})); };
  std::ranges::sort(found, {}, place);
  if (found.size() > limit) found.resize(limit);
  std::vector<NameMatch> out;
  for (const auto& [row, score] : found) {
    out.push_back(match_of(snapshot, NodeRow{row}, score, [&](const std::string& name) {
      const auto of_name = name_key(std::string_view(name).substr(0, detail::text::kMostNameBytes));
      return detail::text::words_similarity(words, detail::text::name_words(of_name));
    }));
  }
  return out;
}

std::vector<NameMatch> exact_names(const Snapshot& snapshot, std::string_view text, std::string_view label_name) {
  std::optional<Label> label;
  const auto folded = fold_name(text);
  if (!find_label(snapshot, label_name, label) || folded.empty()) return {};
  auto rows = snapshot.data().names.find(snapshot.data(), folded);
  std::erase_if(rows, [&](NodeRow row) { return !SeenNodes{snapshot, pointer(label), nullptr}(row.value); });
  std::ranges::sort(rows, {}, [&](NodeRow row) { return snapshot.key(row); });
  std::vector<NameMatch> out;
  for (const auto row : rows) out.push_back(match_of(snapshot, row, 1, [&](const std::string& name) { return is_equal(name, folded); }));
  return out;
}

std::vector<NameMatch> names_with_prefix(const Snapshot& snapshot, std::string_view text, std::size_t limit, std::string_view label_name) {
  std::vector<NameMatch> out;
  for (const auto& [name, row] : beginning(snapshot, text, limit, label_name)) {
    out.push_back(match_of(snapshot, NodeRow{row}, 1, [&](const std::string& other) { return is_equal(other, name); }));
  }
  return out;
}

std::vector<detail::graph::FoundNode> detail::graph::find_nodes_by_prefix(const Snapshot& snapshot, std::string_view text, std::size_t limit,
                                                                          std::string_view label_name) {
  std::vector<FoundNode> out;
  for (const auto& found : beginning(snapshot, text, limit, label_name)) out.push_back({NodeRow{found.row}, 1});
  return out;
}

}  // namespace policygraph::inline v0
