// Compiled by tests/graph/CMakeLists.txt once for each CALL, most of which must be refused: they are wrong on arrows.
#ifdef WITH_BOOST
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/connected_components.hpp>
#include <iterator>
#include <vector>

#include "policygraph/graph/boost.hpp"
#endif

#include "policygraph/graph/measures.hpp"

void ask(const policygraph::Snapshot& snapshot) {
  using namespace policygraph;
  CALL;
}
