#include "resolve/candidates.hpp"

#include <algorithm>
#include <array>

#include "base/sip_hash.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

constexpr std::array<std::string_view, 5> kRoots{"LegalAct", "Organization", "Programme", "Person", "Place"};

/// The properties of a snapshot by which nodes are told apart.
enum class Told : std::uint8_t { name, title, aliases, kind, country, code, number, jurisdiction, date };
constexpr std::array<std::string_view, 9> kProperties{"name", "title", "aliases", "kind", "country", "code", "number", "jurisdiction", "date"};

/// Reads them, each looked up once.
class Reader {
 public:
  explicit Reader(const Snapshot& snapshot) : snapshot_(snapshot) {
    for (std::size_t i = 0; i < kProperties.size(); ++i) numbers_[i] = snapshot.property(kProperties[i]);
  }

  Value value(NodeRow row, Told property) const {
    const auto number = numbers_[static_cast<std::size_t>(property)];
    return number ? snapshot_.value(row, *number) : Value();
  }
  std::string text(NodeRow row, Told property) const {
    const auto number = numbers_[static_cast<std::size_t>(property)];
    const auto* column = number ? snapshot_.node_column(*number) : nullptr;
    if (column == nullptr || !column->has(row.value)) return {};
    if (column->kind(row.value) == ColumnKind::string) return std::string(column->string(row.value));
    const auto found = column->value(row.value);
    return found.kind() == ValueKind::string ? found.as_string() : std::string();
  }

 private:
  const Snapshot& snapshot_;
  std::array<std::optional<Property>, kProperties.size()> numbers_;
};

/// A node to be read.
struct Place {
  NodeKey key;
  NodeRow row;
  std::string_view root;
};

void add_name(Candidate& node, CandidateNames& names, std::string_view text) {
  if (!text.empty()) node.names.push_back(&names.of(text, node.root));
}

void add_names(Candidate& node, CandidateNames& names, const Value& value) {
  if (value.kind() != ValueKind::list) return;
  for (const auto& item : value.as_list())
    if (item.kind() == ValueKind::string) add_name(node, names, item.as_string());
}

Candidate read_candidate(const Reader& reader, CandidateNames& names, const Place& place) {
  Candidate node;
  node.row = place.row;
  node.key = place.key;
  node.root = place.root;
  if (node.root != "LegalAct") {  // these are known by their numbers
    for (const auto property : {Told::name, Told::title}) add_name(node, names, reader.text(node.row, property));
    add_names(node, names, reader.value(node.row, Told::aliases));
  }
  node.kind = reader.text(node.row, Told::kind);
  node.country = reader.text(node.row, Told::country);
  node.code = reader.text(node.row, Told::code);
  node.jurisdiction = reader.text(node.row, Told::jurisdiction);
  node.number = reader.text(node.row, Told::number);
  if (const auto date = reader.value(node.row, Told::date); date.kind() == ValueKind::partial_date) node.date = date.as_partial_date();
  return node;
}

void add_key(std::vector<BlockKey>& keys, std::string_view kind, const std::string& block, std::string_view rule) {
  if (!block.empty()) keys.push_back({std::string(kind).append("\n").append(block), rule});
}

void add_person_keys(std::vector<BlockKey>& keys, const ComparedName& name) {
  add_key(keys, "person", name.person().block(), kPersonName);
  add_key(keys, "initial", name.person().initial_block(), kPersonInitials);
}

void add_word_keys(std::vector<BlockKey>& keys, std::string_view root, const ComparedName& name, bool wants_weak) {
  const auto& form = name.form();
  if (form.words > 0 && !form.is_acronym) keys.push_back({std::string(root).append("\nwords\n").append(form.block), kNameWords});
  if (name.body != nullptr) add_key(keys, "body", *name.body, kNameWords);
  if (wants_weak && root == "Organization") add_key(keys, "letters", initials_of(name), kAcronym);
}

}  // namespace

graph::WantedValues wanted_of_candidates() {
  return {{kRoots.begin(), kRoots.end()}, {kProperties.begin(), kProperties.end()}};
}

std::size_t CandidateNames::Hash::operator()(std::string_view text) const {
  return static_cast<std::size_t>(base::SipHash(base::random_hash_key())(text));
}

const ComparedName& CandidateNames::of(std::string_view text, std::string_view root) {
  auto& known = known_[root];
  const auto found = known.find(text);
  return found != known.end() ? found->second : known.emplace(text, read_name(text, root, words_)).first->second;
}

std::string_view root_label(const Snapshot& snapshot, NodeRow row) {
  for (const auto root : kRoots)
    if (const auto label = snapshot.label(root); label && snapshot.has_label(row, *label)) return root;
  return {};
}

std::vector<Candidate> candidates(const Snapshot& snapshot, CandidateNames& names) {
  std::vector<Place> places;
  for (const auto root : kRoots)
    for (const auto row : snapshot.nodes(root)) places.push_back({snapshot.key(row), row, root});
  std::ranges::sort(places, {}, &Place::key);
  const Reader reader(snapshot);
  std::vector<Candidate> all;
  all.reserve(places.size());
  for (const auto& place : places) all.push_back(read_candidate(reader, names, place));
  return all;
}

std::vector<BlockKey> block_keys(const Candidate& node, bool wants_weak) {
  std::vector<BlockKey> keys;
  if (node.root == "LegalAct") {
    if (!node.number.empty()) keys.push_back({"act\n" + node.jurisdiction + '\n' + fold_name(node.number), kActKey});
    return keys;
  }
  if (node.root == "Place" && !node.code.empty()) keys.push_back({"code\n" + node.code + '\n' + node.kind, kPlaceCode});
  for (const auto* name : node.names) {
    keys.push_back({std::string(node.root) + '\n' + name->folded, kSameName});
    if (node.root == "Person") add_person_keys(keys, *name);
    else add_word_keys(keys, node.root, *name, wants_weak);
  }
  return keys;
}

}  // namespace policygraph::inline v0::detail::resolve
