#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>

#include "graph/derivation.hpp"
#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/verify.hpp"

namespace policygraph::testing {
namespace {

Schema small_schema() {
  return Schema::from_json("small", {{"all.json", R"({
    "labels": [
      {"label": "Act", "properties": [{"name": "name", "type": "string"}, {"name": "amount", "type": "decimal"}]},
      {"label": "Decree", "parent": "Act", "properties": [{"name": "date", "type": "partial_date"}]},
      {"label": "Body", "properties": [{"name": "name", "type": "string"}, {"name": "amount", "type": "decimal"}]},
      {"label": "Office", "parent": "Body"}],
    "relations": [
      {"relation": "CITES", "ends": [{"from": ["*"], "to": ["*"]}], "properties": [{"name": "since", "type": "string"}]},
      {"relation": "HOLDS", "ends": [{"from": ["*"], "to": ["Body"]}],
       "properties": [{"name": "title", "type": "string", "key": true}, {"name": "since", "type": "string"}]}]})"}});
}

// Keeps the batches and can be handed to a second graph.
class SharedJournal final : public Journal {
 public:
  explicit SharedJournal(std::shared_ptr<Journal> kept) : kept_(std::move(kept)) {}
  void append(const Batch& batch) override { kept_->append(batch); }
  void replay(const std::function<void(const Batch&)>& visit) const override { kept_->replay(visit); }
  std::shared_ptr<const std::string> text(DocumentId id) const override { return kept_->text(id); }

 private:
  std::shared_ptr<Journal> kept_;
};

// One random history of records and edits; every state is compared with its twin.
class Player {
 public:
  Player(std::uint32_t seed, const Schema& schema)
      : random_(seed),
        schema_(schema),
        journal_(make_memory_journal()),
        graph_(schema, std::make_unique<SharedJournal>(journal_)) {}

  void play(int commits) {
    for (int i = 0; i < commits && !::testing::Test::HasFailure(); ++i) {
      auto transaction = graph_.begin(one_in(2) ? "by:anna" : "cypher/1");
      for (int step = below(12); step >= 0; --step) act(transaction);
      const auto before = dump(graph_.snapshot());
      if (one_in(6)) {
        transaction.rollback();
        EXPECT_EQ(dump(graph_.snapshot()), before);
        continue;
      }
      const auto preview = dump(transaction.snapshot());
      transaction.commit();
      EXPECT_EQ(dump(graph_.snapshot()), preview);
      compare(graph_.snapshot());
      if (one_in(8)) compact(preview);
      hold(graph_.snapshot());
    }
    const Graph again(schema_, std::make_unique<SharedJournal>(journal_));
    EXPECT_EQ(dump(again.snapshot()), dump(graph_.snapshot()));
    EXPECT_TRUE(verify(graph_.snapshot()).is_sound());
    for (const auto& [snapshot, text] : held_) EXPECT_EQ(dump(snapshot), text);
  }

  std::size_t states() const { return states_; }
  std::size_t refusals() const { return refusals_; }
  std::size_t deltas() const { return deltas_; }

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }
  bool one_in(int n) { return below(n) == 0; }
  template <class List>
  typename List::value_type one_of(const List& items) {
    return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
  }
  std::string label() { return one_of<std::vector<std::string>>({"Act", "Decree", "Body", "Office"}); }
  std::string type() { return one_of<std::vector<std::string>>({"CITES", "HOLDS"}); }
  std::string word() { return one_of<std::vector<std::string>>({"alpha", "beta", "gamma"}); }

  void compare(const Snapshot& snapshot) {
    ++states_;
    EXPECT_EQ(faults(snapshot), "");
    EXPECT_EQ(dump(snapshot), twin_dump(snapshot));
    const auto& data = snapshot.data();
    deltas_ += data.base == nullptr ? 0U : 1U;
    const Snapshot again(detail::graph::derive(data.schema, data.history, data.fetch));
    EXPECT_EQ(dump(snapshot), dump(again));
    EXPECT_EQ(lookups(snapshot), lookups(again));
  }

  // What indexes answer, by key.
  static std::string lookups(const Snapshot& snapshot) {
    std::string text;
    const auto add = [&](const auto& rows) {
      std::vector<std::uint64_t> keys;
      for (const auto row : rows) keys.push_back(snapshot.key(row).value);
      std::ranges::sort(keys);
      for (const auto key : keys) text += " " + std::to_string(key);
      text += "\n";
    };
    for (const auto* name : {"Act", "Decree", "Body", "Office"}) {
      text += name;
      add(snapshot.nodes(name));
      for (const auto* word : {"alpha", "beta", "gamma"}) add(snapshot.find_name(name, word));
    }
    for (std::size_t type = 0; type < snapshot.edge_type_count(); ++type) {
      text += snapshot.name(static_cast<EdgeType>(type));
      add(snapshot.edges_of(static_cast<EdgeType>(type)));
    }
    for (std::size_t i = 0; i < snapshot.property_count(); ++i) text += std::string(snapshot.name(static_cast<Property>(i))) + " ";
    for (std::size_t i = 0; i < snapshot.label_count(); ++i) text += std::string(snapshot.name(static_cast<Label>(i))) + " ";
    for (const auto& document : snapshot.sources().documents()) text += std::to_string(document.id.value) + document.sha256;
    return text;
  }

  void compact(const std::string& before) {
    graph_.compact();
    EXPECT_EQ(graph_.snapshot().data().base, nullptr);
    EXPECT_EQ(dump(graph_.snapshot()), before);
    compare(graph_.snapshot());
  }

  // Some snapshots are kept to the end and must not have changed by then.
  void hold(const Snapshot& snapshot) {
    if (one_in(2)) held_.emplace_back(snapshot, dump(snapshot));
  }

  std::pair<std::string, Value> property() {
    switch (below(3)) {
      case 0:
        return {"name", word()};
      case 1:
        return {"amount", Decimal(below(3))};
      default:
        return {"date", PartialDate::year(2020 + below(3))};
    }
  }

  std::optional<NodeKey> node(const Snapshot& snapshot) {
    return one_of_keys<NodeKey>(snapshot, snapshot.nodes());
  }
  std::optional<EdgeKey> edge(const Snapshot& snapshot) {
    return one_of_keys<EdgeKey>(snapshot, snapshot.edges());
  }
  template <class Key, class AllRows>
  std::optional<Key> one_of_keys(const Snapshot& snapshot, const AllRows& rows) {
    std::vector<Key> keys;
    for (const auto row : rows) keys.push_back(snapshot.key(row));
    if (keys.empty()) return std::nullopt;
    std::ranges::sort(keys);
    return one_of(keys);
  }

  // What fits no schema, or no longer fits the graph, is refused and leaves the batch as it was.
  void act(Transaction& transaction) {
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

  void act_or_throw(Transaction& transaction) {
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

  void edit(Transaction& transaction) {
    const auto snapshot = one_in(2) ? transaction.snapshot() : graph_.snapshot();
    const auto a = node(snapshot);
    const auto b = node(snapshot);
    const auto e = edge(snapshot);
    if (!a) return;
    is_one_call_ = true;
    switch (below(9)) {
      case 0: {
        PropertyList properties;
        if (one_in(2)) properties.emplace_back("since", word());
        const auto kind = type();
        if (kind == "HOLDS" && one_in(2)) properties.emplace_back("title", word());
        transaction.create_edge(*a, kind, *b, properties);
        return;
      }
      case 1:
        return set_node(transaction, *a);
      case 2: {
        const auto name = label();
        transaction.add_label(*a, name);
        if (one_in(3)) {
          EXPECT_TRUE(has_label(transaction.snapshot(), *a, name));
        }
        return;
      }
      case 3: {
        const auto name = label();
        transaction.remove_label(*a, name);
        if (one_in(3)) {
          EXPECT_FALSE(has_label(transaction.snapshot(), *a, name));
        }
        return;
      }
      case 4:
        transaction.delete_node(*a, one_in(2));
        if (one_in(3)) {
          EXPECT_FALSE(transaction.snapshot().find(*a));
        }
        return;
      case 5:
        if (e) transaction.delete_edge(*e);
        return;
      case 6:
        if (e) set_edge(transaction, *e);
        return;
      case 7:
        transaction.merge(*a, *b, "same");
        return;
      default: {
        const auto mentions = snapshot.mentions();
        transaction.separate(one_of(mentions).key, one_of(mentions).key, "different");
      }
    }
  }

  static bool has_label(const Snapshot& snapshot, NodeKey key, const std::string& name) {
    const auto row = snapshot.find(key);
    const auto number = snapshot.label(name);
    return row && number && snapshot.has_label(*row, *number);
  }

  void set_node(Transaction& transaction, NodeKey key) {
    auto [name, value] = property();
    if (one_in(4)) value = nullptr;
    transaction.set_property(key, name, value);
    if (!one_in(3)) return;
    const auto after = transaction.snapshot();
    EXPECT_EQ(after.value(*after.find(key), name), value);
  }

  void set_edge(Transaction& transaction, EdgeKey key) {
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

  // A document's claims: the texts differ, so that mentions come again, or not.
  void read_document(Transaction& transaction, std::optional<DocumentId> old) {
    SourceDocument source;
    source.title = "document";
    source.tier = static_cast<SourceTier>(below(6));
    if (one_in(2)) source.published = PartialDate::year(2000 + below(20));
    auto text = std::make_shared<const std::string>("alpha beta gamma " + std::to_string(random_()));
    DocumentId id;
    if (old)
      transaction.replace_document(id = *old, source, text);
    else
      id = transaction.add_document(source, text);
    std::vector<NodeKey> keys;
    for (int i = below(4); i >= 0; --i) keys.push_back(read_mention(transaction, id));
    for (int i = below(4); i > 0; --i) read_edge(transaction, id, one_of(keys), one_of(keys));
    for (int i = below(3); i > 0; --i) {
      judge_as(transaction, "rule:same/1", one_of(keys), one_of(keys),
               one_in(4) ? JudgementKind::different : JudgementKind::same);
    }
  }

  EvidenceId evidence(Transaction& transaction, DocumentId id) {
    return transaction.add_evidence({id, {0, static_cast<std::uint32_t>(1 + below(16))}, "rule:test/1", 0.5F});
  }

  void fill(Assertion& claim) {
    claim.modality = static_cast<Modality>(below(13));
    claim.rank = static_cast<Rank>(below(3));
  }

  NodeKey read_mention(Transaction& transaction, DocumentId id) {
    const auto name = label();
    const auto key = transaction.add_mention({{}, name, word(), evidence(transaction, id)});
    Assertion claim;
    claim.subject = key;
    claim.name = name;
    claim.evidence = {evidence(transaction, id)};
    fill(claim);
    if (!one_in(5)) transaction.add_assertion(claim);
    for (int i = below(3); i > 0; --i) {
      std::tie(claim.name, claim.value) = property();
      if (claim.name == "date" && name != "Decree" && !schema_.is_open()) continue;
      claim.kind = ClaimKind::property;
      claim.evidence = {evidence(transaction, id)};
      fill(claim);
      transaction.add_assertion(claim);
    }
    return key;
  }

  void read_edge(Transaction& transaction, DocumentId id, NodeKey from, NodeKey to) {
    Assertion claim;
    claim.kind = ClaimKind::edge;
    claim.name = type();
    claim.subject = from;
    claim.object = to;
    claim.edge = transaction.new_edge_key();
    claim.evidence = {evidence(transaction, id)};
    if (one_in(3)) claim.valid_from = PartialDate::year(2010 + below(5));
    fill(claim);
    transaction.add_assertion(claim);
    const auto kind = claim.name;
    claim.kind = ClaimKind::edge_property;
    claim.subject = claim.object = {};
    for (const auto* name : {"since", "title"}) {
      if (one_in(2) || (kind == "CITES" && std::string_view(name) == "title")) continue;
      claim.name = name;
      claim.value = word();
      transaction.add_assertion(claim);
    }
  }

  void replace_document(Transaction& transaction) {
    std::vector<DocumentId> ids;
    const auto snapshot = graph_.snapshot();
    for (const auto& document : snapshot.sources().documents()) {
      if (document.kind == SourceDocument::Kind::read) ids.push_back(document.id);
    }
    if (ids.empty()) return;
    if (one_in(4))
      transaction.remove_document(one_of(ids));
    else
      read_document(transaction, one_of(ids));
  }

  void judge_as(Transaction& transaction, const std::string& by, NodeKey a, NodeKey b, JudgementKind kind) {
    if (a == b) return;
    Judgement judgement;
    judgement.kind = kind;
    judgement.a = a;
    judgement.b = b;
    judgement.by = by;
    judgement.score = below(4) / 4.0;
    transaction.add_judgement(judgement);
  }

  void judge(Transaction& transaction) {
    const auto snapshot = transaction.snapshot();
    const auto mentions = snapshot.mentions();
    if (mentions.empty()) return;
    judge_as(transaction, one_in(2) ? "by:olga" : "rule:name/1", one_of(mentions).key, one_of(mentions).key,
             one_in(3) ? JudgementKind::different : JudgementKind::same);
  }

  void unjudge(Transaction& transaction) {
    const auto snapshot = transaction.snapshot();
    const auto judgements = snapshot.judgements();
    if (!judgements.empty()) transaction.withdraw(one_of(judgements)->id);
  }

  void withdraw(Transaction& transaction) {
    const auto snapshot = transaction.snapshot();
    const auto claims = snapshot.assertions();
    if (!claims.empty()) transaction.withdraw(one_of(claims).id);
  }

  std::mt19937 random_;
  Schema schema_;
  std::shared_ptr<Journal> journal_;
  Graph graph_;
  bool is_one_call_ = false;
  std::size_t states_ = 0;
  std::size_t refusals_ = 0;
  std::size_t deltas_ = 0;  // states that are a base and a delta
  std::vector<std::pair<Snapshot, std::string>> held_;
};

void play_many(const Schema& schema, std::uint32_t first, std::uint32_t count) {
  std::size_t states = 0;
  std::size_t refusals = 0;
  std::size_t deltas = 0;
  for (std::uint32_t seed = first; seed < first + count; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Player player(seed, schema);
    player.play(6);
    states += player.states();
    refusals += player.refusals();
    deltas += player.deltas();
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(states, std::size_t{count} * 5);
  EXPECT_GT(refusals, std::size_t{count} / 4);
  EXPECT_GT(deltas, states / 3);
}

// How many, both schemas together: POLICYGRAPH_HISTORIES asks for more than every build wants to wait for.
std::uint32_t history_count() {
  const auto* wanted = std::getenv("POLICYGRAPH_HISTORIES");
  return wanted == nullptr ? 1000 : static_cast<std::uint32_t>(std::strtoul(wanted, nullptr, 10)) / 2;
}

TEST(Histories, StrictSchemaEqualsTheTwin) { play_many(small_schema(), 0, history_count()); }
TEST(Histories, OpenSchemaEqualsTheTwin) { play_many(Schema::open(), 1'000'000, history_count()); }

}  // namespace
}  // namespace policygraph::testing
