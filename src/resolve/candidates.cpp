#include "resolve/candidates.hpp"

#include <algorithm>
#include <array>

#include "base/sip_hash.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/transliterate.hpp"
#include "policygraph/text/utf8.hpp"

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

std::size_t count_words(std::string_view folded) {
  return folded.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(folded, ' ')) + 1;
}

/// A proper name: two words or more that start with a capital, or one that no common noun looks like ("UNDP", "eGov").
bool is_proper(std::string_view name) {
  std::size_t capitals = 0;
  bool at_start = true;
  for (std::size_t i = 0; i < name.size();) {
    if (const char c = name[i]; (c >= 'a' && c <= 'z') || c == ' ') {  // most are these
      at_start = c == ' ';
      ++i;
      continue;
    }
    const auto point = code_point_at(name, i);
    const bool is_inside = is_letter(point.value) || is_digit(point.value);
    if (is_inside && (is_upper(point.value) || is_digit(point.value)) && (at_start || is_upper(point.value))) ++capitals;
    at_start = !is_inside;
    i += point.size;
  }
  return capitals >= 2;
}

CandidateName made(std::string_view text, bool is_person) {
  CandidateName name;
  name.folded = fold_name(text);
  if (is_person) name.key = name_key(text);
  name.is_proper = is_proper(text);
  name.text = text;
  return name;
}

void add_name(Candidate& node, CandidateNames& names, std::string_view text) {
  if (!text.empty()) node.names.push_back(&names.of(text, node.root == "Person"));
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
  for (const auto property : {Told::name, Told::title}) add_name(node, names, reader.text(node.row, property));
  add_names(node, names, reader.value(node.row, Told::aliases));
  node.kind = reader.text(node.row, Told::kind);
  node.country = reader.text(node.row, Told::country);
  node.code = reader.text(node.row, Told::code);
  node.jurisdiction = reader.text(node.row, Told::jurisdiction);
  node.number = reader.text(node.row, Told::number);
  if (const auto date = reader.value(node.row, Told::date); date.kind() == ValueKind::partial_date) node.date = date.as_partial_date();
  return node;
}

bool agrees(const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; }

std::string same_name(const std::string& name, bool wants_reason, std::string_view more = {}) {
  if (!wants_reason) return {};
  return std::string("same name '").append(name).append("'").append(more);
}

std::optional<Match> match_acts(const Candidate& a, const Candidate& b) {
  if (a.jurisdiction != b.jurisdiction || a.kind != b.kind) return std::nullopt;
  if (a.date.is_unknown() || b.date.is_unknown()) return std::nullopt;
  if (a.date == b.date) {
    if (a.date.is_day()) return Match{1.0, "same jurisdiction, kind, number and date"};
    return Match{0.96, "same jurisdiction, kind and number, same " + a.date.to_string()};
  }
  if (within(a.date, b.date) || within(b.date, a.date)) return Match{0.96, "same jurisdiction, kind and number, dates that agree"};
  return std::nullopt;
}

/// Which shared name, and whether it is more than a body's bare kind of name.
std::optional<Match> match_organizations(const Candidate& a, const Candidate& b, const std::string& shared, bool wants_reason) {
  if (!agrees(a.country, b.country)) return std::nullopt;
  const bool is_state = a.kind == "government" || a.kind == "foreign_government" || b.kind == "government" || b.kind == "foreign_government";
  const bool is_placed = !a.country.empty() && a.country == b.country;
  if (is_state && !is_placed) return Match{0.9, same_name(shared, wants_reason, ", but of which state is not stated")};
  return Match{is_placed ? 0.99 : 0.97, same_name(shared, wants_reason)};
}

/// A name that both have, whatever its case and marks; null where there is none.
const CandidateName* shared_name(const Candidate& a, const Candidate& b, bool proper_only) {
  for (const auto* name : a.names) {
    if (proper_only && !name->is_proper) continue;
    if (std::ranges::any_of(b.names, [&](const auto* other) { return other == name || other->folded == name->folded; })) return name;
  }
  return nullptr;
}

std::optional<Match> match_names(const Candidate& a, const Candidate& b, bool wants_reason) {
  const bool is_place = a.root == "Place";
  const auto* shared = shared_name(a, b, !is_place);
  if (shared == nullptr) return std::nullopt;
  if (a.root == "Organization") return match_organizations(a, b, shared->text, wants_reason);
  if (is_place && !agrees(a.kind, b.kind)) return std::nullopt;
  if (is_place) return Match{0.99, wants_reason ? "same place name '" + shared->text + "'" : std::string()};
  if (a.root == "Programme" && !agrees(a.kind, b.kind)) return std::nullopt;
  if (a.root != "Programme" && count_words(shared->folded) < 2) return std::nullopt;
  return Match{0.97, same_name(shared->text, wants_reason)};
}

std::optional<Match> match_person_keys(const Candidate& a, const Candidate& b) {
  for (const auto* name : a.names)
    for (const auto* other : b.names)
      if (count_words(name->folded) >= 2 && name->key == other->key)
        return Match{0.96, "'" + name->text + "' and '" + other->text + "' are spellings of one name"};
  return std::nullopt;
}

}  // namespace

graph::WantedValues wanted_of_candidates() {
  return {{kRoots.begin(), kRoots.end()}, {kProperties.begin(), kProperties.end()}};
}

std::size_t CandidateNames::Hash::operator()(std::string_view text) const {
  return static_cast<std::size_t>(base::SipHash(base::random_hash_key())(text));
}

const CandidateName& CandidateNames::of(std::string_view text, bool is_person) {
  auto& known = is_person ? of_persons_ : others_;
  const auto found = known.find(text);
  return found != known.end() ? found->second : known.emplace(text, made(text, is_person)).first->second;
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

std::vector<BlockKey> block_keys(const Candidate& node) {
  std::vector<BlockKey> keys;
  if (node.root == "LegalAct") {
    if (!node.number.empty()) keys.push_back({"act\n" + node.jurisdiction + '\n' + fold_name(node.number), "rule:act-key/1"});
    return keys;
  }
  if (node.root == "Place" && !node.code.empty()) keys.push_back({"code\n" + node.code + '\n' + node.kind, "rule:place-code/1"});
  for (const auto* name : node.names) {
    keys.push_back({std::string(node.root) + '\n' + name->folded, "rule:same-name/1"});
    if (node.root == "Person") keys.push_back({"person\n" + name->key, "rule:person-name/1"});
  }
  return keys;
}

std::optional<Match> match(const Candidate& a, const Candidate& b, std::string_view rule, bool wants_reason) {
  if (a.root != b.root) return std::nullopt;
  if (rule == "rule:act-key/1") return match_acts(a, b);
  if (rule == "rule:place-code/1") return Match{1.0, "same code " + a.code};
  if (rule == "rule:person-name/1") return match_person_keys(a, b);
  return match_names(a, b, wants_reason);
}

}  // namespace policygraph::inline v0::detail::resolve
