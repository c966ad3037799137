#include "policygraph/exchange/read_csv.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "exchange/csv_columns.hpp"
#include "exchange/csv_source.hpp"
#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::exchange::CsvColumns;
using detail::exchange::CsvScanner;
using detail::exchange::CsvSource;
using detail::exchange::read_field;

constexpr std::size_t kStopEvery = 4096;
constexpr char kBetweenFields = '\x1F';

[[noreturn]] void refuse(std::string text) { throw Error(ErrorCode::invalid_argument, std::move(text)); }

/// Does it for every row, and says in which line it went wrong.
template <class Work>
std::size_t each_row(CsvScanner& csv, const CsvColumns& columns, const std::string& path, const std::stop_token& stop, Work work) {
  std::size_t rows = 0;
  for (; csv.next(); ++rows) {
    if (rows % kStopEvery == 0 && stop.stop_requested()) throw Error(ErrorCode::interrupted, "stopped after " + std::to_string(rows) + " rows of '" + path + "'");
    columns.check_row(csv);
    try {
      work();
    } catch (const Error& error) {
      if (error.place()) throw;
      Place place;
      place.document = path;
      place.line = static_cast<std::uint32_t>(csv.line());
      throw error.at(place);
    }
  }
  return rows;
}

std::string joined(const CsvScanner& csv, const std::vector<std::size_t>& columns) {
  std::string out;
  for (const auto column : columns) {
    if (!out.empty()) out += kBetweenFields;
    out += csv.fields()[column];
  }
  return out;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : "+") + name;
  return out;
}

std::string in_quotes(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += " " + detail::exchange::in_quotes(name);
  return out;
}
std::string in_quotes(const EdgeEnd& end) { return in_quotes(std::vector{end.column, end.label, end.property}); }

std::optional<std::uint64_t> number_of(std::string_view field) {
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), out);
  if (error != std::errc() || end != field.data() + field.size()) return std::nullopt;
  return out;
}

/// Nodes by the text of their keys, of one file.
using Known = std::unordered_map<std::string, NodeKey>;

}  // namespace

struct CsvImport::State {
  explicit State(Transaction& to) : transaction(to), writing(to.open_state()), before(to.snapshot()), schema(writing.graph->schema) {}

