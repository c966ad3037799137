// picture: pages and drawings.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <variant>

#include "core.hpp"
#include "policygraph/picture/money_flow.hpp"
#include "policygraph/picture/page.hpp"
#include "policygraph/picture/timeline.hpp"

namespace policygraph::python {

namespace {

using Named = std::variant<std::string, HeldNode>;

NodeRow row_in(const Snapshot& snapshot, const HeldNode& node) {
  if (const auto row = snapshot.find(node.key)) return *row;
  throw Error(ErrorCode::not_found, "node " + std::to_string(node.key.value) + " is not in the snapshot that is drawn");
}

std::string page(const Snapshot& snapshot, const std::string& title, std::size_t max_nodes, bool loose_nodes) {
  return run_or_leave([snapshot, title, max_nodes, loose_nodes](const std::stop_token& stop) {
    std::ostringstream out;
    write_page(snapshot, out, {.title = title, .max_nodes = max_nodes, .loose_nodes = loose_nodes, .only_drawn = true, .stop = stop});
    return std::move(out).str();
  });
}

void write_page_file(const Snapshot& snapshot, const std::string& path, const std::string& title, std::size_t max_nodes) {
  run_or_leave([snapshot, path, title, max_nodes](const std::stop_token& stop) {
    write_page(snapshot, path, {.title = title, .max_nodes = max_nodes, .stop = stop});
    return true;
  });
}

std::string svg(const Snapshot& snapshot, const std::string& title, std::size_t max_nodes, bool loose_nodes) {
  return run_or_leave([snapshot, title, max_nodes, loose_nodes](const std::stop_token& stop) {
    return to_svg(snapshot, {.title = title, .max_nodes = max_nodes, .loose_nodes = loose_nodes, .stop = stop});
  });
}

std::string timeline(const Snapshot& snapshot, const Named& of, const std::string& title, std::uint32_t hops, std::size_t max_lines) {
  return run_or_leave([snapshot, of, options = TimelineOptions{title, hops, max_lines}](const std::stop_token&) {
    if (const auto* name = std::get_if<std::string>(&of)) return draw_timeline(snapshot, *name, options);
    return draw_timeline(snapshot, row_in(snapshot, std::get<HeldNode>(of)), options);
  });
}

std::string money_flow(const Snapshot& snapshot, const std::optional<Named>& of, const std::string& title, std::size_t max_sums) {
  return run_or_leave([snapshot, of, options = MoneyFlowOptions{title, max_sums}](const std::stop_token&) {
    if (!of) return draw_money_flow(snapshot, std::span<const NodeRow>(), options);
    if (const auto* name = std::get_if<std::string>(&*of)) return draw_money_flow(snapshot, *name, options);
    const auto row = row_in(snapshot, std::get<HeldNode>(*of));
    return draw_money_flow(snapshot, std::span(&row, 1), options);
  });
}

// By rename: a reader sees the whole file or the old one.
void write_text(const std::string& path, const std::string& text) {
  const auto partial = path + ".partial";
  std::error_code error;
  std::ofstream out(partial, std::ios::binary);
  out << text;
  out.close();
  if (out) std::filesystem::rename(partial, path, error);
  if (out && !error) return;
  std::filesystem::remove(partial, error);
  throw Error(ErrorCode::io, "cannot write '" + path + "'");
}

}  // namespace

void bind_picture(py::module_& core) {
  core.def("write_page", &write_page_file);
  core.def("to_svg", &svg);
  core.def("page", &page);
  core.def("draw_timeline", &timeline);
  core.def("draw_money_flow", &money_flow);
  core.def("write_text", &write_text, py::call_guard<py::gil_scoped_release>());
}

}  // namespace policygraph::python
