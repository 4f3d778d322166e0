package dev.parley.arch.violations.adapters.alpha;

import dev.parley.arch.violations.gpu.GpuArray;

/** An adapter that computes. */
public record AdapterUsesGpu(GpuArray seen) {}
