/** Tests of what the benchmark of recognize counts and tells, not of how fast anything is. */
@NullMarked
package dev.parley.hub.bench.recognize;

import org.jspecify.annotations.NullMarked;