  // A node in force: the graph may have its mention of a text that is being replaced.
  std::optional<NodeKey> standing(NodeRow row) const {
    for (const auto member : before.data().node_mentions[row.value])
      if (writing.mention(NodeKey{member})) return NodeKey{member};
    return std::nullopt;
  }
  std::optional<NodeKey> only(std::vector<NodeRow> rows, const std::string& which) const {
    if (rows.size() > 1)
      throw Error(ErrorCode::conflict, std::to_string(rows.size()) + " nodes have " + which + "; merge them first, or name them by another property");
    return rows.empty() ? std::nullopt : standing(rows[0]);
  }
  void put(Assertion& claim, ClaimKind kind, const std::string& name, Value value = {}) {
    claim.id = {};
    claim.kind = kind;
    claim.name = name;
    claim.value = std::move(value);
    writing.add_assertion(claim);
  }
  /// Others than the document say something of the node.
  bool has_others(NodeRow row, DocumentId document) const {
    for (const auto id : before.data().node_claims[row.value])
      for (const auto evidence : before.data().history.claim(id).evidence())
        if (writing.document_of(evidence) != document) return true;
    return false;
  }
  /// The file said it of the node before: the rank that it had; nothing: it says something new.
  std::optional<Rank> rank_before(NodeKey node, DocumentId document, const std::string& name, const Value& value) const {
    const auto row = before.data().row_of(node);
    if (row == detail::graph::kNone) return std::nullopt;
    for (const auto id : before.data().node_claims[row]) {
      const auto claim = before.data().history.claim(id);
      if (claim.kind() != ClaimKind::property || claim.name() != name || !claim.has_value(value)) continue;
      for (const auto evidence : claim.evidence())
        if (writing.document_of(evidence) == document) return claim.rank();
    }
    return std::nullopt;
  }
  /// Makes way for a value of `node`; the rank that it needs to be read.
  Rank make_way(const NodeSight& node, const std::string& name, const Value& value) {
    auto rank = Rank::normal;
    for (const auto id : node.claims) {
      if (writing.is_withdrawn(id)) continue;  // by the field before
      const auto claim = writing.assertion(id);
      if (claim.kind() != ClaimKind::property || claim.name() != name || claim.has_value(value)) continue;
      rank = Rank::preferred;
      if (claim.rank() == Rank::preferred) writing.withdraw(id);
    }
    return rank;
  }
  /// Of a row whose node was there: the last one says, as of `add_nodes`.
  void put_over(Assertion& claim, DocumentId document, const CsvScanner& csv, const CsvColumns& columns, const std::vector<std::size_t>& key,
                bool is_first) {
    const auto node = writing.see(claim.subject);
    for (const auto column : columns.properties()) {
      auto value = columns.value(csv, column);
      if (value.is_null()) continue;
      const auto& name = columns.name(column);
      const bool is_plain = columns.type(column) == PropertyType::list || std::ranges::find(key, column) != key.end();
      const auto old = is_plain || !is_first ? std::nullopt : rank_before(claim.subject, document, name, value);
      claim.rank = is_plain ? Rank::normal : old ? *old : make_way(node, name, value);
      put(claim, ClaimKind::property, name, std::move(value));
    }
    claim.rank = Rank::normal;
  }
  void put_properties(Assertion& claim, ClaimKind kind, const CsvScanner& csv, const CsvColumns& columns) {
    for (const auto column : columns.properties())
      if (!csv.fields()[column].empty()) put(claim, kind, columns.name(column), columns.value(csv, column));
  }
  Known& known_by(const std::vector<std::string>& labels, const std::vector<std::string>& key) {
    if (key.size() != 1) return unnamed.emplace_back();
    const auto made = std::make_shared<Known>();
    for (const auto& label : labels)
      for (const auto& one : schema.chain(label)) named[{one, key[0]}].push_back(made);
    return *made;
  }

  Transaction& transaction;
  Transaction::State& writing;
  Snapshot before;
  const Schema& schema;
  std::map<std::pair<std::string, std::string>, std::vector<std::shared_ptr<Known>>> named;  // by label and property
  std::vector<Known> unnamed;  // by several columns
};

namespace {

using Shared = CsvImport::State;

/// The rows of one file as nodes.
class NodeRows {
 public:
  NodeRows(Shared& shared, CsvScanner& csv, CsvColumns& columns, CsvSource& source, const NodesFromCsv& how)
      : shared_(shared), csv_(csv), columns_(columns), source_(source), how_(how) {
    for (const auto& name : how.key) key_.push_back(columns.find(name));
    if (!how.id.empty()) id_ = columns.find(how.id);
    if (!key_.empty()) known_ = &shared.known_by(how.labels, how.key);
  }

  void add() {
    claim_.evidence.assign(1, source_.evidence(csv_));
    was_there_ = is_again_ = false;
    claim_.subject = node();
    for (const auto& label : how_.labels) shared_.put(claim_, ClaimKind::node, label);
    if (stays_deleted(claim_.subject)) ++deleted_;
    else if (was_there_) return shared_.put_over(claim_, source_.document(), csv_, columns_, key_, !is_again_);
    shared_.put_properties(claim_, ClaimKind::property, csv_, columns_);
  }
  std::size_t deleted() const noexcept { return deleted_; }

 private:
  NodeKey node() {
    if (key_.empty()) return mention({});
    for (const auto column : key_)
      if (csv_.fields()[column].empty()) refuse("column '" + columns_.name(column) + "' is empty; it says which node is meant");
    auto text = joined(csv_, key_);
    const auto [known, is_new] = known_->try_emplace(std::move(text));
    was_there_ = is_again_ = !is_new;
    if (!is_new) return known->second;
    const auto old = find();
    return known->second = old ? *old : mention(known->first);
  }
  // A deletion by hand holds, also where the file says the row again: it has the key that it had.
  bool stays_deleted(NodeKey key) const {
    const auto& data = shared_.before.data();
    if (key.value > data.history.counters().node) return false;
    return std::ranges::any_of(data.unseen_of_mention[key.value], [&](auto id) {
      const auto claim = data.history.claim(id);
      return claim.is_rejection() && claim.kind() == ClaimKind::node && claim.name().empty() && !shared_.writing.is_withdrawn(claim.id());
    });
  }

