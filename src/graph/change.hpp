#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "graph/derivation.hpp"
#include "graph/label_sets.hpp"
#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::graph {

/// What one part of a history changes in a snapshot: the classes of mentions and the edges that it may touch are
/// derived again, all else is shared. Its slow twin is `derive`; decision 4 tells how it works.
class Change {
 public:
  /// `after` is a copy of `before` whose history has one part more.
  Change(const Snapshot::Data& before, Snapshot::Data& after, const Part& part);

  /// False: more would change than is worth it; `after` is spoilt and a full derivation is wanted.
  bool run();

 private:
  using Ids = std::vector<std::uint32_t>;
  // A class of mentions that something may have changed for.
  struct Class {
    Ids members;  // keys, sorted
    Ids claims;   // of it and its properties, that are in the view; by id
    std::uint32_t set = kNone;  // of labels; kNone: it is no node
    std::uint32_t key = kNone;
    std::uint32_t row = kNone;
  };
  // Type (as numbered by `types_`), and the rows at the ends.
  using Place = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
  // An edge key that something may have changed for.
  struct Key {
    Ids claims;  // in force, by id
    std::optional<Place> place;
    std::string distinction;  // what tells it apart from others at its place
    bool is_rejected = false;
    std::uint32_t row = kNone;
  };
  struct Touched {
    std::set<std::uint32_t> keys;
    std::set<Place> places;
  };

  // Which records (change_identity.cpp).
  bool is_small() const;
  void read_documents();
  void read_mentions();
  void read_judgements();
  void read_claims();
  bool find_classes();
  bool close_over(std::vector<std::uint32_t> seeds);
  void split_components();

  // Nodes (change_nodes.cpp).
  void derive_nodes();
  void gather_claims();
  void read_class(Class& group, LabelSets& sets, std::map<std::uint32_t, std::uint32_t>& known_sets);
  std::uint32_t set_number(const std::vector<std::string>& names);
  void give_rows();
  void move_mentions();
  void write_node(const Class& group);
  void erase_nodes();
  void place_in_set(std::uint32_t row, std::uint32_t set);
  void name_labels();

  // Edges (change_edges.cpp, change_keys.cpp).
  void derive_edges();
  Touched touched_edges();
  void touch_moved(std::set<std::uint32_t>& keys);
  void touch_places(std::set<Place>& places);
  void touch_neighbours(const Place& place, std::set<std::uint32_t>& keys);
  const Ids& unseen_from(std::uint32_t row);
  Ids claims_of_key(std::uint32_t key, bool with_withdrawn) const;
  void read_key(std::uint32_t key);
  std::string distinction_of(const Ids& claims, std::string_view type, bool is_rejected) const;
  void place_groups();
  std::uint32_t row_for(const Place& place, const Ids& keys, std::set<std::uint32_t>& free_rows);
  void write_edge(std::uint32_t row, const Ids& keys);
  void write_unseen(std::uint32_t key, const Ids& placed);
  std::uint32_t slot_of(std::string_view type, bool is_wanted);
  void name_types();

  // Values (change_values.cpp).
  void write_values();

  bool is_in_force(std::uint32_t id) const { return !after_.history.is_withdrawn(AssertionId{id}); }
  Claim claim(std::uint32_t id) const { return after_.history.claim(id); }

  const Snapshot::Data& before_;
  Snapshot::Data& after_;
  const Part& part_;
  const Edition edition_;
  TopologyWriter topology_;

  std::set<std::uint32_t> flipped_;       // mentions that came into force or left it
  std::set<std::uint32_t> judged_;        // ends of judgements that came or went
  std::set<std::uint32_t> subjects_;      // mentions that claims of nodes came or went for
  std::set<std::uint32_t> changed_keys_;  // edge keys that claims came or went for
  std::map<std::uint32_t, Ids> new_claims_;       // of nodes, by subject
  std::map<std::uint32_t, Ids> new_edge_claims_;  // by edge key

  std::vector<Class> classes_;
  std::map<std::uint32_t, std::size_t> class_of_;  // by mention
  std::set<std::uint32_t> strays_;                 // mentions touched that are not in force
  std::map<std::uint32_t, Ids> claims_of_;         // claims of nodes in force, by subject
  std::set<std::uint32_t> old_rows_;               // of the classes
  std::map<std::uint32_t, std::uint32_t> moved_;   // mentions whose row is another now: the row before
  std::vector<std::vector<std::string>> new_sets_;

  NameNumbers types_;
  std::map<std::uint32_t, Ids> unseen_from_;  // by row of a node
  std::map<std::uint32_t, Key> keys_;
  std::set<std::uint32_t> old_edges_;  // rows of the keys before
  std::map<std::uint32_t, std::pair<std::set<std::uint32_t>, std::set<std::uint32_t>>> ends_;  // mention: gone, come

  std::map<std::uint32_t, Ids> node_claims_;  // by row: what was written, or nothing for the dead
  std::map<std::uint32_t, Ids> edge_claims_;
};

}  // namespace policygraph::inline v0::detail::graph
