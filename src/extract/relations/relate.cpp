#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

namespace policygraph::detail::extract {

void relate(const Reading& reading, Extraction& out) {
  Scene scene(reading, out);
  relate_funding(scene);
  relate_indicators(scene);
}

}  // namespace policygraph::detail::extract