  std::optional<NodeKey> find() {
    const auto& before = shared_.before;
    const auto rows_by = [&](std::size_t i) { return before.find_nodes(how_.labels.front(), how_.key[i], columns_.value(csv_, key_[i])); };
    auto rows = rows_by(0);
    for (std::size_t i = 1; i < key_.size() && !rows.empty(); ++i) {
      const auto others = rows_by(i);
      std::erase_if(rows, [&](NodeRow one) { return !std::ranges::binary_search(others, one); });
    }
    was_there_ = std::ranges::any_of(rows, [&](NodeRow row) { return shared_.has_others(row, source_.document()); });
    std::erase_if(rows, [&](NodeRow row) { return !shared_.standing(row); });  // this file's own of before
    return shared_.only(std::move(rows), "the key '" + joined(csv_, key_) + "'");
  }

  NodeKey mention(const std::string& surface) {
    const auto wanted = wanted_key();
    const auto key = shared_.writing.add_mention({wanted, how_.labels.back(), surface, claim_.evidence.front()});
    if (!wanted || key == wanted) return key;
    throw Error(ErrorCode::conflict, "no node can have the key " + std::to_string(wanted.value) +
                                         ": it is taken, below one of an earlier commit, or millions beyond those in use; read files in "
                                         "order of their keys or in one transaction, or leave `id` out and name nodes by a property");
  }
  NodeKey wanted_key() const {
    if (how_.id.empty()) return {};
    const auto number = number_of(csv_.fields()[id_]);
    if (number && *number > 0) return NodeKey{*number};
    csv_.refuse("'" + std::string(csv_.fields()[id_].substr(0, 100)) + "' in column '" + how_.id + "' is no key of a node: those are numbers from 1 on");
  }

  Shared& shared_;
  CsvScanner& csv_;
  CsvColumns& columns_;
  CsvSource& source_;
  const NodesFromCsv& how_;
  std::vector<std::size_t> key_;
  std::size_t id_ = 0;
  Known* known_ = nullptr;
  bool was_there_ = false, is_again_ = false;  // the row's node; by a row of this file or one read with it
  std::size_t deleted_ = 0;
  Assertion claim_;
};

/// The nodes that one end of edges names.
class CsvEnds {
 public:
  CsvEnds(Shared& shared, CsvScanner& csv, const CsvColumns& columns, const EdgeEnd& end) : shared_(shared), csv_(csv), end_(end), column_(columns.find(end.column)) {
    if (end.label.empty() != end.property.empty()) refuse("nodes are found by a label and a property; one of them is missing for column '" + end.column + "'");
    const auto known = shared.named.find({end.label, end.property});
    if (known != shared.named.end()) made_ = known->second;
  }
  std::size_t column() const noexcept { return column_; }

  NodeKey node() {
    const auto field = csv_.fields()[column_];
    if (field.empty()) refuse("column '" + end_.column + "' is empty; it says which node is meant");
    if (end_.label.empty()) return keyed(field);
    key_.assign(field);
    for (const auto& known : made_)
      if (const auto found = known->find(key_); found != known->end()) return found->second;
    if (const auto found = found_.find(key_); found != found_.end()) return found->second;
    const auto old = find(field);
    if (!old) throw Error(ErrorCode::not_found, "no " + end_.label + " has " + end_.property + " '" + key_ + "', which column '" + end_.column + "' names");
    return found_[key_] = *old;
  }

 private:
  NodeKey keyed(std::string_view field) const {
    const auto number = number_of(field);
    if (number && shared_.writing.mention(NodeKey{*number})) return NodeKey{*number};
    throw Error(ErrorCode::not_found, "there is no node '" + std::string(field.substr(0, 100)) + "', which column '" + end_.column + "' names");
  }
  // A value is written in one way or another.
  std::optional<NodeKey> find(std::string_view field) const {
    for (const auto type : {PropertyType::string, PropertyType::integer, PropertyType::decimal, PropertyType::partial_date}) {
      const auto value = read_field(field, type);
      auto rows = value ? shared_.before.find_nodes(end_.label, end_.property, *value) : std::vector<NodeRow>();
      if (!rows.empty()) return shared_.only(std::move(rows), end_.property + " '" + std::string(field) + "'");
    }
    return std::nullopt;
  }

