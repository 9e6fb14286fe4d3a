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
 *
 * QEMU's header for plugins is in no package; what is used of it is declared
 * here, as its documentation of the interface, version 1, says.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mark.h"

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum { INLINE_ADD_U64 };
enum { CB_NO_REGS };

size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *
qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
	void (*cb)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb));
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *tb,
					      int op, void *p, uint64_t add);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
	void (*cb)(unsigned int cpu, void *data), int flags, void *data);

#define BUCKETS	(1 << 16)

/* One for all translations of a block: it is translated again and again. */
struct block {
	struct block *next;
	uint64_t addr, count;
};

static struct block *blocks[BUCKETS];
static FILE *out;

static struct block *block(uint64_t addr)
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
				fprintf(out, "%" PRIx64 " %" PRIu64 "\n",
					b->addr, b->count);
	fflush(out);
}

static void look_for_mark(struct qemu_plugin_insn *insn)
{
	static const uint8_t first[] = MARK(MARK_BEGIN);
	static const uint8_t last[] = MARK(MARK_END);
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

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

__attribute__((visibility("default")))
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
