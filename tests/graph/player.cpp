#include "graph/player.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "graph/derivation.hpp"
#include "graph/dump.hpp"
#include "graph/packed_journal.hpp"
#include "policygraph/graph/verify.hpp"

namespace policygraph::testing {
namespace {

// Keeps the batches and can be handed to a second graph.
template <class Base>
class SharedJournal : public Base {
 public:
  using Visit = Journal::Visit;
  explicit SharedJournal(std::shared_ptr<Journal> kept) : kept_(std::move(kept)) {}
  void append(const Batch& batch) override { kept_->append(batch); }
  void replay(const std::function<void(const Batch&)>& visit) const override { kept_->replay(visit); }
  std::shared_ptr<const std::string> text(DocumentId id) const override { return kept_->text(id); }
  bool keeps_versions() const noexcept override { return kept_->keeps_versions(); }
  std::shared_ptr<const std::string> text_version(DocumentId id, const std::string& sha256) const override {
    return kept_->text_version(id, sha256);
  }
  void lock(std::string_view author, std::chrono::milliseconds timeout) override { kept_->lock(author, timeout); }
  void unlock() noexcept override { kept_->unlock(); }
  bool has_news(CommitId last) const override { return kept_->has_news(last); }
  void replay_after(CommitId last, const Visit& visit) const override { kept_->replay_after(last, visit); }
  std::shared_ptr<const detail::graph::Image> image() const override { return kept_->image(); }
  void keep_image(const Snapshot& replayed) const override { kept_->keep_image(replayed); }

 protected:
  std::shared_ptr<Journal> kept_;
};

// The same of one that takes records packed.
class SharedPackedJournal final : public SharedJournal<detail::graph::PackedJournal> {
 public:
  using SharedJournal::SharedJournal;
  void write(const Batch& rest, Parts parts) override { packed().write(rest, parts); }
  void finish() override { packed().finish(); }
  void drop() noexcept override { packed().drop(); }

 private:
  detail::graph::PackedJournal& packed() const noexcept { return static_cast<detail::graph::PackedJournal&>(*kept_); }
};

std::unique_ptr<Journal> shared(std::shared_ptr<Journal> kept) {
  if (dynamic_cast<detail::graph::PackedJournal*>(kept.get()) != nullptr) return std::make_unique<SharedPackedJournal>(std::move(kept));
  return std::make_unique<SharedJournal<Journal>>(std::move(kept));
}

// What indexes answer, by key.
std::string lookups(const Snapshot& snapshot) {
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

}  // namespace

Player::Player(std::uint32_t seed, const Schema& schema, std::shared_ptr<Journal> journal)
    : random_(seed),
      schema_(schema),
      journal_(std::move(journal)),
      graph_(schema, shared(journal_)) {}

void Player::play(int commits) {
  for (int i = 0; i < commits && !::testing::Test::HasFailure(); ++i) {
    auto transaction = graph_.begin(one_in(2) ? "by:anna" : "cypher/1");
    for (int step = below(12); step >= 0; --step) act(transaction);
    if (!commit_or_roll_back(transaction)) continue;
    compare(graph_.snapshot());
    if (one_in(8)) compact(dump(graph_.snapshot()));
    hold(graph_.snapshot());
  }
  const Graph again(schema_, shared(journal_));
  EXPECT_EQ(dump(again.snapshot()), dump(graph_.snapshot()));
  EXPECT_TRUE(verify(graph_.snapshot()).is_sound());
  for (const auto& [snapshot, text] : held_) EXPECT_EQ(dump(snapshot), text);
}

bool Player::commit_or_roll_back(Transaction& transaction) {
  const auto before = dump(graph_.snapshot());
  if (one_in(6)) {
    transaction.rollback();
    EXPECT_EQ(dump(graph_.snapshot()), before);
    return false;
  }
  const auto preview = dump(transaction.snapshot());
  transaction.commit();
  EXPECT_EQ(dump(graph_.snapshot()), preview);
  return true;
}

void Player::compare(const Snapshot& snapshot) {
  ++states_;
  EXPECT_EQ(faults(snapshot), "");
  auto twin = twin_of(snapshot);
  EXPECT_EQ(dump(snapshot), text_of(twin));
  const auto& data = snapshot.data();
  deltas_ += data.base == nullptr ? 0U : 1U;
  const Snapshot again(detail::graph::derive(data.schema, data.history, data.fetch));
  EXPECT_EQ(dump(snapshot), dump(again));
  EXPECT_EQ(lookups(snapshot), lookups(again));
  if (one_in(2)) look(snapshot, std::move(twin));
}

void Player::compact(const std::string& before) {
  graph_.compact();
  EXPECT_EQ(graph_.snapshot().data().base, nullptr);
  EXPECT_EQ(dump(graph_.snapshot()), before);
  compare(graph_.snapshot());
}

// Some snapshots and views are kept to the end and must not have changed by then.
void Player::hold(const Snapshot& snapshot) {
  if (one_in(2)) held_.emplace_back(snapshot, dump(snapshot));
}

// Through one view, then through another over it, and a third.
void Player::look(const Snapshot& snapshot, TwinGraph twin) {
  auto view = snapshot;
  for (int depth = below(4); depth > 0; --depth) {
    const auto through = lens();
    view = seen(view, through);
    twin = seen(std::move(twin), through);
    ++views_;
    views_over_deltas_ += snapshot.data().base == nullptr ? 0U : 1U;
    EXPECT_EQ(dump(view), text_of(twin));
    EXPECT_EQ(faults(view), "");
    EXPECT_EQ(turned(view), turned(twin));
    if (one_in(4)) hold(view);
  }
}

Lens Player::lens() {
  Lens lens;
  lens.kind = static_cast<Lens::Kind>(below(5));
  lens.date = date();
  lens.certainty = one_in(2) ? Certainty::possibly : Certainty::definitely;
  if (lens.kind == Lens::Kind::labels) lens.names = {label(), label()};
  if (lens.kind == Lens::Kind::types) lens.names = {type()};
  lens.reviews = {one_in(2) ? Review::proposed : Review::disputed};
  if (one_in(2)) lens.reviews.push_back(Review::accepted);
  lens.divisor = 2 + static_cast<std::uint64_t>(below(4));
  return lens;
}

}  // namespace policygraph::testing
