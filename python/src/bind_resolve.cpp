// resolve: what may be one thing. Records go over as tuples; python/policygraph/review.py names their parts.
#include "core.hpp"
#include "policygraph/resolve/review.hpp"

namespace policygraph::python {
namespace {

py::list proposals_of(const Snapshot& snapshot, double least, std::size_t limit) {
  ReviewOptions options;
  options.least = least;
  options.limit = limit;
  std::vector<Proposal> found;
  {
    const py::gil_scoped_release released;
    found = proposals(snapshot, options);
  }
  py::list all;
  for (const auto& one : found)
    all.append(py::make_tuple(one.a.value, one.b.value, one.label, one.a_name, one.b_name, one.score, one.rule, one.reason));
  return all;
}

}  // namespace

void bind_resolve(py::module_& core) {
  core.def("proposals", &proposals_of);
}

}  // namespace policygraph::python
