#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/node_preview.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "resolve/name_match.hpp"

namespace policygraph::inline v0::detail::resolve {

/// What identity looks at in a node, read once.
struct Candidate {
  NodeRow row;
  NodeKey key;
  std::string_view root;                    ///< the most general label
  std::vector<const ComparedName*> names;  ///< name or title, then aliases
  std::string kind, country, code, jurisdiction, number;
  PartialDate date;
  std::string home;  ///< of a state's body without a country: the state that the documents which name it are of; empty: not told

  const std::string& state() const noexcept { return country.empty() ? home : country; }
};

/// A reason to think that two nodes are one: they share `block`. Nodes are compared within a block only.
struct BlockKey {
  std::string block;
  std::string_view rule;  ///< "rule:act-key/1"
};

/// The labels and the properties that candidates are read from.
graph::WantedValues wanted_of_candidates();

/// Names as they are compared, each taken apart once: documents name the same things.
class CandidateNames {
 public:
  explicit CandidateNames(const NameLexicon& lexicon) : words_(lexicon) {}
  /// Stays where it is.
  const ComparedName& of(std::string_view text, std::string_view root);

 private:
  /// Keyed: the names come from documents.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const;
  };
  using Known = std::unordered_map<std::string, ComparedName, Hash, std::equal_to<>>;
  NameWords words_;
  std::map<std::string_view, Known> known_;  // by root
};

/// The most general label of a node that can be the same across documents; empty: it cannot.
std::string_view root_label(const Snapshot& snapshot, NodeRow row);
/// Nodes of labels that can be the same across documents, in order of key. Their names live in `names`.
std::vector<Candidate> candidates(const Snapshot& snapshot, CandidateNames& names);
/// With `wants_weak`, blocks too that nothing is merged by.
std::vector<BlockKey> block_keys(const Candidate& candidate, bool wants_weak);

inline constexpr std::string_view kActKey = "rule:act-key/1", kPlaceCode = "rule:place-code/1", kSameName = "rule:same-name/1";
inline constexpr std::string_view kNameWords = "rule:name-words/1", kPersonName = "rule:person-name/2";
inline constexpr std::string_view kPersonInitials = "rule:person-initials/1", kAcronym = "rule:acronym/2";

/// How sure it is that two nodes of one block are one thing, and why; empty: they are not, or it cannot be told.
struct Match {
  double score = 0;
  std::string_view rule;
  std::string reason;
};
/// A reason that nobody wants may be left empty.
std::optional<Match> match(const Candidate& a, const Candidate& b, std::string_view rule, bool wants_reason);
/// Whether a name of one and a name of the other differ in a part that both tell.
bool are_other_persons(const Candidate& a, const Candidate& b);
/// How much the names of a person tell: the father's name 2, the given name in full 1, an initial 0.
int completeness(const Candidate& person);

}  // namespace policygraph::inline v0::detail::resolve
