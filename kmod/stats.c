// SPDX-License-Identifier: GPL-2.0
/*
 * Counters.  Each is a per-CPU word that only grows; zeroing remembers the
 * sum at that moment and subtracts it, so no increment is ever lost.
 */
#include <linux/slab.h>

#include "core.h"

/* Context: mn->lock held, may sleep.  Return: 0 or -ENOMEM. */
int meshmod_stats_init(struct meshmod_net *mn)
{
	if (!mn->reasons)
		mn->reasons = alloc_percpu_gfp(struct meshmod_reason_counts,
					       GFP_KERNEL_ACCOUNT);
	return mn->reasons ? 0 : -ENOMEM;
}

void meshmod_stats_exit(struct meshmod_net *mn)
{
	free_percpu(mn->reasons);
	mn->reasons = NULL;
}

/* Context: may sleep.  Return: a state with one reference, or NULL. */
struct meshmod_run *meshmod_run_alloc(void)
{
	struct meshmod_run *run = kzalloc(sizeof(*run), GFP_KERNEL_ACCOUNT);

	if (!run)
		return NULL;
	run->counts = alloc_percpu_gfp(struct meshmod_service_counts,
				       GFP_KERNEL_ACCOUNT);
	if (!run->counts) {
		kfree(run);
		return NULL;
	}
	refcount_set(&run->ref, 1);
	return run;
}

void meshmod_run_put(struct meshmod_run *run)
{
	if (!run || !refcount_dec_and_test(&run->ref))
		return;
	free_percpu(run->counts);
	kfree(run);
}

/*
 * Context: may sleep.  Return: a state with as many references as @slots, which is
 * not 0, or NULL.
 */
struct meshmod_backend_run *meshmod_backend_run_alloc(u16 slots)
{
	struct meshmod_backend_run *run;

	run = kzalloc(struct_size(run, base, slots), GFP_KERNEL_ACCOUNT);
	if (!run)
		return NULL;
	run->connections = __alloc_percpu_gfp(array_size(slots, sizeof(u64)),
					      __alignof__(u64),
					      GFP_KERNEL_ACCOUNT);
	if (!run->connections) {
		kfree(run);
		return NULL;
	}
	refcount_set(&run->ref, slots);
	return run;
}

void meshmod_backend_run_put(struct meshmod_backend_run *run)
{
	if (!run || !refcount_dec_and_test(&run->ref))
		return;
	free_percpu(run->connections);
	kfree(run);
}

static u64 sum_reason(const struct meshmod_net *mn, int reason)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += per_cpu_ptr(mn->reasons, cpu)->n[reason];
	return sum;
}

static u64 sum_service(const struct meshmod_service *s, int stat)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += per_cpu_ptr(s->run->counts, cpu)->n[stat];
	return sum;
}

static u64 sum_backend(const struct meshmod_backend *b)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += per_cpu_ptr(b->run->connections, cpu)[b->slot];
	return sum;
}

/* Context: mn->lock held, as for all that follow.  Return: packets. */
u64 meshmod_stats_reason(const struct meshmod_net *mn, int reason)
{
	if (!mn->reasons)
		return 0;
	return sum_reason(mn, reason) - mn->reasons_base.n[reason];
}

/* Return: connections (or packets, for STRAY) under that heading. */
u64 meshmod_stats_service(const struct meshmod_service *s, int stat)
{
	return sum_service(s, stat) - s->run->base.n[stat];
}

/* Return: connections given to @b. */
u64 meshmod_stats_backend(const struct meshmod_backend *b)
{
	return sum_backend(b) - b->run->base[b->slot];
}

static void zero_service(struct meshmod_service *s)
{
	const struct meshmod_backend *b;
	u16 i;

	for (i = 0; i <= MESHMOD_A_SSTAT_MAX; i++)
		s->run->base.n[i] = sum_service(s, i);
	for (b = s->backends; b < s->backends + s->nbackends; b++)
		b->run->base[b->slot] = sum_backend(b);
}

/* Start all counters of the namespace again from 0. */
void meshmod_stats_zero(struct meshmod_net *mn)
{
	const struct meshmod_table *t = meshmod_table_locked(mn);
	u32 i;

	for (i = 0; mn->reasons && i <= MESHMOD_REASON_MAX; i++)
		mn->reasons_base.n[i] = sum_reason(mn, i);
	for (i = 0; t && i < t->nservices; i++)
		zero_service(t->services[i]);
}
