#pragma once

#include <string>
#include <vector>

#include "policygraph/graph/graph.hpp"
#include "random/random.hpp"

namespace policygraph::testing {

// A small graph in the open schema, as statements: each a write of its own, so that each node, edge and changed property has evidence of
// its own. Labels A, B, C; types R, S, T; loops and parallel edges. Properties of one kind each, absent now and then: k numbers the
// nodes, i integer, f float (a multiple of 1/4), s string, b Boolean, l list of integers, m anything,
// d decimal, t date, p partial date, o date-time, w duration.
std::vector<std::string> random_graph(Random& random);

// More edges than that has, of two types, between fewer nodes: parallel ones, loops and circles, some withdrawn.
std::vector<std::string> random_web(Random& random);

Graph graph_of(const std::vector<std::string>& statements);

}  // namespace policygraph::testing
