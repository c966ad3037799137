#pragma once

#include <string>
#include <vector>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/judgement.hpp"
#include "resolve/home_states.hpp"
#include "resolve/name_lexicon.hpp"

namespace policygraph::inline v0::detail::resolve {

/// Judgements that nodes of a snapshot are the same thing, by keys, names and what the documents that name them tell; a spanning tree over each group, in order of key.
/// Only those whose score is at least `threshold`; a person's name that fits two persons joins neither. Linear in the nodes plus the
/// sizes of the groups that share a key.
std::vector<Judgement> same_nodes(const Snapshot& snapshot, std::vector<Naming> namings, const NameLexicon& lexicon, double threshold);

/// Pairs of nodes that may be the same thing: those that a rule gives a score of at least `least`. Each pair once, the likest first.
std::vector<Judgement> alike_nodes(const Snapshot& snapshot, const NameLexicon& lexicon, double least);

}  // namespace policygraph::inline v0::detail::resolve
