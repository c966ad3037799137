#pragma once

#include <cstddef>
#include <regex>
#include <string>
#include <vector>

namespace policygraph {

/// A text of a picture with the room it takes: its anchor is told by its class, its width by its letters (none here is a wide one).
struct DrawnText {
  std::string words;
  double left = 0, right = 0, top = 0, bottom = 0;
};

inline std::vector<DrawnText> drawn_texts(const std::string& svg) {
  static const std::regex pattern("<text class=\"([^\"]*)\" x=\"([-0-9.]+)\" y=\"([-0-9.]+)\">([^<]*)</text>");
  std::vector<DrawnText> texts;
  for (std::sregex_iterator at(svg.begin(), svg.end(), pattern), end; at != end; ++at) {
    const std::string classes = (*at)[1], words = (*at)[4];
    std::size_t letters = 0;
    for (const char c : words) letters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    const bool is_small = classes.find("pg-type") != std::string::npos;
    const double width = static_cast<double>(letters) * (is_small ? 4.6 : 6.0), x = std::stod((*at)[2]), y = std::stod((*at)[3]);
    const double left = classes.find("pg-start") != std::string::npos ? x : classes.find("pg-end") != std::string::npos ? x - width : x - width / 2;
    texts.push_back({words, left, left + width, y - (is_small ? 7 : 9), y + 2});
  }
  return texts;
}

inline std::vector<std::string> overlapping(const std::vector<DrawnText>& texts) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t k = i + 1; k < texts.size(); ++k)
      if (texts[i].left < texts[k].right && texts[k].left < texts[i].right && texts[i].top < texts[k].bottom && texts[k].top < texts[i].bottom)
        out.push_back(texts[i].words + " / " + texts[k].words);
  return out;
}

inline std::size_t count_of(const std::string& text, const std::string& piece) {
  std::size_t found = 0;
  for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++found;
  return found;
}

}  // namespace policygraph
