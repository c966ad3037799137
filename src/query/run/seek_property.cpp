#include <algorithm>

#include "query/run/seek_nodes.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// The nodes whose property may be the value (or one of the values) of the row: all that are, and perhaps others, for the filter
// above decides. Values that the index does not compare as Cypher does find all nodes.
class SeekProperty : public SeekNodes {
 public:
  using SeekNodes::SeekNodes;

 private:
  void begin_batch() override {
    const auto& snapshot = execution_.snapshot;
    label_ = step_.labels.empty() ? std::nullopt : execution_.names->labels[step_.labels[0]];
    has_nodes_ = step_.labels.empty() ? snapshot.node_count() > 0 : label_ && !snapshot.nodes(*label_).empty();
    property_ = execution_.names->properties[step_.property];
  }

  void find_nodes() override {
    // Without the property all are null, and null is equal to nothing.
    if (!has_nodes_ || !property_) return;
    takes_all_ = false;
    if (const auto* const standing = parameter()) return find(*standing);
    Value made;
    try {
      made = value();
    } catch (const QueryError&) {
      return find_all(label_);  // the filter says what is wrong, if it is ever asked
    }
    find(made);
  }

  // Without a copy; null where it is something else.
  const Value* parameter() const {
    const auto& e = execution_.plan.query.expressions[step_.value];
    return e.kind == BoundKind::parameter ? &execution_.parameters[e.number] : nullptr;
  }

  void find(const Value& wanted) {
    if (!step_.is_one_of) {
      add(wanted);
    } else if (wanted.kind() == ValueKind::list) {
      for (const auto& item : wanted.as_list()) {
        execution_.limits.step();
        add(item);
        if (takes_all_) break;
      }
      std::ranges::sort(found_);
      found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    } else if (!wanted.is_null()) {
      takes_all_ = true;  // the filter has something to say of it
    }
    if (takes_all_) find_all(label_);
  }

  void add(const Value& value) {
    switch (value.kind()) {
      case ValueKind::null: return;
      case ValueKind::string:
      case ValueKind::boolean:
      case ValueKind::integer: break;
      default: takes_all_ = true; return;
    }
    for (const auto node : execution_.snapshot.find_nodes(*property_, value)) {
      if (!label_ || execution_.snapshot.has_label(node, *label_)) found_.push_back(node);
    }
  }

  std::optional<Label> label_;
  std::optional<Property> property_;
  bool has_nodes_ = false;
  bool takes_all_ = false;
};

}  // namespace

OperatorPtr make_seek_property(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<SeekProperty>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
