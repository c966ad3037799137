#include "policygraph/picture/schema_picture.hpp"

#include <map>
#include <set>
#include <string>
#include <tuple>

#include "policygraph/base/error.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/picture/page.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kMostLabels = 300;
constexpr std::string_view kAny = "any";

// A schema is a graph of its labels: drawn as any graph is.
class SchemaGraph {
 public:
  explicit SchemaGraph(const Schema& schema) : schema_(schema), graph_(open_in_memory(Schema::open())) {}

  Snapshot make() {
    auto transaction = graph_.begin("schema");
    for (const auto& rule : schema_.labels()) {
      const auto root = schema_.chain(rule.name).front();
      nodes_[rule.name] = transaction.create_node({root}, {{"name", rule.name}});
    }
    for (const auto& rule : schema_.labels())
      if (!rule.parent.empty()) transaction.create_edge(nodes_[rule.name], "IS_A", nodes_[rule.parent]);
    for (const auto& rule : schema_.relations())
      if (!rule.is_derived) add(transaction, rule);
    transaction.commit();
    return graph_.snapshot();
  }

 private:
  NodeKey node(Transaction& transaction, const std::string& label) {
    if (label != kAnyLabel) return nodes_.at(label);
    auto& any = nodes_[label];
    if (!any) any = transaction.create_node({std::string(kAny)}, {{"name", kAny}});
    return any;
  }

  void add(Transaction& transaction, const RelationRule& rule) {
    for (const auto& ends : rule.ends) {
      for (const auto& from : ends.from) {
        for (const auto& to : ends.to) {
          if (!drawn_.emplace(rule.name, from, to).second) continue;
          transaction.create_edge(node(transaction, from), rule.name, node(transaction, to));
        }
      }
    }
  }

  const Schema& schema_;
  Graph graph_;
  std::map<std::string, NodeKey> nodes_;
  std::set<std::tuple<std::string, std::string, std::string>> drawn_;
};

}  // namespace

std::string to_svg(const Schema& schema) {
  if (schema.labels().size() > kMostLabels) {
    throw Error(ErrorCode::limit, "a picture holds at most " + std::to_string(kMostLabels) + " labels; the schema '" +
                                      schema.name() + "' has " + std::to_string(schema.labels().size()));
  }
  PageOptions options;
  options.title = "Schema " + schema.name();
  options.max_nodes = kMostLabels + 1;
  options.loose_nodes = true;
  return to_svg(SchemaGraph(schema).make(), options);
}

}  // namespace policygraph::inline v0
