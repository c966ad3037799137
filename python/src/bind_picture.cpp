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
  std::ostringstream out;
  write_page(snapshot, out, {.title = title, .max_nodes = max_nodes, .loose_nodes = loose_nodes, .only_drawn = true});
  return std::move(out).str();
}

std::string timeline(const Snapshot& snapshot, const Named& of, const std::string& title, std::uint32_t hops, std::size_t max_lines) {
  const TimelineOptions options{title, hops, max_lines};
  if (const auto* name = std::get_if<std::string>(&of)) return draw_timeline(snapshot, *name, options);
  return draw_timeline(snapshot, row_in(snapshot, std::get<HeldNode>(of)), options);
}

std::string money_flow(const Snapshot& snapshot, const std::optional<Named>& of, const std::string& title, std::size_t max_sums) {
  const MoneyFlowOptions options{title, max_sums};
  if (!of) return draw_money_flow(snapshot, std::span<const NodeRow>(), options);
  if (const auto* name = std::get_if<std::string>(&*of)) return draw_money_flow(snapshot, *name, options);
  const auto row = row_in(snapshot, std::get<HeldNode>(*of));
  return draw_money_flow(snapshot, std::span(&row, 1), options);
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
  core.def("write_page", [](const Snapshot& snapshot, const std::string& path, const std::string& title, std::size_t max_nodes) {
    run_interruptibly([&](const std::stop_token&) {
      write_page(snapshot, path, {.title = title, .max_nodes = max_nodes});
      return true;
    });
  });
  core.def("to_svg", [](const Snapshot& snapshot, const std::string& title, std::size_t max_nodes, bool loose_nodes) {
    const py::gil_scoped_release unlocked;
    return to_svg(snapshot, {.title = title, .max_nodes = max_nodes, .loose_nodes = loose_nodes});
  });
  const auto unlocked = py::call_guard<py::gil_scoped_release>();
  core.def("page", &page, unlocked);
  core.def("draw_timeline", &timeline, unlocked);
  core.def("draw_money_flow", &money_flow, unlocked);
  core.def("write_text", &write_text, unlocked);
}

}  // namespace policygraph::python
