// SPDX-License-Identifier: GPL-2.0
/*
 * A plugin of QEMU: how many instructions the guest executes at which address
 * while a measure runs.  For each measure FILE gets a line "measure", and a line
 * "ADDRESS COUNT" for each translated block that was executed, by the address of
 * its first instruction.
 *
 * The guest says where a measure begins and ends with an instruction that does
 * nothing else, see mark.h.
 *
 *	-plugin profile.so,out=FILE
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mark.h"
#include "plugin.h"

#define BUCKETS	65536

/* One for all translations of a block: it is translated again and again. */
struct block {
	struct block *next;
	unsigned long long addr;
	uint64_t count;
};

static struct block *blocks[BUCKETS];
static FILE *out;

static struct block *block(unsigned long long addr)
{
	struct block **p = &blocks[(addr ^ addr >> 16) % BUCKETS], *b;

	for (b = *p; b; b = b->next)
		if (b->addr == addr)
			return b;
	b = calloc(1, sizeof(*b));
	if (!b)
		abort();
	b->addr = addr;
	b->next = *p;
	*p = b;
	return b;
}

static void begin(unsigned int cpu, void *data)
{
	struct block *b;
	int i;

	(void)cpu;
	(void)data;
	for (i = 0; i < BUCKETS; i++)
		for (b = blocks[i]; b; b = b->next)
			b->count = 0;
}

static void end(unsigned int cpu, void *data)
{
	struct block *b;
	int i;

	(void)cpu;
	(void)data;
	fprintf(out, "measure\n");
	for (i = 0; i < BUCKETS; i++)
		for (b = blocks[i]; b; b = b->next)
			if (b->count)
				fprintf(out, "%llx %llu\n", b->addr,
					(unsigned long long)b->count);
	fflush(out);
}

static void look_for_mark(struct qemu_plugin_insn *insn)
{
	static const unsigned char first[] = MARK(MARK_BEGIN);
	static const unsigned char last[] = MARK(MARK_END);
	const void *data;

	if (qemu_plugin_insn_size(insn) != sizeof(first))
		return;
	data = qemu_plugin_insn_data(insn);
	if (!memcmp(data, first, sizeof(first)))
		qemu_plugin_register_vcpu_insn_exec_cb(insn, begin, CB_NO_REGS,
						       NULL);
	else if (!memcmp(data, last, sizeof(last)))
		qemu_plugin_register_vcpu_insn_exec_cb(insn, end, CB_NO_REGS,
						       NULL);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb), i;
	struct block *b = block(qemu_plugin_tb_vaddr(tb));

	(void)id;
	qemu_plugin_register_vcpu_tb_exec_inline(tb, INLINE_ADD_U64, &b->count,
						 n);
	for (i = 0; i < n; i++)
		look_for_mark(qemu_plugin_tb_get_insn(tb, i));
}

int qemu_plugin_version = 1;

int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc,
			char **argv)
{
	(void)info;
	if (argc != 1 || strncmp(argv[0], "out=", 4))
		return -1;
	out = fopen(argv[0] + 4, "w");
	if (!out)
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	return 0;
}
