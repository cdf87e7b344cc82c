// SPDX-License-Identifier: GPL-2.0-or-later
//
// FlatTable: a hash table for many small rows (tunnels, sessions, transactions) in two arrays.
//
//   tags   | 0 | 9c | 0 | 83 | c1 | 83 | 0 | …   one octet per slot: 0 is free, else 0x80 | 7 bits of the hash
//   slots  |   |K V |   |K V |K V |K V |   | …   the rows themselves
//
// Open addressing with linear probing: a search reads tags from the home slot on, until a free one, and compares keys
// only where the 7 bits agree. Erasing moves the followers back, so there are no tombstones and a table that lives for
// months with a constant number of rows stays as fast as a new one.
//
// Cost: a table grows by two fifths when 7/8 of its slots are in use, so that it is never less than 5/8 full: per row
// (sizeof(Key, Value) + 1) x 1.14 to 1.6 octets. While it grows, old and new arrays exist side by side. A search that
// finds nothing reads 32 tags on average just before growing, which is one cache line, and 4 just after; one that finds
// reads 4.5 and 1.8.
//
// Keys and values are trivially copyable. The hash is seeded per process (seed.hpp). Pointers to values hold until the
// next insert() or erase(). One thread at a time; const calls may run in parallel.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <type_traits>
#include <utility>

#include "libcommon/util/hash.hpp"
#include "libcommon/util/seed.hpp"

namespace gtp {

// Hashes the octets of a key that has no padding: integers, IpAddress, structs of them.
template <typename Key>
struct SeededHash {
  static_assert(std::has_unique_object_representations_v<Key>, "a key with padding or floats needs a hash of its own");

  std::uint64_t operator()(const Key& key, std::uint64_t seed) const noexcept {
    std::uint64_t hash = seed;
    for (std::size_t at = 0; at < sizeof(Key); at += sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, static_cast<const char*>(static_cast<const void*>(&key)) + at,
                  std::min(sizeof word, sizeof(Key) - at));
      hash = mix64(hash ^ word);
    }
    return hash;
  }
};

template <typename Key, typename Value, typename Hash = SeededHash<Key>>
class FlatTable {
  static_assert(std::is_trivially_copyable_v<Key> && std::is_trivially_copyable_v<Value>);

 public:
  struct Row {
    Key key;
    Value value;
  };

  explicit FlatTable(std::uint64_t seed = process_seed()) noexcept : seed_(seed) {}
  FlatTable(FlatTable&& other) noexcept : seed_(other.seed_) { swap(other); }
  FlatTable& operator=(FlatTable&& other) noexcept {
    FlatTable(std::move(other)).swap(*this);
    return *this;
  }

  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  std::size_t capacity() const noexcept { return capacity_; }
  // Octets of the two arrays.
  std::size_t memory_bytes() const noexcept { return capacity_ * (sizeof(Row) + 1); }

  Value* find(const Key& key) noexcept {
    const std::size_t at = locate(key);
    return at == kNone ? nullptr : &rows_[at].value;
  }
  const Value* find(const Key& key) const noexcept {
    const std::size_t at = locate(key);
    return at == kNone ? nullptr : &rows_[at].value;
  }
  bool contains(const Key& key) const noexcept { return locate(key) != kNone; }

  // The value of [key], and true when it was not there and has been added with [value].
  std::pair<Value*, bool> insert(const Key& key, const Value& value = {}) {
    if (const std::size_t at = locate(key); at != kNone) return {&rows_[at].value, false};
    if ((size_ + 1) * 8 > capacity_ * 7) rehash(std::max<std::size_t>(kSmallest, capacity_ + capacity_ * 2 / 5));
    const std::size_t at = place(key, value);
    ++size_;
    return {&rows_[at].value, true};
  }

  // False when there was nothing to erase.
  bool erase(const Key& key) noexcept {
    const std::size_t at = locate(key);
    if (at == kNone) return false;
    erase_at(at);
    return true;
  }

  // Calls f(const Key&, Value&) for every row, in no order. f must not insert or erase.
  template <typename F>
  void for_each(F&& f) {
    for (std::size_t i = 0; i < capacity_; ++i) {
      if (tags_[i] != 0) f(std::as_const(rows_[i].key), rows_[i].value);
    }
  }
  template <typename F>
  void for_each(F&& f) const {
    for (std::size_t i = 0; i < capacity_; ++i) {
      if (tags_[i] != 0) f(rows_[i].key, std::as_const(rows_[i].value));
    }
  }