  Shared& shared_;
  CsvScanner& csv_;
  const EdgeEnd& end_;
  std::size_t column_;
  std::vector<std::shared_ptr<Known>> made_;
  Known found_;
  std::string key_;
};

/// The rule of the first label that has the property.
const PropertyRule* rule_of(const Schema& schema, const std::vector<std::string>& labels, const std::string& property) {
  for (const auto& label : labels)
    if (const auto* rule = schema.property(label, property)) return rule;
  return nullptr;
}

CsvCounts counts_of(std::size_t rows, const CsvColumns& columns, const CsvSource& source) {
  CsvCounts counts;
  counts.rows = rows;
  counts.is_replaced = source.is_replaced();
  for (const auto column : columns.properties()) counts.types.emplace(columns.name(column), columns.type(column));
  return counts;
}

CsvCounts unchanged() {
  CsvCounts counts;
  counts.is_unchanged = true;
  return counts;
}

}  // namespace

CsvImport::CsvImport(Transaction& transaction) : state_(std::make_unique<State>(transaction)) {}
CsvImport::CsvImport(CsvImport&&) noexcept = default;
CsvImport::~CsvImport() = default;

CsvCounts CsvImport::nodes(const std::string& path, const NodesFromCsv& how, const CsvOptions& options) {
  if (how.labels.empty() || std::ranges::any_of(how.labels, &std::string::empty)) refuse("nodes need a label");
  for (const auto& label : how.labels) state_->schema.check_label(label);
  CsvScanner csv(path, options.delimiter);
  CsvColumns columns(csv, options);
  const auto taken = how.id.empty() ? std::vector<std::size_t>() : std::vector{columns.find(how.id)};
  columns.choose(path, csv, options, taken, [&](const std::string& property) { return rule_of(state_->schema, how.labels, property); });
  const auto reading =
      "nodes" + in_quotes(how.labels) + "; key" + in_quotes(how.key) + "; id" + in_quotes(std::vector{how.id}) + columns.shown(csv.delimiter());
  CsvSource source(state_->transaction, state_->before, path, joined(how.labels), reading, options.cite_rows);
  if (source.is_unchanged()) return unchanged();
  NodeRows rows(*state_, csv, columns, source, how);
  const auto count = each_row(csv, columns, path, options.stop, [&] { rows.add(); });
  auto counts = counts_of(count, columns, source);
  counts.deleted = rows.deleted();
  return counts;
}

CsvCounts CsvImport::edges(const std::string& path, const EdgesFromCsv& how, const CsvOptions& options) {
  if (how.type.empty()) refuse("edges need a type");
  CsvScanner csv(path, options.delimiter);
  CsvColumns columns(csv, options);
  CsvEnds sources(*state_, csv, columns, how.source), targets(*state_, csv, columns, how.target);
  columns.choose(path, csv, options, {sources.column(), targets.column()},
                 [&](const std::string& property) { return state_->schema.relation_property(how.type, property); });
  const auto reading = "edges" + in_quotes(std::vector{how.type}) + "; from" + in_quotes(how.source) + "; to" + in_quotes(how.target) +
                       columns.shown(csv.delimiter());
  CsvSource source(state_->transaction, state_->before, path, how.type, reading, options.cite_rows);
  if (source.is_unchanged()) return unchanged();
  Assertion claim;
  const auto rows = each_row(csv, columns, path, options.stop, [&] {
    claim.evidence.assign(1, source.evidence(csv));
    claim.subject = sources.node();
    claim.object = targets.node();
    claim.edge = state_->writing.new_edge_key();
    state_->put(claim, ClaimKind::edge, how.type);
    claim.subject = claim.object = {};
    state_->put_properties(claim, ClaimKind::edge_property, csv, columns);
  });
  return counts_of(rows, columns, source);
}

}  // namespace policygraph::inline v0
