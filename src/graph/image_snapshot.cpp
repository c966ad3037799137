#include "graph/image_snapshot.hpp"

#include <utility>

#include "graph/column_data.hpp"
#include "graph/derivation.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

void write_names(ImageOut& out, const std::vector<std::string>& names) {
  out.number(std::uint64_t{names.size()});
  for (const auto& name : names) out.text(name);
}

std::vector<std::string> read_names(ImageIn& in) {
  std::vector<std::string> names(in.count());
  for (auto& name : names) name = in.text();
  return names;
}

void write_columns(ImageOut& out, const std::vector<std::shared_ptr<const Column>>& columns) {
  out.number(std::uint64_t{columns.size()});
  for (const auto& column : columns) write_column(out, column.get());
}

std::vector<std::shared_ptr<const Column>> read_columns(ImageIn& in, const Strings& strings) {
  std::vector<std::shared_ptr<const Column>> columns(in.count());
  for (auto& column : columns) column = read_column(in, strings);
  return columns;
}

// What is read in the same order as it is written: `each(table)` for the tables of keys and of rows.
template <class Data, class Each>
void for_tables(Data& data, Each each) {
  each(data.mention_of_key);
  each(data.row_of_key);
  each(data.judgements_of);
  each(data.unseen_of_mention);
  each(data.unseen_ends);
  each(data.node_keys);
  each(data.node_modality);
  each(data.node_claims);
  each(data.node_evidence);
  each(data.node_mentions);
  each(data.edge_keys);
  each(data.row_of_edge_key);
  each(data.edge_modality);
  each(data.edge_claims);
  each(data.edge_evidence);
  each(data.unseen_of_edge);
}

void write_nodes(ImageOut& out, const Snapshot::Data& data) {
  out.number(data.node_limit);
  out.number(std::uint64_t{data.label_table->sets.size()});
  for (const auto& set : data.label_table->sets) write_names(out, set.all);
  for (const auto count : data.set_counts) out.number(count);
  data.order->write(out);
}

void read_nodes(ImageIn& in, Snapshot::Data& data) {
  data.node_limit = in.small();
  std::vector<std::vector<std::string>> sets(in.count());
  for (auto& set : sets) set = read_names(in);
  data.set_counts.resize(sets.size());
  for (auto& count : data.set_counts) count = in.small();
  data.label_table = make_label_table(std::move(sets), data.set_counts);
  data.order = NodeOrder::read(in, data.label_table);
}

}  // namespace

bool is_writable(const Snapshot::Data& data) noexcept { return data.base == nullptr && data.topology.base().image == nullptr; }

void write_image(const Snapshot::Data& data, ImageOut& out) {
  data.history.write(out);
  out.number(data.key_limit);
  write_names(out, data.edge_types);
  write_names(out, data.properties);
  write_names(out, data.slot_names);
  write_nodes(out, data);
  data.topology.base().write(out);
  for_tables(data, [&](const auto& table) { table.write(out); });
  write_columns(out, data.node_columns);
  write_columns(out, data.edge_columns);
  write_column(out, data.valid_from.get());
  write_column(out, data.valid_to.get());
}

std::shared_ptr<Snapshot::Data> read_image(const Schema& schema, const std::shared_ptr<const Image>& image, const MakeFetch& make_fetch) {
  ImageIn in(image);
  auto history = History::read(in);
  auto fetch = make_fetch(history);
  auto data = std::make_shared<Snapshot::Data>(schema, std::move(history), std::move(fetch));
  data->key_limit = in.small();
  data->edge_types = read_names(in);
  data->properties = read_names(in);
  data->slot_names = read_names(in);
  read_nodes(in, *data);
  data->topology = Topology(Adjacency::read(in));
  for_tables(*data, [&](auto& table) { table.read(in); });
  const auto& strings = data->history.strings();
  data->node_columns = read_columns(in, strings);
  data->edge_columns = read_columns(in, strings);
  data->valid_from = read_column(in, strings);
  data->valid_to = read_column(in, strings);
  return data;
}

}  // namespace policygraph::inline v0::detail::graph
