#pragma once

#include <algorithm>
#include <chrono>
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

}  // namespace bench
