// policygraph-bench: the graph that engines are compared on, and the engines of this side. bench/peers/run.py drives
// it.
//
//     policygraph-bench generate EDGES FOLDER [SEED]
//     policygraph-bench limits|sqlite|policygraph|policygraph-evidence FOLDER WORK QUERIES
#include <cstdio>
#include <cstdlib>
#include <string>

#include "engine.hpp"

namespace {

using namespace bench::peers;

int generate(int count, char** arguments) {
  if (count < 4) return 2;
  write_data(arguments[3], static_cast<std::uint32_t>(number_of(arguments[2])),
             count > 4 ? static_cast<std::uint64_t>(number_of(arguments[4])) : 1);
  return 0;
}

int serve_engine(const std::string& name, int count, char** arguments) {
  if (count != 5) return 2;
  const Places places{arguments[2], arguments[3], arguments[4]};
  std::unique_ptr<Engine> engine;
  if (name == "limits") engine = make_limits(places);
  if (name == "sqlite") engine = make_sqlite(places);
  if (name == "policygraph") engine = make_policygraph(places, false);
  if (name == "policygraph-evidence") engine = make_policygraph(places, true);
  if (engine == nullptr) return 2;
  serve(*engine, places);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string command = count > 1 ? arguments[1] : "";
  const int status = command == "generate" ? generate(count, arguments) : serve_engine(command, count, arguments);
  if (status == 2)
    std::fprintf(stderr, "usage: policygraph-bench generate EDGES FOLDER [SEED] | ENGINE FOLDER WORK QUERIES\n");
  return status;
}
