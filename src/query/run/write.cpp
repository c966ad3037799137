#include "query/run/write.hpp"

#include <algorithm>
#include <numeric>

#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {

// The transaction names what is wrong; the place in the query is ours.
template <class Action>
auto Writer::at_place(Span span, Action action) {
  try {
    return action();
  } catch (const QueryError&) {
    throw;
  } catch (const Error& error) {
    if (error.place()) throw;
    fail_write(execution_.plan.query.text, span.start, error);
  }
}

// A property holds a single value or a list of them.
void Writer::check_property(const std::string& name, const Value& value, Span span) const {
  const auto is_single = [](const Value& v) {
    const auto kind = v.kind();
    return kind != ValueKind::null && kind != ValueKind::list && kind != ValueKind::map && kind != ValueKind::node &&
           kind != ValueKind::edge && kind != ValueKind::path;
  };
  const bool is_list = value.kind() == ValueKind::list;
  if (is_list ? std::ranges::all_of(value.as_list(), is_single) : is_single(value) || value.is_null()) return;
  fail_run(execution_.plan.query.text, span.start, ErrorType::type_error, Trouble::invalid_property_type,
           "property '" + name + "' cannot hold " + excerpt(value) + ", only a single value or a list of such");
}

void Writer::check_alive(const Value& target, Span span) const {
  const auto& snapshot = execution_.snapshot;
  const bool is_node = target.kind() == ValueKind::node;
  if (is_node ? snapshot.find(target.as_node()).has_value() : snapshot.find(target.as_edge()).has_value()) return;
  fail_run(execution_.plan.query.text, span.start, ErrorType::entity_not_found, Trouble::deleted_entity_access,
           is_node ? "the node was deleted" : "the relationship was deleted");
}

PropertyList Writer::properties(BoundId id, const Batch& batch, std::uint32_t row, bool is_merge) {
  PropertyList out;
  if (id == kNone) return out;
  const auto map = evaluator_.value(id, batch, row);
  if (map.is_null()) return out;
  if (map.kind() != ValueKind::map) {
    fail_run(execution_.plan.query.text, execution_.plan.query.expressions[id].span.start, ErrorType::type_error, Trouble::invalid_argument_type,
             "properties are a map, not " + excerpt(map));
  }
  for (const auto& [name, value] : map.as_map()) {
    if (!value.is_null()) {
      check_property(name, value, execution_.plan.query.expressions[id].span);
      out.emplace_back(name, value);
    } else if (is_merge) {
      fail_run(execution_.plan.query.text, execution_.plan.query.expressions[id].span.start, ErrorType::semantic_error, Trouble::merge_read_own_writes,
               "MERGE with the null property '" + name + "', which matches nothing");
    }
  }
  return out;
}

NodeKey Writer::node_key(Slot slot, const Batch& batch, std::uint32_t row, Span span) {
  const auto value = batch.columns[slot].at(row, execution_.snapshot);
  if (value.is_null()) {
    fail_run(execution_.plan.query.text, span.start, ErrorType::semantic_error, Trouble::creating_on_null, "a relationship needs two nodes, and one is null");
  }
  if (value.kind() != ValueKind::node) {
    fail_run(execution_.plan.query.text, span.start, ErrorType::type_error, Trouble::invalid_argument_type, "a relationship needs two nodes, not " + excerpt(value));
  }
  return value.as_node();
}

