#include "written_files.hpp"

#include <algorithm>

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

std::string little(std::size_t value, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i, value >>= 8) out += static_cast<char>(value & 0xFFU);
  return out;
}

// Codes of deflate go in by their highest bit, bytes fill from the lowest.
struct Bits {
  std::string bytes;
  std::size_t count = 0;
  void add(unsigned code, int size) {
    for (int i = size - 1; i >= 0; --i, ++count) {
      if (count % 8 == 0) bytes += '\0';
      bytes.back() = static_cast<char>(static_cast<unsigned char>(bytes.back()) | (code >> i & 1U) << (count % 8));
    }
  }
};

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
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

std::string deflated(std::string_view bytes) {
  std::string out;
  do {
    const auto size = std::min<std::size_t>(bytes.size(), 0xFFFF);
    out += (size == bytes.size() ? '\1' : '\0') + little(size, 2) + little(~size & 0xFFFFU, 2);
    out.append(bytes.substr(0, size));
    bytes.remove_prefix(size);
  } while (!bytes.empty());
  return out;
}

std::string deflated_run(char letter, std::size_t pieces_of_258) {
  Bits bits;
  bits.add(0b110, 3);  // the last block; fixed codes
  bits.add(0x30U + static_cast<unsigned char>(letter), 8);
  for (std::size_t i = 0; i < pieces_of_258; ++i) bits.add(0b11000101'00000U, 13);  // 258 bytes from one byte back
  bits.add(0, 7);
  return bits.bytes;
}

std::string gzipped(std::string_view bytes) {
  return std::string("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10) + deflated(bytes) + little(crc32(bytes), 4) + little(bytes.size(), 4);
}

std::string zip_file(const std::vector<ZipPart>& parts) {
  std::string file, directory;
  for (const auto& part : parts) {
    const auto facts = little(20, 2) + little(part.flags, 2) + little(part.method, 2) + little(0, 4) + little(0, 4) + little(part.content.size(), 4) +
                       little(0, 4) + little(part.name.size(), 2) + little(0, 2);
    directory += "PK\x01\x02" + little(20, 2) + facts + little(0, 10) + little(file.size(), 4) + part.name;
    file += "PK\x03\x04" + facts + part.name + part.content;
  }
  const auto start = file.size();
  return file + directory + "PK\x05\x06" + little(0, 4) + little(parts.size(), 2) + little(parts.size(), 2) + little(directory.size(), 4) + little(start, 4) +
         little(0, 2);
}

std::string docx_p(const std::string& words, const std::string& properties, const std::string& run) {
  const auto of_run = run.empty() ? "" : "<w:rPr>" + run + "</w:rPr>";
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r>" + of_run + "<w:t xml:space=\"preserve\">" + words + "</w:t></w:r></w:p>";
}

std::string docx_file(const std::string& body, std::vector<ZipPart> more) {
  more.push_back({"word/document.xml", deflated("<?xml version=\"1.0\"?><w:document><w:body>" + body + "<w:sectPr/></w:body></w:document>"), 8});
  return zip_file(more);
}

}  // namespace policygraph::testing
