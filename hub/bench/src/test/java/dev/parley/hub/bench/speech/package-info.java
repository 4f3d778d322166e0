/** Tests of what the benchmark of speech counts and tells, not of how fast anything is. */
@NullMarked
package dev.parley.hub.bench.speech;

import org.jspecify.annotations.NullMarked;
