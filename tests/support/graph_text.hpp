#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policygraph/graph/graph.hpp"

namespace policygraph::testing {

// Graphs said in text, in the manner of Cypher's CREATE, patterns separated by blanks or commas:
//
//     (a:Decree {number: 'PF-1', kind: 'decree'})-[:APPROVES]->(b:Programme {name: 'Clean Water'})
//     (a)<-[:CITES]-(c:Law)
//
// A name stands for one node. Values: 'text' ('' inside is a quote), 12, 1.5, true, false, null, ['a', 'b'].
class GraphText {
 public:
  GraphText(Transaction& transaction, std::string_view text) : transaction_(transaction), text_(text) {}

  // The keys of the named nodes.
  std::map<std::string, NodeKey, std::less<>> write() {
    for (skip(); at_ < text_.size(); skip()) pattern();
    return nodes_;
  }

 private:
  [[noreturn]] void fail(const char* wanted) const {
    throw std::runtime_error("graph text: expected " + std::string(wanted) + " at '" +
                             std::string(text_.substr(at_, 20)) + "'");
  }
  bool take(std::string_view token) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  void need(const char* token) {
    if (!take(token)) fail(token);
  }
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
  }
  void skip() {
    skip_blanks();
    while (take(",")) skip_blanks();
  }
  std::string word() {
    skip_blanks();
    const auto start = at_;
    const auto is_part = [](char c) {
      return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    while (at_ < text_.size() && is_part(text_[at_])) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }
  std::string quoted() {
    std::string result;
    for (;; ++at_) {
      if (at_ >= text_.size()) fail("'");
      if (text_[at_] == '\'') {
        if (text_.substr(at_).starts_with("''"))
          ++at_;
        else
          break;
      }
      result += text_[at_];
    }
    ++at_;
    return result;
  }
  Value value() {
    if (take("'")) return quoted();
    if (take("[")) {
      ValueList items;
      while (!take("]")) {
        items.push_back(value());
        take(",");
      }
      return items;
    }
    skip_blanks();
    const auto start = at_;
    while (at_ < text_.size() && text_.substr(at_, 1).find_first_of(",}] \n") == std::string_view::npos) ++at_;
    const std::string token(text_.substr(start, at_ - start));
    if (token == "true" || token == "false") return token == "true";
    if (token == "null") return nullptr;
    if (token.empty()) fail("a value");
    return token.find('.') == std::string::npos ? Value(std::int64_t{std::stoll(token)}) : Value(std::stod(token));
  }
  PropertyList properties() {
    PropertyList list;
    if (!take("{")) return list;
    while (!take("}")) {
      auto name = word();
      need(":");
      list.emplace_back(std::move(name), value());
      take(",");
    }
    return list;
  }
  NodeKey node() {
    need("(");
    const auto name = word();
    std::vector<std::string> labels;
    while (take(":")) labels.push_back(word());
    auto list = properties();
    need(")");
    if (const auto known = nodes_.find(name); !name.empty() && known != nodes_.end()) return known->second;
    const auto key = transaction_.create_node(labels, list);
    if (!name.empty()) nodes_.emplace(name, key);
    return key;
  }
  void pattern() {
    auto from = node();
    for (;;) {
      const bool is_back = take("<-[");
      if (!is_back && !take("-[")) return;
      need(":");
      const auto type = word();
      const auto list = properties();
      need(is_back ? "]-" : "]->");
      const auto to = node();
      if (is_back)
        transaction_.create_edge(to, type, from, list);
      else
        transaction_.create_edge(from, type, to, list);
      from = to;
    }
  }

  Transaction& transaction_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::map<std::string, NodeKey, std::less<>> nodes_;
};

// Writes the text's nodes and edges as one commit; gives the keys of the named nodes.
inline std::map<std::string, NodeKey, std::less<>> write_text(Graph& graph, std::string_view text) {
  auto transaction = graph.begin();
  auto nodes = GraphText(transaction, text).write();
  transaction.commit();
  return nodes;
}

inline Graph graph_text(std::string_view text, Schema schema = Schema::open()) {
  auto graph = open_in_memory(std::move(schema));
  write_text(graph, text);
  return graph;
}

}  // namespace policygraph::testing
