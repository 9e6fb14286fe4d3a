/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a program in the machine tells profile.c, outside of it, where a measure
 * begins and ends: nopl MARK(%rax,%rax,1), eight bytes that nothing else has a
 * reason to execute.
 */
#ifndef MARK_H
#define MARK_H

#define MARK_BEGIN	0x01
#define MARK_END	0x02
#define MARK(which)	{ 0x0f, 0x1f, 0x84, 0x00, (which), 0x4d, 0x53, 0x45 }

static inline void mark_begin(void)
{
	__asm__ volatile("nopl 0x45534d01(%%rax,%%rax,1)" ::: "memory");
}

static inline void mark_end(void)
{
	__asm__ volatile("nopl 0x45534d02(%%rax,%%rax,1)" ::: "memory");
}

#endif