  // Erases the rows for which f(const Key&, Value&) is true, asking once for each. Returns how many.
  template <typename F>
  std::size_t erase_if(F&& f) {
    if (size_ == 0) return 0;
    // Behind a free slot no run of rows wraps around, so that rows only move to places that are still to be visited.
    std::size_t start = 0;
    while (tags_[start] != 0) ++start;
    const std::size_t before = size_;
    std::size_t at = next(start);
    for (std::size_t n = 1; n < capacity_;) {
      if (tags_[at] != 0 && f(std::as_const(rows_[at].key), rows_[at].value)) {
        erase_at(at);  // its follower, if any, is now here
      } else {
        ++n;
        at = next(at);
      }
    }
    return before - size_;
  }

  // Room for [count] rows without growing.
  void reserve(std::size_t count) {
    const std::size_t wanted = std::max(kSmallest, count + count / 7 + 1);
    if (wanted > capacity_) rehash(wanted);
  }
  // Forgets the rows, keeps the memory.
  void clear() noexcept {
    if (capacity_ != 0) std::memset(tags_.get(), 0, capacity_);
    size_ = 0;
  }
  void swap(FlatTable& other) noexcept {
    std::swap(tags_, other.tags_);
    std::swap(rows_, other.rows_);
    std::swap(capacity_, other.capacity_);
    std::swap(size_, other.size_);
    std::swap(seed_, other.seed_);
  }

 private:
  static constexpr std::size_t kNone = SIZE_MAX;
  static constexpr std::size_t kSmallest = 16;

  // The slots are a ring.
  std::size_t next(std::size_t at) const noexcept { return at + 1 == capacity_ ? 0 : at + 1; }
  std::size_t distance(std::size_t from, std::size_t to) const noexcept {
    return to >= from ? to - from : to + capacity_ - from;
  }
  std::uint64_t hash_of(const Key& key) const noexcept { return Hash{}(key, seed_); }
  // The high half chooses the slot, in proportion, so that any capacity below 2^32 will do; the low bits are the tag.
  std::size_t home(std::uint64_t hash) const noexcept {
    return static_cast<std::size_t>((hash >> 32) * capacity_ >> 32);
  }
  static std::uint8_t tag(std::uint64_t hash) noexcept { return static_cast<std::uint8_t>(0x80U | (hash & 0x7f)); }

  // Ends at a free slot, and an eighth of them is free.
  std::size_t locate(const Key& key) const noexcept {
    if (capacity_ == 0) return kNone;
    const std::uint64_t hash = hash_of(key);
    const std::uint8_t wanted = tag(hash);
    for (std::size_t at = home(hash); tags_[at] != 0; at = next(at)) {
      if (tags_[at] == wanted && rows_[at].key == key) return at;
    }
    return kNone;
  }

  // [key] is not in the table and there is room.
  std::size_t place(const Key& key, const Value& value) noexcept {
    const std::uint64_t hash = hash_of(key);
    std::size_t at = home(hash);
    while (tags_[at] != 0) at = next(at);
    tags_[at] = tag(hash);
    rows_[at] = Row{key, value};
    return at;
  }

  // Frees a slot and lets every follower of the same run that may stand in it move back.
  void erase_at(std::size_t hole) noexcept {
    for (std::size_t at = next(hole); tags_[at] != 0; at = next(at)) {
      const std::size_t from_home = distance(home(hash_of(rows_[at].key)), at);
      const std::size_t from_hole = distance(hole, at);
      if (from_home < from_hole) continue;  // it would stand before its home
      tags_[hole] = tags_[at];
      rows_[hole] = rows_[at];
      hole = at;
    }
    tags_[hole] = 0;
    --size_;
  }

  void rehash(std::size_t capacity) {
    assert(capacity <= UINT32_MAX && capacity * 7 >= size_ * 8);
    FlatTable bigger(seed_);
    bigger.tags_ = std::make_unique<std::uint8_t[]>(capacity);
    bigger.rows_ = std::make_unique_for_overwrite<Row[]>(capacity);
    bigger.capacity_ = capacity;
    for (std::size_t i = 0; i < capacity_; ++i) {
      if (tags_[i] != 0) bigger.place(rows_[i].key, rows_[i].value);
    }
    bigger.size_ = size_;
    swap(bigger);
  }

  std::unique_ptr<std::uint8_t[]> tags_;
  std::unique_ptr<Row[]> rows_;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
  std::uint64_t seed_;
};

}  // namespace gtp
