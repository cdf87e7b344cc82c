// SPDX-License-Identifier: GPL-2.0-or-later
//
// kernel/wire.h for C programs in user space: the kernel's types, then the header.
#ifndef GTP_TESTS_USER_WIRE_H
#define GTP_TESTS_USER_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#include "kernel/wire.h"

#endif