void Writer::create(const BoundCreate& create, Batch& batch, std::uint32_t row, bool is_merge) {
  auto& transaction = *execution_.transaction;
  auto& counts = execution_.counts;
  const auto put = [&](Slot slot, Value value) {
    auto& column = batch.columns.edit(slot);
    column.to_values(batch.size, execution_.snapshot);
    column.values.resize(batch.size);
    column.values[row] = std::move(value);
  };
  for (const auto& node : create.nodes) {
    const auto list = properties(node.properties, batch, row, is_merge);
    put(node.slot, Value(at_place(node.span, [&] { return transaction.create_node(node.labels, list); })));
    ++counts.nodes_created;
    counts.labels_added += node.labels.size();
    counts.properties_set += list.size();
  }
  for (const auto& edge : create.edges) {
    const auto list = properties(edge.properties, batch, row, is_merge);
    const auto from = node_key(edge.from, batch, row, edge.span);
    const auto to = node_key(edge.to, batch, row, edge.span);
    put(edge.slot, Value(at_place(edge.span, [&] { return transaction.create_edge(from, edge.type, to, list); })));
    ++counts.edges_created;
    counts.properties_set += list.size();
  }
}

void Writer::settle(const BoundCreate& create, Batch& batch) {
  const auto& snapshot = execution_.snapshot;
  const auto to_rows = [&](Slot slot, VectorKind kind) {
    auto& column = batch.columns.edit(slot);
    if (column.kind != VectorKind::value) return;
    std::vector<std::uint32_t> rows(batch.size, kNoRow);
    for (std::uint32_t row = 0; row < batch.size; ++row) {
      const auto& value = column.values[row];
      if (value.kind() == ValueKind::node) {
        if (const auto found = snapshot.find(value.as_node())) rows[row] = found->value;
      } else if (value.kind() == ValueKind::edge) {
        if (const auto found = snapshot.find(value.as_edge())) rows[row] = found->value;
      }
    }
    column.clear(kind);
    column.rows = std::move(rows);
  };
  for (const auto& node : create.nodes) to_rows(node.slot, VectorKind::node);
  for (const auto& edge : create.edges) to_rows(edge.slot, VectorKind::edge);
  for (const auto& path : create.paths) {
    evaluator_.put_column(path.expression, batch, path.slot);
  }
}

void Writer::begin_gathering(const Batch& batch) {
  if (lineage_ == kNone) return;
  gatherers_.assign(batch.size, {});
  evaluator_.gather_into(&gatherers_);
}

void Writer::end_gathering(Batch& batch) {
  if (lineage_ == kNone) return;
  evaluator_.gather_into(nullptr);
  const auto& before = batch.columns[lineage_];
  for (std::uint32_t row = 0; row < batch.size && before.kind == VectorKind::lineage; ++row) {
    if (const auto& set = before.lineages[row]) gatherers_[row].add(set->marks, set->left_out);
  }
  put_lineages(gatherers_, batch.columns.fresh(lineage_, VectorKind::lineage));
}

void Writer::set_all(const std::vector<BoundSet>& items, bool is_removal, std::vector<Batch>& batches) {
  std::vector<Seen> seen(batches.size(), {execution_.snapshot, execution_.moves});
  for (const auto& turn : turns_of(execution_, items, batches)) {
    for (const auto& item : items) {
      set_turn(item, is_removal, turn, batches, seen);
      execution_.refresh();
    }
  }
  for (std::size_t i = 0; i < batches.size(); ++i) catch_up(batches[i], seen[i]);
}

// Turns may be many and each of few rows, so a batch is moved along only when one of its rows is at work.
void Writer::catch_up(Batch& batch, Seen& seen) const {
  if (seen.moves == execution_.moves) return;
  execution_.catch_up(batch, seen.snapshot);
  seen = {execution_.snapshot, execution_.moves};
}

void Writer::set_turn(const BoundSet& item, bool is_removal, const std::vector<RowAt>& rows, std::vector<Batch>& batches, std::vector<Seen>& seen) {
  execution_.limits.tick();
  for (auto at = rows.begin(); at != rows.end();) {
    const auto number = at->batch;
    auto& batch = batches[number];
    catch_up(batch, seen[number]);
    begin_gathering(batch);
    for (; at != rows.end() && at->batch == number; ++at) {
      execution_.limits.step();
      set(item, is_removal, batch, at->row);
    }
    end_gathering(batch);
  }
}

