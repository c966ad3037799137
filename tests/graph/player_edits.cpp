#include <gtest/gtest.h>

#include "graph/dump.hpp"
#include "graph/player.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::testing {
namespace {

bool has_label(const Snapshot& snapshot, NodeKey key, const std::string& name) {
  const auto row = snapshot.find(key);
  const auto number = snapshot.label(name);
  return row && number && snapshot.has_label(*row, *number);
}

}  // namespace

PartialDate Player::date() {
  const int year = 2010 + below(6);
  switch (below(4)) {
    case 0:
      return PartialDate::year(year);
    case 1:
      return PartialDate::month(year, 1 + below(12));
    default:
      return PartialDate::day(year, 1 + below(12), 1 + below(28));
  }
}

std::pair<std::string, Value> Player::property() {
  switch (below(3)) {
    case 0:
      return {"name", word()};
    case 1:
      return {"amount", Decimal(below(3))};
    default:
      return {"date", PartialDate::year(2020 + below(3))};
  }
}

// What fits no schema, or no longer fits the graph, is refused and leaves the batch as it was.
void Player::act(Transaction& transaction) {
  is_one_call_ = false;
  const auto before = one_in(4) ? std::optional(dump(transaction.snapshot())) : std::nullopt;
  try {
    act_or_throw(transaction);
  } catch (const Error& error) {
    ++refusals_;
    EXPECT_TRUE(error.code() == ErrorCode::schema || error.code() == ErrorCode::conflict ||
                error.code() == ErrorCode::not_found || error.code() == ErrorCode::invalid_argument)
        << error.what();
    if (before && is_one_call_) {
      EXPECT_EQ(dump(transaction.snapshot()), *before) << error.what();
    }
  }
  if (one_in(5)) compare(transaction.snapshot());
}

void Player::act_or_throw(Transaction& transaction) {
  switch (below(14)) {
    case 0:
      return read_document(transaction, std::nullopt);
    case 1:
      return replace_document(transaction);
    case 2:
      return judge(transaction);
    case 3:
      return unjudge(transaction);
    case 4:
      return withdraw(transaction);
    case 5:
      transaction.create_node({label()}, {property()});
      return;
    default:
      return edit(transaction);
  }
}

void Player::edit(Transaction& transaction) {
  const auto snapshot = one_in(2) ? transaction.snapshot() : graph_.snapshot();
  const auto a = one_of_keys<NodeKey>(snapshot, snapshot.nodes());
  const auto b = one_of_keys<NodeKey>(snapshot, snapshot.nodes());
  const auto edge = one_of_keys<EdgeKey>(snapshot, snapshot.edges());
  if (!a) return;
  is_one_call_ = true;
  switch (below(9)) {
    case 0:
      transaction.merge(*a, *b, "same");
      return;
    case 1: {
      const auto mentions = snapshot.mentions();
      transaction.separate(one_of(mentions).key, one_of(mentions).key, "different");
      return;
    }
    case 2:
    case 3:
    case 4:
      return edit_edge(transaction, *a, *b, edge);
    default:
      return edit_node(transaction, *a);
  }
}

void Player::edit_node(Transaction& transaction, NodeKey node) {
  const auto name = label();
  switch (below(4)) {
    case 0:
      return set_node(transaction, node);
    case 1:
      transaction.add_label(node, name);
      if (one_in(3)) {
        EXPECT_TRUE(has_label(transaction.snapshot(), node, name));
      }
      return;
    case 2:
      transaction.remove_label(node, name);
      if (one_in(3)) {
        EXPECT_FALSE(has_label(transaction.snapshot(), node, name));
      }
      return;
    default:
      transaction.delete_node(node, one_in(2));
      if (one_in(3)) {
        EXPECT_FALSE(transaction.snapshot().find(node));
      }
  }
}

void Player::edit_edge(Transaction& transaction, NodeKey from, NodeKey to, std::optional<EdgeKey> edge) {
  switch (below(3)) {
    case 0:
      return create_edge(transaction, from, to);
    case 1:
      if (edge) transaction.delete_edge(*edge);
      return;
    default:
      if (edge) set_edge(transaction, *edge);
  }
}

void Player::create_edge(Transaction& transaction, NodeKey from, NodeKey to) {
  PropertyList properties;
  if (one_in(2)) properties.emplace_back("since", word());
  const auto kind = type();
  if (kind == "HOLDS" && one_in(2)) properties.emplace_back("title", word());
  transaction.create_edge(from, kind, to, properties);
}

void Player::set_node(Transaction& transaction, NodeKey key) {
  auto [name, value] = property();
  if (one_in(4)) value = nullptr;
  transaction.set_property(key, name, value);
  if (!one_in(3)) return;
  const auto after = transaction.snapshot();
  EXPECT_EQ(after.value(*after.find(key), name), value);
}

void Player::set_edge(Transaction& transaction, EdgeKey key) {
  Value value = word();
  if (one_in(4)) value = nullptr;
  const auto rows = transaction.snapshot();
  const auto row = rows.find(key);
  transaction.set_property(key, "since", value);
  if (!row || !one_in(3)) return;
  const auto after = transaction.snapshot();
  const auto now = after.find(key);
  // A correction may stand under a key of its own where the edge's claims were the author's and are gone.
  if (now) {
    EXPECT_EQ(after.value(*now, "since"), value);
  }
}

}  // namespace policygraph::testing
