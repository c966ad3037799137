#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <vector>

namespace bench {

/// Seconds that one call of `act` takes: the median of `repeats` runs.
template <class Act>
double seconds(int repeats, Act act) {
  std::vector<double> times;
  for (int i = 0; i < repeats; ++i) {
    const auto start = std::chrono::steady_clock::now();
    act();
    times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::nth_element(times, times.begin() + repeats / 2);
  return times[static_cast<std::size_t>(repeats / 2)];
}

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// An act that is run once before it is timed: it finds in the cache what it leaves there.
template <class Act>
struct Warmed {
  Act act;
};
template <class Act>
double seconds(int repeats, const Warmed<Act>& warmed) {
  warmed.act();
  return seconds(repeats, warmed.act);
}

struct Timed {
  double seconds = 0;
  double to_first = 0;  // the ratio within one turn
};
/// Medians for one call of each act; they run by turns, so that what else the machine does meets all of them.
template <class... Acts>
std::array<Timed, sizeof...(Acts)> by_turns(int repeats, Acts... acts) {
  constexpr auto kActs = sizeof...(Acts);
  std::array<std::vector<double>, kActs> times, ratios;
  for (int i = 0; i < repeats; ++i) {
    const std::array<double, kActs> turn = {seconds(1, acts)...};
    for (std::size_t act = 0; act < kActs; ++act) {
      times[act].push_back(turn[act]);
      ratios[act].push_back(turn[act] / turn[0]);
    }
  }
  std::array<Timed, kActs> timed;
  for (std::size_t act = 0; act < kActs; ++act) timed[act] = {median(times[act]), median(ratios[act])};
  return timed;
}

}  // namespace bench
