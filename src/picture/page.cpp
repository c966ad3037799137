#include "policygraph/picture/page.hpp"

#include <filesystem>
#include <fstream>
#include <ostream>
#include <system_error>

#include "picture/markup.hpp"
#include "picture/selection.hpp"
#include "picture/svg.hpp"
#include "picture/tables.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::picture::escaped;
using detail::picture::Families;

// The policy keeps the promise of the header even if escaping had a hole: nothing is fetched, nothing runs.
constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
)";

constexpr std::string_view kStyle = R"(<style>
:root{--ink:#1b2430;--soft:#5c6675;--paper:#fff;--band:#f4f6f9;--rule:#d5dbe3;--link:#0b5cad;--mark:#fff1a8;--pg-ink:#1b2430}
@media (prefers-color-scheme:dark){:root{--ink:#e7ebf0;--soft:#a5afbd;--paper:#14181e;--band:#1c222a;--rule:#343d49;--link:#7db8f5;--mark:#5d5000;--pg-ink:#e7ebf0}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.2rem clamp(.8rem,3vw,2.5rem) 4rem;max-width:110rem;color:var(--ink);background:var(--paper);font:15px/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
h1{font-size:1.55rem;margin:.2rem 0 .3rem}h2{font-size:1.15rem;margin:2rem 0 .6rem}
a{color:var(--link)}
.soft,.count,.rule{color:var(--soft);font-weight:400}
nav ul,.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;margin:.4rem 0;padding:0}
.legend li,nav li{display:flex;align-items:center;gap:.3rem}
.mark{width:1.05rem;height:1.05rem;flex:none}
.frame{overflow:auto;max-height:85vh;border:1px solid var(--rule);border-radius:8px;background:var(--paper)}
.frame>svg{display:block;max-width:100%;height:auto;margin:auto}
.table{overflow-x:auto;margin:0 0 1.4rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;font-weight:600;font-size:1rem;padding:.4rem 0}
th,td{border-bottom:1px solid var(--rule);padding:.35rem .6rem;text-align:left;vertical-align:top;font-weight:400;overflow-wrap:break-word}
thead th{background:var(--band);color:var(--soft);font-size:.8rem;white-space:nowrap}
tbody th{min-width:14rem;max-width:46rem}tbody td{max-width:26rem}dd,q,code{overflow-wrap:anywhere}
tr:target>*{background:var(--band);box-shadow:inset 0 2px var(--link),inset 0 -2px var(--link)}
summary{cursor:pointer}summary:focus-visible,a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
tbody th summary{font-weight:600}
details[open]{max-width:46rem;min-width:min(28rem,80vw)}
.quotes{margin:.4rem 0 .6rem;padding-left:1rem}.quotes li{margin:.35rem 0}
q{quotes:"“" "”"}mark{background:var(--mark);color:inherit;border-radius:2px}
cite{font-style:normal;font-size:.82rem;color:var(--soft)}
dl{margin:.4rem 0}dt{color:var(--soft);font-size:.82rem}dd{margin:0 0 .3rem 1rem}
@media print{.frame{max-height:none;overflow:visible}}
</style>
)";

std::string plural(std::size_t count, const std::string& word) { return std::to_string(count) + " " + word + (count == 1 ? "" : "s"); }

void write_head(std::ostream& out, const Snapshot& snapshot, const PageOptions& options) {
  const auto title = escaped(options.title);
  out << kHead << "<title>" << title << "</title>\n" << kStyle << "</head>\n<body>\n<header><h1>" << title << "</h1>\n<p class=\"soft\">"
      << plural(snapshot.node_count(), "node") << " and " << plural(snapshot.edge_count(), "edge") << " from "
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
  out << "<div class=\"frame\" tabindex=\"0\" role=\"region\" aria-label=\"Picture of the graph\">\n"
      << detail::picture::draw(snapshot, options, true) << "</div>\n";
}

void write_tables(std::ostream& out, const Snapshot& snapshot, const Families& families) {
  if (!families.present().empty()) out << "<h2>Nodes</h2>\n";
  std::size_t number = 0;
  for (const auto& family : families.present())
    out << "<section class=\"table\" id=\"t" << number++ << "\">" << detail::picture::node_table(snapshot, family) << "</section>\n";
  if (snapshot.edge_count() > 0) out << "<h2 id=\"edges\">Edges</h2>\n";
  for (std::uint32_t type = 0; type < snapshot.edge_type_count(); ++type)
    if (snapshot.edge_count(EdgeType{type}) > 0)
      out << "<section class=\"table\">" << detail::picture::edge_table(snapshot, EdgeType{type}) << "</section>\n";
  out << "<h2 id=\"documents\">Documents</h2>\n<section class=\"table\">" << detail::picture::document_table(snapshot) << "</section>\n";
  out << (snapshot.node_count() > 0 ? "</main>\n" : "");
}

}  // namespace

void write_page(const Snapshot& snapshot, std::ostream& out, const PageOptions& options) {
  const Families families(snapshot);
  write_head(out, snapshot, options);
  write_contents(out, snapshot, families);
  write_picture(out, snapshot, options);
  write_tables(out, snapshot, families);
  out << "</body>\n</html>\n";
  if (!out) throw Error(ErrorCode::io, "cannot write the page");
}

// By rename: a reader sees the whole page or the old one.
void write_page(const Snapshot& snapshot, const std::string& path, const PageOptions& options) {
  const auto partial = path + ".partial";
  std::error_code error;
  try {
    std::ofstream out(partial, std::ios::binary);
    if (!out) throw Error(ErrorCode::io, "cannot write '" + path + "'");
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
