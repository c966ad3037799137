#include "bench/policy_graph.hpp"

#include <cstdint>
#include <random>
#include <string>

namespace policygraph::bench {
namespace {

// Of 50 edges 15 authorise, 15 fund, 15 provide, 2 implement and 3 cite, about the shape that extraction gives.
class Builder {
 public:
  Builder(Transaction& transaction, std::size_t edges) : transaction_(transaction), edges_(edges) {}

  std::vector<NodeKey> build() {
    auto acts = nodes("LegalAct", edges_ / 10, "number");
    auto programmes = nodes("Programme", edges_ / 50 + 1, "name");
    auto organizations = nodes("Organization", edges_ / 1000 + 1, "name");
    for (std::size_t i = 0; i < edges_ * 3 / 10; ++i) {
      auto funding = transaction_.create_node({"Funding"}, {{"amount", static_cast<std::int64_t>(i % 9973) * 1000}, {"currency", "EUR"}});
      transaction_.create_edge(any(acts), "AUTHORISES", funding);
      transaction_.create_edge(funding, "FUNDS", any(programmes));
      transaction_.create_edge(any(organizations), "PROVIDES", funding);
    }
    for (std::size_t i = 0; i < edges_ / 25; ++i) transaction_.create_edge(any(programmes), "IMPLEMENTED_BY", any(organizations));
    for (std::size_t i = 0; i < edges_ * 3 / 50; ++i) transaction_.create_edge(any(acts), "CITES", any(acts));
    return acts;
  }

 private:
  std::vector<NodeKey> nodes(const char* label, std::size_t count, const char* property) {
    std::vector<NodeKey> keys;
    for (std::size_t i = 0; i < count; ++i) {
      keys.push_back(transaction_.create_node({label}, {{property, std::string(label) + ' ' + std::to_string(i)}}));
    }
    return keys;
  }
  NodeKey any(const std::vector<NodeKey>& keys) { return keys[random_() % keys.size()]; }

  Transaction& transaction_;
  std::size_t edges_;
  std::mt19937_64 random_{20};
};

}  // namespace

PolicyGraph make_policy_graph(std::size_t edges) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin("bench");
  auto acts = Builder(transaction, edges).build();
  transaction.commit();
  return {graph, std::move(acts)};
}

}  // namespace policygraph::bench
