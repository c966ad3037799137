#include "policygraph/picture/page.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <system_error>

#include "base/steps.hpp"
#include "picture/markup.hpp"
#include "picture/script.hpp"
#include "picture/selection.hpp"
#include "picture/svg.hpp"
#include "picture/tables.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/region.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::picture::escaped;
using detail::picture::Families;

// The policy keeps the promise of the header even if escaping had a hole.
std::string opening(bool has_script) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         detail::picture::page_policy(has_script) +
         "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n";
}

std::string plural(std::size_t count, const std::string& word) { return std::to_string(count) + " " + word + (count == 1 ? "" : "s"); }

void write_head(std::ostream& out, const Snapshot& snapshot, const PageOptions& options, std::size_t all) {
  const auto of_all = all > snapshot.node_count() ? " of " + std::to_string(all) : std::string();
  const auto title = escaped(options.title);
  out << opening(options.script) << "<title>" << title << "</title>\n" << detail::picture::style_element() << "</head>\n<body>\n<header><h1>" << title << "</h1>\n<p class=\"soft\">"
      << snapshot.node_count() << of_all << (snapshot.node_count() == 1 && of_all.empty() ? " node" : " nodes") << " and " << plural(snapshot.edge_count(), "edge") << " from "
      << plural(snapshot.sources().documents().size(), "document") << ". Every row opens to the words it rests on.</p></header>\n";
}

void write_contents(std::ostream& out, const Snapshot& snapshot, const Families& families) {
  out << "<nav aria-label=\"Contents\"><ul class=\"legend\">";
  std::size_t number = 0;
  for (const auto& family : families.present())
    out << "<li>" << detail::picture::mark(family.index) << "<a href=\"#t" << number++ << "\">"
        << escaped(family.name.empty() ? "without label" : family.name) << "</a> <span class=\"count\">" << family.nodes << "</span></li>";
  if (snapshot.edge_count() > 0) out << "<li><a href=\"#edges\">edges</a> <span class=\"count\">" << snapshot.edge_count() << "</span></li>";
  out << "<li><a href=\"#documents\">documents</a> <span class=\"count\">" << snapshot.sources().documents().size() << "</span></li></ul></nav>\n";
}

void write_picture(std::ostream& out, const Snapshot& snapshot, const PageOptions& options) {
  if (snapshot.node_count() == 0) {
    out << "<p>The graph is empty.</p>\n";
    return;
  }
  out << "<main>\n<h2 id=\"picture\">Picture</h2>\n";
  if (snapshot.node_count() > options.max_nodes)
    out << "<p class=\"soft\">The " << options.max_nodes << " nodes with most edges; the tables hold all.</p>\n";
  out << "<div class=\"frame\" tabindex=\"0\" role=\"region\" aria-label=\"Picture of the graph; the tables below say the same\">\n"
      << detail::picture::draw(snapshot, options, true) << "</div>\n";
}

void write_tables(std::ostream& out, const Snapshot& snapshot, const Families& families, const PageOptions& options) {
  detail::base::Steps steps(options.stop, "writing the page");
  if (!families.present().empty()) out << "<h2>Nodes</h2>\n";
  std::size_t number = 0;
  for (const auto& family : families.present())
    out << "<section class=\"table\" id=\"t" << number++ << "\">" << detail::picture::node_table(snapshot, family, steps) << "</section>\n";
  if (snapshot.edge_count() > 0) out << "<h2 id=\"edges\">Edges</h2>\n";
  for (std::uint32_t type = 0; type < snapshot.edge_type_count(); ++type)
    if (snapshot.edge_count(EdgeType{type}) > 0)
      out << "<section class=\"table\">" << detail::picture::edge_table(snapshot, EdgeType{type}, steps) << "</section>\n";
  out << "<h2 id=\"documents\">Documents</h2>\n<section class=\"table\">" << detail::picture::document_table(snapshot, options.only_drawn) << "</section>\n";
  out << (snapshot.node_count() > 0 ? "</main>\n" : "");
}

/// What the picture shows, as a graph of its own.
Snapshot drawn_of(const Snapshot& snapshot, const PageOptions& options) {
  const auto selection = detail::picture::select(snapshot, options.max_nodes, options.loose_nodes);
  Region region;
  region.nodes = selection.nodes;
  for (const auto& link : selection.links) region.edges.push_back(link.edge);
  std::ranges::sort(region.nodes);
  std::ranges::sort(region.edges);
  return only(snapshot, region);
}

/// `all` nodes were there before those that are not drawn were left out.
void write(std::ostream& out, const Snapshot& snapshot, const PageOptions& options, std::size_t all) {
  const Families families(snapshot);
  write_head(out, snapshot, options, all);
  write_contents(out, snapshot, families);
  write_picture(out, snapshot, options);
  write_tables(out, snapshot, families, options);
  out << (options.script && snapshot.node_count() > 0 ? detail::picture::script_element() : "") << "</body>\n</html>\n";
}

}  // namespace

void write_page(const Snapshot& snapshot, std::ostream& out, const PageOptions& options) {
  if (options.only_drawn) {
    auto all_drawn = options;
    all_drawn.loose_nodes = true;
    write(out, drawn_of(snapshot, options), all_drawn, snapshot.node_count());
  } else {
    write(out, snapshot, options, snapshot.node_count());
  }
  if (!out) throw Error(ErrorCode::io, "cannot write the page");
}

// By rename: a reader sees the whole page or the old one.
void write_page(const Snapshot& snapshot, const std::string& path, const PageOptions& options) {
  const auto partial = path + ".partial";
  std::error_code error;
  try {
    std::ofstream out(partial, std::ios::binary);
    if (!out) throw Error(ErrorCode::io, "cannot write '" + path + "': " + std::generic_category().message(errno));
    write_page(snapshot, out, options);
    out.close();
    if (!out) throw Error(ErrorCode::io, "cannot write '" + path + "'");
  } catch (...) {
    std::filesystem::remove(partial, error);
    throw;
  }
  std::filesystem::rename(partial, path, error);
  if (error) throw Error(ErrorCode::io, "cannot write '" + path + "': " + error.message());
}

}  // namespace policygraph::inline v0
