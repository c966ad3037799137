#include "exchange/json_references.hpp"

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace policygraph::inline v0::detail::exchange {
namespace {

class References {
 public:
  References(const JsonTables& tables, std::string_view name) : tables_(tables), name_(name) {
    for (const auto& node : tables.nodes) nodes_.insert(node.id);
    for (const auto& mention : tables.mentions) {
      if (mention.entity == 0) continue;
      nodes_.insert(mention.entity);
      entities_.emplace(mention.id, mention.entity);
    }
  }

  std::vector<Diagnostic> run() {
    for (const auto& read : tables_.assertions) check(read);
    for (const auto& edge : tables_.edges) {
      check_end(edge.place, "from", edge.from);
      check_end(edge.place, "to", edge.to);
    }
    return std::move(out_);
  }

 private:
  static std::string node(std::uint64_t id) { return "'n" + std::to_string(id) + "'"; }

  void check(const JsonAssertion& read) {
    if (read.node == 0 || !read.assertion.subject) return;
    const auto found = entities_.find(read.assertion.subject.value);
    const auto entity = found == entities_.end() ? 0 : found->second;
    if (!nodes_.contains(read.node)) {
      note(read.place, "subject", node(read.node) + " is no node of the file");
    } else if (entity != 0 && entity != read.node) {
      note(read.place, "subject", "the mention belongs to " + node(entity) + ", not to " + node(read.node));
    }
  }

  void check_end(const RecordPlace& place, std::string_view field, std::uint64_t id) {
    if (!nodes_.contains(id)) note(place, field, node(id) + " is no node of the file");
  }

  void note(const RecordPlace& place, std::string_view field, std::string text) {
    constexpr std::size_t kMost = 100;
    if (out_.size() >= kMost) return;
    text += " at " + place.pointer + "/" + std::string(field) + "; claims go by their mentions";
    out_.push_back({Severity::warning, ErrorCode::not_found, std::move(text), std::string(name_), std::nullopt});
  }

  const JsonTables& tables_;
  std::string_view name_;
  std::unordered_set<std::uint64_t> nodes_;
  std::unordered_map<std::uint64_t, std::uint64_t> entities_;  // of mentions
  std::vector<Diagnostic> out_;
};

}  // namespace

std::vector<Diagnostic> stray_references(const JsonTables& tables, std::string_view name) { return References(tables, name).run(); }

}  // namespace policygraph::inline v0::detail::exchange
