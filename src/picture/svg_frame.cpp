#include "picture/svg_frame.hpp"

#include "picture/markup.hpp"
#include "policygraph/base/sha256.hpp"

namespace policygraph::inline v0::detail::picture {
namespace {

constexpr double kLeastScale = 0.62;  // a picture wider than its frame shrinks so far, then it scrolls

// Okabe and Ito's colours, told apart with every kind of colour vision; families that share one differ in shape.
constexpr std::string_view kStyle = R"(<style>
.pg-picture{--pg-ink:#1b2430;--pg-paper:#fff;--pg-line:#7d8796;--pg-soft:#5c6675;--pg-band:#eef1f5;font:12px/1.2 system-ui,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
@media (prefers-color-scheme:dark){.pg-picture{--pg-ink:#e7ebf0;--pg-paper:#14181e;--pg-line:#788392;--pg-soft:#a5afbd;--pg-band:#222a34}}
.pg-picture text{fill:var(--pg-ink);stroke:var(--pg-paper);stroke-width:3px;stroke-linejoin:round;paint-order:stroke;text-anchor:middle}
.pg-picture .pg-ground{fill:var(--pg-paper)}
.pg-picture .pg-type{font-size:9px;fill:var(--pg-soft)}
.pg-picture .pg-link path{fill:none;stroke:var(--pg-line);stroke-width:1.3px}
.pg-picture .pg-off path{stroke-dasharray:2 4}
.pg-picture .pg-link .pg-hit{stroke:transparent;stroke-width:11px}
.pg-picture .pg-link:hover path:not(.pg-hit){stroke:var(--pg-ink);stroke-width:2.2px}
.pg-picture .pg-head{fill:var(--pg-line);stroke:none}
.pg-picture a:focus .pg-mark,.pg-picture a:hover .pg-mark{stroke-width:3px}
.pg-mark{stroke:var(--pg-ink,#1b2430);stroke-width:1.2px}
.pg-c0{fill:#cc79a7}.pg-c1{fill:#56b4e9}.pg-c2{fill:#009e73}.pg-c3{fill:#999}.pg-c4{fill:#e69f00}.pg-c5{fill:#f0e442}.pg-c6{fill:#0072b2}.pg-c7{fill:#d55e00}
.pg-picture .pg-start{text-anchor:start}.pg-picture .pg-end{text-anchor:end}.pg-picture .pg-soft{fill:var(--pg-soft)}.pg-picture .pg-strong{font-weight:600}
.pg-picture .pg-band{fill:var(--pg-band);stroke:none}.pg-picture .pg-rule{fill:none;stroke:var(--pg-band);stroke-width:1px}
.pg-picture .pg-flow{opacity:.5;stroke:none}.pg-picture .pg-flow:hover{opacity:.85}
.pg-picture .pg-open{fill:none;stroke:var(--pg-line);stroke-width:1.2px;stroke-dasharray:4 3}
.pg-picture .pg-maybe{opacity:.45;stroke:none}
</style>
)";

}  // namespace

std::string picture_id(std::string_view contents) { return "pg" + sha256_hex(contents).substr(0, 6); }

std::string open_svg(const Frame& frame, const std::string& id) {
  const auto width = number(frame.size.width), height = number(frame.size.height);
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pg-picture\" role=\"group\" aria-labelledby=\"" + id + "-title " + id +
                    "-desc\" viewBox=\"0 0 " + width + " " + height + "\" width=\"" + width + "\" height=\"" + height +
                    "\" style=\"min-width:" + number(frame.size.width * kLeastScale) + "px\">\n";
  out += "<title id=\"" + id + "-title\">" + escaped(frame.title) + "</title>\n<desc id=\"" + id + "-desc\">" + escaped(frame.description) +
         "</desc>\n";
  out += kStyle;
  return out += "<rect class=\"pg-ground\" width=\"" + width + "\" height=\"" + height + "\" rx=\"6\"/>\n";
}

}  // namespace policygraph::inline v0::detail::picture
