#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "engine.hpp"

namespace bench::peers {

/// What bench/peers/gate.py counts the instructions of, by these names: from where the first is entered to where the second is.
[[gnu::noinline, gnu::used]] std::size_t counted_run(const Runner& run, const Arguments& arguments) {
  const std::size_t rows = run(arguments, nullptr);
  asm volatile("" ::: "memory");
  return rows;
}
[[gnu::noinline, gnu::used]] void end_of_count() { asm volatile("" ::: "memory"); }

namespace {

struct Prepared {
  Runner run;
  std::vector<Arguments> arguments;
};

class Server {
 public:
  Server(Engine& engine, const Places& places) : engine_(engine), places_(places) {}

  std::string obey(const std::string& line) {
    std::istringstream words(line);
    std::string command, query, last, lists;
    words >> command >> query >> last >> lists;
    if (command == "answer") return answer(query, last);
    if (command == "time")
      return time(query, static_cast<std::size_t>(number_of(last)), static_cast<std::size_t>(number_of(lists)));
    if (command == "count") return count(query);
    if (command == "import") return timed([this] { engine_.import(); });
    if (command == "open") return timed([this] { prepared_.clear(), engine_.open(); });
    if (command == "more") return more();
    if (command == "bytes") return "ok " + std::to_string(engine_.bytes());
    if (command == "memory") return "ok " + std::to_string(peak_bytes());
    if (command == "version") return "ok " + engine_.version();
    return "error no such command: " + command;
  }

 private:
  template <class Act>
  static double seconds(Act act) {
    const auto start = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  template <class Act>
  static std::string timed(Act act) {
    return "ok " + std::to_string(seconds(act));
  }
  static std::uint64_t peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  }

  Prepared& prepared(const std::string& query) {
    auto& found = prepared_[query];
    if (found.arguments.empty()) found = {engine_.runner(query), read_arguments(places_.folder, query)};
    return found;
  }
  std::string answer(const std::string& query, const std::string& path) {
    const auto& known = prepared(query);
    if (!known.run) return "none";
    std::ofstream out(path, std::ios::binary);
    const double taken = seconds([&] {
      for (std::size_t i = 0; i < known.arguments.size(); ++i) {
        AnswerLines lines;
        known.run(known.arguments[i], &lines);
        for (const auto& line : lines) out << i << '\t' << line << '\n';
      }
    });
    return "ok " + std::to_string(taken);
  }
  std::string time(const std::string& query, std::size_t runs, std::size_t lists) {
    const auto& known = prepared(query);
    if (!known.run) return "none";
    std::size_t rows = 0;
    const auto used = std::min(lists, known.arguments.size());
    const double taken = seconds([&] {
      for (std::size_t i = 0, place = 0; i < runs; ++i) {
        rows += known.run(known.arguments[place], nullptr);
        if (++place == used) place = 0;
      }
    });
    std::ostringstream text;
    text << "ok " << taken / static_cast<double>(runs) << ' ' << rows;
    return text.str();
  }
  /// Each of the first lists of arguments, once to warm and once by the function that is counted.
  std::string count(const std::string& query) {
    const auto& known = prepared(query);
    if (!known.run) return "none";
    const auto used = std::min<std::size_t>(8, known.arguments.size());
    std::size_t rows = 0;
    for (std::size_t i = 0; i < used; ++i) known.run(known.arguments[i], nullptr);
    for (std::size_t i = 0; i < used; ++i) {
      rows += counted_run(known.run, known.arguments[i]);
      end_of_count();
    }
    return "ok " + std::to_string(used) + ' ' + std::to_string(rows);
  }
  std::string more() {
    bool is_done = false;
    const double taken = seconds([&] { is_done = engine_.import_more(); });
    return is_done ? "ok " + std::to_string(taken) : "none";
  }

  Engine& engine_;
  const Places& places_;
  std::map<std::string, Prepared> prepared_;
};

}  // namespace

void serve(Engine& engine, const Places& places) {
  Server server(engine, places);
  for (std::string line; std::getline(std::cin, line) && line != "quit";) {
    try {
      std::cout << server.obey(line) << std::endl;
    } catch (const std::exception& trouble) {
      std::cout << "error " << trouble.what() << std::endl;
    }
  }
}

}  // namespace bench::peers
