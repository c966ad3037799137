// Columns handed out through the Arrow C data interface: what is handed out owns its memory, and frees it when released.
#include <algorithm>
#include <cerrno>
#include <exception>
#include <memory>
#include <new>

#include "policygraph/exchange/arrow.hpp"

namespace policygraph::inline v0 {
namespace {

/// What a buffer of no bytes points to; some readers take no null.
alignas(64) constexpr std::uint8_t kNothing[64] = {};

std::string format_of(const ColumnField& field) {
  const std::string unit = field.is_nano ? "n" : "u";
  switch (field.kind) {
    case FieldKind::null: return "n";
    case FieldKind::boolean: return "b";
    case FieldKind::integer: return "l";
    case FieldKind::floating: return "g";
    case FieldKind::decimal: return "d:38," + std::to_string(field.scale);
    case FieldKind::text: return field.is_large ? "U" : "u";
    case FieldKind::date: return "tdD";
    case FieldKind::time: return "tt" + unit;
    case FieldKind::timestamp: return "ts" + unit + ":" + field.zone;
    case FieldKind::elapsed: return "tD" + unit;
    case FieldKind::list: return field.is_large ? "+L" : "+l";
    case FieldKind::record: return "+s";
  }
  return "n";
}

/// Releases children that nobody took over, then what the structure owns.
template <class Owner, class Structure>
void release(Structure* self) {
  for (std::int64_t i = 0; i < self->n_children; ++i)
    if (self->children[i]->release != nullptr) self->children[i]->release(self->children[i]);
  delete static_cast<Owner*>(self->private_data);
  self->release = nullptr;
}

struct SchemaOwner {
  std::string format, name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

void make_schema(const ColumnField& field, ArrowSchema* out) {
  auto owner = std::make_unique<SchemaOwner>(SchemaOwner{format_of(field), field.name, {}, {}});
  owner->children.resize(field.children.size());
  for (auto& child : owner->children) owner->pointers.push_back(&child);
  *out = {};
  out->n_children = static_cast<std::int64_t>(owner->children.size());
  out->children = owner->pointers.data();
  out->format = owner->format.c_str();
  out->name = owner->name.c_str();
  out->flags = ARROW_FLAG_NULLABLE;
  out->release = &release<SchemaOwner, ArrowSchema>;
  out->private_data = owner.release();
  for (std::size_t i = 0; i < field.children.size(); ++i) make_schema(field.children[i], out->children[i]);
}

struct ArrayOwner {
  ColumnData data;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;

  template <class Item>
  void add_buffer(const std::vector<Item>& items) {
    buffers.push_back(items.empty() ? static_cast<const void*>(kNothing) : items.data());
  }
};

void add_buffers(const ColumnField& field, ArrayOwner& owner) {
  if (field.kind == FieldKind::null) return;
  owner.buffers.push_back(owner.data.validity.empty() ? nullptr : owner.data.validity.data());
  if (field.kind == FieldKind::record) return;
  if (field.kind == FieldKind::text || field.kind == FieldKind::list) {
    if (field.is_large) owner.add_buffer(owner.data.large_offsets);
    else owner.add_buffer(owner.data.offsets);
  }
  if (field.kind != FieldKind::list) owner.add_buffer(owner.data.values);
}

void make_array(const ColumnField& field, ColumnData data, ArrowArray* out) {
  auto owner = std::make_unique<ArrayOwner>();
  auto parts = std::move(data.children);
  owner->data = std::move(data);
  add_buffers(field, *owner);
  owner->children.resize(parts.size());
  for (auto& child : owner->children) owner->pointers.push_back(&child);
  *out = {};
  out->length = static_cast<std::int64_t>(owner->data.length);
  out->null_count = static_cast<std::int64_t>(owner->data.null_count);
  out->n_buffers = static_cast<std::int64_t>(owner->buffers.size());
  out->buffers = owner->buffers.data();
  out->n_children = static_cast<std::int64_t>(parts.size());
  out->children = owner->pointers.data();
  out->release = &release<ArrayOwner, ArrowArray>;
  out->private_data = owner.release();
  for (std::size_t i = 0; i < parts.size(); ++i) make_array(field.children[i], std::move(parts[i]), out->children[i]);
}

/// A batch is a struct of its columns.
ColumnField batch_field(const Columns& columns) {
  ColumnField field;
  field.kind = FieldKind::record;
  field.children = columns.fields();
  return field;
}

struct StreamOwner {
  Columns columns;
  ColumnField field;
  std::size_t next = 0;
  std::string trouble{};
};

/// Nothing is thrown through C, and nothing half made is handed out.
template <class Structure, class Work>
int attempt(ArrowArrayStream* self, Structure* out, Work work) {
  auto& owner = *static_cast<StreamOwner*>(self->private_data);
  out->release = nullptr;
  int status = EIO;
  try {
    work(owner);
    return 0;
  } catch (const std::bad_alloc&) {
    status = ENOMEM;
    owner.trouble.clear();
  } catch (const std::exception& error) {
    owner.trouble = error.what();
  }
  if (out->release != nullptr) out->release(out);
  return status;
}

int get_schema(ArrowArrayStream* self, ArrowSchema* out) {
  return attempt(self, out, [&](StreamOwner& owner) { make_schema(owner.field, out); });
}

int get_next(ArrowArrayStream* self, ArrowArray* out) {
  return attempt(self, out, [&](StreamOwner& owner) {
    if (owner.next >= owner.columns.size()) return;
    ColumnData batch;
    batch.length = std::min(owner.columns.batch_size(), owner.columns.size() - owner.next);
    batch.children = owner.columns.read(owner.next, batch.length);
    owner.next += batch.length;
    make_array(owner.field, std::move(batch), out);
  });
}

const char* last_error(ArrowArrayStream* self) {
  const auto& trouble = static_cast<StreamOwner*>(self->private_data)->trouble;
  return trouble.empty() ? nullptr : trouble.c_str();
}

void release_stream(ArrowArrayStream* self) {
  delete static_cast<StreamOwner*>(self->private_data);
  self->release = nullptr;
}

}  // namespace

void export_schema(const Columns& columns, ArrowSchema* out) { make_schema(batch_field(columns), out); }

void export_stream(const Columns& columns, ArrowArrayStream* out) {
  auto owner = std::make_unique<StreamOwner>(StreamOwner{columns, batch_field(columns)});
  *out = {&get_schema, &get_next, &last_error, &release_stream, owner.release()};
}

}  // namespace policygraph::inline v0
