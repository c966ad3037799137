#include "written_files.hpp"

#include "policygraph/text/utf8.hpp"

namespace policygraph::testing {
namespace {

std::string hex16(char32_t c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[(c >> shift) & 15U];
  return out;
}

std::string stream(const std::string& content) {
  return "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream";
}

std::string page_content(const PdfPage& page) {
  std::string out;
  for (const auto& piece : page) {
    out += "BT /F1 10 Tf " + std::to_string(piece.x) + " " + std::to_string(piece.y) + " Td <";
    for (std::size_t at = 0; at < piece.text.size();) {
      const auto c = code_point_at(piece.text, at);
      out += hex16(c.value);
      at += c.size;
    }
    out += "> Tj ET\n";
  }
  return out;
}

// What letter a code is: itself, in all the blocks that tests write in.
std::string to_unicode() {
  std::string ranges;
  const std::vector<std::string> blocks = {"00", "01", "02", "04", "20", "21"};
  for (const auto& high : blocks) ranges += "<" + high + "00> <" + high + "FF> <" + high + "00>\n";
  return "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
         "1 begincodespacerange <0000> <FFFF> endcodespacerange\n" +
         std::to_string(blocks.size()) + " beginbfrange\n" + ranges + "endbfrange endcmap end end";
}

std::string numbered(std::size_t number, const std::string& object) { return std::to_string(number) + " 0 obj\n" + object + "\nendobj\n"; }

}  // namespace

std::string pdf_file(const std::vector<PdfPage>& pages) {
  std::string kids;
  for (std::size_t i = 0; i < pages.size(); ++i) kids += std::to_string(7 + 2 * i) + " 0 R ";
  std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [" + kids + "] /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> >>",
      "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
      "/FontDescriptor 5 0 R /DW 600 >>",
      "<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 -200 600 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
      stream(to_unicode())};
  for (std::size_t i = 0; i < pages.size(); ++i) {
    objects.push_back("<< /Type /Page /Parent 2 0 R /Contents " + std::to_string(8 + 2 * i) + " 0 R >>");
    objects.push_back(stream(page_content(pages[i])));
  }
  std::string file = "%PDF-1.4\n", places;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const auto place = std::to_string(file.size());
    places += std::string(10 - place.size(), '0') + place + " 00000 n \n";
    file += numbered(i + 1, objects[i]);
  }
  const auto size = std::to_string(objects.size() + 1);
  return file + "xref\n0 " + size + "\n0000000000 65535 f \n" + places + "trailer\n<< /Size " + size + " /Root 1 0 R >>\nstartxref\n" +
         std::to_string(file.size()) + "\n%%EOF\n";
}

PdfPage pdf_lines(const std::vector<std::string>& lines, double x) {
  PdfPage page;
  double y = 770;
  for (const auto& line : lines) {
    if (!line.empty()) page.push_back({x, y, line});
    y -= 12;
  }
  return page;
}

}  // namespace policygraph::testing
