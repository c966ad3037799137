#include "resolve/unique.hpp"

#include <map>
#include <string>

namespace policygraph::inline v0::detail::resolve {
namespace {

void judge(const Snapshot& snapshot, const LabelRule& label, const PropertyRule& property, std::vector<Judgement>& judgements) {
  std::map<std::string, NodeKey> first;
  for (const auto row : snapshot.nodes(label.name)) {
    const auto value = snapshot.value(row, property.name);
    if (value.is_null()) continue;
    const auto text = value.kind() == ValueKind::decimal ? value.as_decimal().normalised().to_string() : value.to_string();
    const auto [known, is_first] = first.emplace(text, snapshot.key(row));
    if (is_first) continue;
    Judgement judgement;
    judgement.a = known->second;
    judgement.b = snapshot.key(row);
    judgement.by = "rule:unique/1";
    judgement.score = 1.0;
    judgement.reason = "same " + property.name + " " + text.substr(0, 100) + ", unique among " + label.name;
    judgements.push_back(std::move(judgement));
  }
}

}  // namespace

std::vector<Judgement> same_by_unique(const Snapshot& snapshot) {
  std::vector<Judgement> judgements;
  for (const auto& label : snapshot.schema().labels()) {
    for (const auto& property : label.properties)
      if (property.is_unique) judge(snapshot, label, property, judgements);
  }
  return judgements;
}

}  // namespace policygraph::inline v0::detail::resolve