void Writer::set(const BoundSet& item, bool is_removal, const Batch& batch, std::uint32_t row) {
  const auto target = evaluator_.value(item.target, batch, row);
  if (target.is_null()) return;
  if (target.kind() != ValueKind::node && target.kind() != ValueKind::edge) {
    fail_run(execution_.plan.query.text, item.span.start, ErrorType::type_error, Trouble::invalid_argument_type,
             "only nodes and relationships have properties to set, not " + excerpt(target));
  }
  check_alive(target, item.span);
  if (item.kind == SetItem::Kind::labels) return set_labels(item, is_removal, target);
  auto value = item.value == kNone ? Value() : evaluator_.value(item.value, batch, row);
  if (item.kind == SetItem::Kind::property) return set_property(target, item.property, std::move(value), item.span);
  set_map(item, target, value);
}

void Writer::set_property(const Value& target, const std::string& name, Value value, Span span) {
  check_property(name, value, span);
  auto& transaction = *execution_.transaction;
  ++(value.is_null() ? execution_.counts.properties_removed : execution_.counts.properties_set);
  at_place(span, [&] {
    if (target.kind() == ValueKind::node) {
      transaction.set_property(target.as_node(), name, std::move(value));
    } else {
      transaction.set_property(target.as_edge(), name, std::move(value));
    }
  });
}

void Writer::set_map(const BoundSet& item, const Value& target, const Value& value) {
  const auto& properties = *find_function("properties");
  const auto map_of = [&](const Value& v) { return properties.body(std::span(&v, 1), execution_.scope()); };
  if (value.is_null() || (value.kind() != ValueKind::map && value.kind() != ValueKind::node && value.kind() != ValueKind::edge)) {
    fail_run(execution_.plan.query.text, item.span.start, ErrorType::type_error, Trouble::invalid_argument_type, "properties are a map, not " + excerpt(value));
  }
  const auto wanted = map_of(value);
  if (item.kind == SetItem::Kind::replace) {
    const auto present = map_of(target);
    for (const auto& [name, old] : present.as_map()) {
      if (wanted.as_map().count(name) == 0) set_property(target, name, Value(), item.span);
    }
  }
  for (const auto& [name, property] : wanted.as_map()) set_property(target, name, property, item.span);
}

void Writer::set_labels(const BoundSet& item, bool is_removal, const Value& target) {
  if (target.kind() != ValueKind::node) {
    fail_run(execution_.plan.query.text, item.span.start, ErrorType::type_error, Trouble::invalid_argument_type, "a relationship has no labels");
  }
  for (const auto& label : item.labels) {
    at_place(item.span, [&] {
      if (is_removal) {
        execution_.transaction->remove_label(target.as_node(), label);
      } else {
        execution_.transaction->add_label(target.as_node(), label);
      }
    });
    ++(is_removal ? execution_.counts.labels_removed : execution_.counts.labels_added);
  }
}

std::vector<Batch> read_all(Operator& input, Execution& execution) {
  std::vector<Batch> out;
  Batch batch;
  while (input.next(batch)) {
    execution.limits.tick();
    execution.limits.charge(batch.memory_bytes());
    batch.release();
    // A batch for each row of a clause before would be moved along alone.
    if (!out.empty() && out.back().size + batch.size <= execution.options.vector_size) {
      out.back().append_all(batch, execution.snapshot);
    } else {
      out.push_back(std::move(batch));
    }
    batch = Batch();
  }
  return out;
}

bool HeldRows::next(Batch& out, std::uint32_t vector_size) {
  while (batch_ < batches.size() && row_ >= batches[batch_].size) {
    ++batch_;
    row_ = 0;
  }
  if (batch_ >= batches.size()) return false;
  const auto& from = batches[batch_];
  std::vector<std::uint32_t> selection(std::min(vector_size, from.size - row_));
  std::iota(selection.begin(), selection.end(), row_);
  out.gather(from, selection);
  row_ += static_cast<std::uint32_t>(selection.size());
  return true;
}

}  // namespace policygraph::inline v0::detail::query
